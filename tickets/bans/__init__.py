"""Bans: who may not write, until when what they wrote is held, and the list of them."""
