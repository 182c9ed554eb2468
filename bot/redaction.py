"""Tokens, passwords in addresses and what people wrote, struck out of anything that is shown or kept."""

import re

TOKEN = re.compile(r"\d{6,}:[A-Za-z0-9_-]{30,}")
INSTEAD = "[token]"
USER_AND_PASSWORD = re.compile(r"(?<=://)[^\s/\"'<>]+@")
"""What stands in an address before its host, up to the last @ of that part."""


def without_tokens(text: str) -> str:
    """Strike out every token, and every user and password of an address, wherever they stand."""
    return USER_AND_PASSWORD.sub("", TOKEN.sub(INSTEAD, text))


QUOTED = re.compile(r"""(?<!\w)(["'])(.*?)\1(?!\w)""")
NAME = re.compile(r"[A-Za-z_][\w.]{0,60}", re.ASCII)
ARGUMENT = re.compile(r"(query argument \$\d+: ).*", re.DOTALL)
HOLE = "…"


def unquoted(said: str) -> str:
    """The first line of what a library says, as far as it quotes nothing but a name: of a column, a class."""
    line = ARGUMENT.sub(rf"\1{HOLE}", said.partition("\n")[0])
    for quoted in QUOTED.finditer(line):
        if not NAME.fullmatch(quoted[2]):
            return line[: quoted.start()] + HOLE
    return line


def template(said: str, arguments: object) -> str:
    """What a library says with its numbers filled in, and a hole for every other argument."""
    line = said.partition("\n")[0]
    if not arguments:
        return unquoted(line)
    try:
        if isinstance(arguments, dict):
            return line % {name: _shown(value) for name, value in arguments.items()}
        return line % tuple(_shown(value) for value in arguments)  # type: ignore[attr-defined]
    except (TypeError, ValueError, KeyError):
        return line


def _shown(value: object) -> object:
    if isinstance(value, BaseException):
        return type(value).__name__
    return value if isinstance(value, int | float) else HOLE
