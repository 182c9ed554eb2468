"""What a message is beyond one question: small talk, wishes, several questions, what it is about."""
