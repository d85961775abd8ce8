"""Text as all steps see it: cleaned, folded, cut into words; its dates and labels."""
