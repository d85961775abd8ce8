"""Which files there are, and which of them are to be read: new, changed, the same, gone, still being written."""
