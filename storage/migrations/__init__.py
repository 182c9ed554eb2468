"""The schema's history: each step forward and back."""
