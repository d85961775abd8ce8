"""Tables cut by page breaks, made whole."""
