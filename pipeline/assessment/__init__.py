"""Scores: rules and questions in the database, answers of people, worksheets, and what they come to."""
