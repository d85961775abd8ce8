"""Runs the two, stores, watches, reports, scores, serves: everything that a person touches."""
