"""What every room needs: who, where, what is said and what is sent."""
