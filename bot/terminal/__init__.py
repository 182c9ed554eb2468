"""What `otklik` does on the command line, one module per kind of work."""
