"""Texts as they come from elsewhere, without what no file could hold and nobody could see."""

import re

UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Signs that nobody can have meant, and some of which a database does not keep."""


def clean(text: str) -> str:
    """Without what no file could hold and nobody could see."""
    return UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
