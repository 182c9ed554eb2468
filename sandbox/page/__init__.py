"""The page in the browser: be a customer, an operator or a manager, and look under the hood.

`server = page.serve(world, cast, port=8765)` is the Bot API server with this page at its root.
"""

from sandbox.page.cast import Cast, Part, sample_cast
from sandbox.page.routes import Page, serve

__all__ = ["Cast", "Page", "Part", "sample_cast", "serve"]
