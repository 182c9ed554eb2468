"""Outbox -> Telegram: the one door out."""
