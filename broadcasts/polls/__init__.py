"""Polls: a question with options to the channel, to subscribers or to both, and the votes that come back."""
