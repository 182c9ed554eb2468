"""The one door out to Telegram, and the ways in."""
