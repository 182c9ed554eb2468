"""Who is told about incidents."""
