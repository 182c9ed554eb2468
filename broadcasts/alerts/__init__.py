"""Alerts: what a monitoring system reports, and the notice that comes of it once a manager wants it."""
