"""A desk on one transaction: its stores, and its rooms over them, by whom they are for."""
