"""The grammar of points, targets and duties over plain strings: every match keeps its half-open span."""
