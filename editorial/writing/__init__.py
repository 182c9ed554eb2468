"""Writing an entry: a draft, what is asked for it, how it will look, and saving exactly that."""
