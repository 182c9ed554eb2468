"""What a desk shows outside Telegram: a picture of its incidents, and the feeds drawn from it."""
