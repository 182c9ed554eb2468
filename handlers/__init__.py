"""Telegram in: one router per audience."""
