"""When the next notice is promised: reminders before it is due, and what was kept."""
