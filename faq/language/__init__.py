"""What is known of a language apart from any knowledge base: words, endings, slips of the finger."""
