"""What each source posts, read into alerts; the posted is any JSON at all."""
