"""Handlers: recognise an update and give back the work to do."""
