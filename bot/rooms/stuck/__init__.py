"""What stands aside: what it is in plain words, its way back or out, and the managers' list of it."""
