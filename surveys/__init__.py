"""Surveys: the request to rate a closed ticket."""
