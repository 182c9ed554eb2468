"""What an entry is: its texts, its answer as a template, its versions, and the knowledge base of them all."""
