"""Answers as they are written, judged, logged and put into force."""
