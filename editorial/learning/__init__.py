"""Learning from questions: lessons, proposals, and managers' decisions."""
