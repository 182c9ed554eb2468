"""The running program: everything is put together here, and nothing imports it."""
