"""One listener for everything that comes over HTTP."""
