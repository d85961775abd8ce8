"""Folders that run on an office PC without a network: ``python -m tools.bundle PLATFORM`` (``make bundle``)."""
