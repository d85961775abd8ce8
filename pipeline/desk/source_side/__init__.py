"""The left side of 核对: the notice as it was drawn."""
