"""Notices told to people: broadcasts with their counts, and each delivery."""
