"""What comes from the operators' group: replies, notes, orders, edits, reactions and presses under cards."""
