"""How fast what is apart from the rest goes: what one person writes, what costs Stars."""
