"""What docx and doc share: automatic numbering, numerals, symbol fonts."""
