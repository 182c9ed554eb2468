"""The rating after a ticket."""
