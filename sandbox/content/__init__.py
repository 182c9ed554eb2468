"""What a message holds: texts with their markup, and files."""
