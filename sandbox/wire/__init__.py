"""How calls come in and updates go out: a server, a session without one, a mailbox and webhooks."""
