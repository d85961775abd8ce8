"""What people decide: corrections, added rows and sign-offs, kept as a log and applied over what was extracted."""
