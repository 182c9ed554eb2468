"""Incidents, and the notices that tell about them."""
