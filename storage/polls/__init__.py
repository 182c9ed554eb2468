"""Polls, and each person's ballot."""
