"""What changed between two notices, or between two years of one issuer."""
