"""Telling people by other ways while Telegram is away: who is told, when, and what becomes of it."""
