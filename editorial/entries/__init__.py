"""The entries that exist: finding and showing them, their history, and new versions."""
