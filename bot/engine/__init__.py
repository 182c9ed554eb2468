"""Inbox, handlers, outbox: nothing is lost between them, whatever the front."""
