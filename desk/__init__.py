"""What every room needs: people, places, messages, parcels and timers."""
