"""The storage engine: opening a database, migrating it, writing to it."""
