"""How the databases are opened, brought to our schema and written to."""
