"""What we say to people by other ways than Telegram, and where."""
