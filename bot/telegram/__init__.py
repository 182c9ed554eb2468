"""Telegram as a front: the client, updates in, parcels out."""
