"""The SQLite file: its schema and migrations, its rows and ids, its searchable texts, its copies and checks."""
