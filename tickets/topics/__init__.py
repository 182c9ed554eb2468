"""Topics: where operators see a customer, and what stands in the title."""
