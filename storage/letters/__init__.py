"""Stores of backup channels."""
