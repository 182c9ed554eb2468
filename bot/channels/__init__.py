"""Other ways out than Telegram: e-mail, WhatsApp, MAX, and what apprise knows."""
