"""The files of the log of decisions: found, read line by line, appended to."""
