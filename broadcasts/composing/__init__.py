"""A notice before it is published: what managers write, see and press."""
