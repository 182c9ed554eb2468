"""The knowledge base's life in Telegram: writing it, learning from what helped, proposing what is missing."""
