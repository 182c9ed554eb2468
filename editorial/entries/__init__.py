"""The entries that there are: finding them, looking at them, their history, and new versions of them."""
