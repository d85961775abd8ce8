"""Bytes to `Document`: knows file formats, knows nothing of points and scores."""
