"""The engine: updates from the inbox to handlers, and parcels from the outbox to a front."""
