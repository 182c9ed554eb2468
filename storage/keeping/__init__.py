"""Keeping what the database holds: backups, restoring them, moving to another database."""
