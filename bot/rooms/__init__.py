"""A desk's rooms and stores, put together on one transaction."""
