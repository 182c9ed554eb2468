"""The world worked from another process: a small JSON door beside the Bot API."""

from sandbox.remote.door import Remote

__all__ = ["Remote"]
