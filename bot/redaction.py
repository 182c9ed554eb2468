"""Bots' tokens, and passwords in addresses, struck out of anything that is shown or kept."""

import re

TOKEN = re.compile(r"\d{6,}:[A-Za-z0-9_-]{30,}")
INSTEAD = "[token]"
USER_AND_PASSWORD = re.compile(r"(?<=://)[^\s/\"'<>]+@")
"""What stands in an address before its host, up to the last @ of that part."""


def without_tokens(text: str) -> str:
    """Strike out every token, and every user and password of an address, wherever they stand."""
    return USER_AND_PASSWORD.sub("", TOKEN.sub(INSTEAD, text))
