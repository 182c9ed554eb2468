"""What is left of an incident when it is looked back on: files for managers."""
