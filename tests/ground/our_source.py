"""The product's own source as syntax trees, for tests that keep it honest."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SPEAKING = (
    "bot",
    "handlers",
    "faq",
    "desk",
    "tickets",
    "surveys",
    "broadcasts",
    "editorial",
    "storage",
    "locales",
)


@cache
def modules() -> dict[str, ast.Module]:
    """Every module that may have something to say, by its path from the root."""
    paths = (path for room in SPEAKING for path in sorted((ROOT / room).rglob("*.py")))
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text("utf-8")) for path in paths}


def literals(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every string in the code with its line; docstrings are not strings of the program."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def said(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every key that is said, as HTML or plainly; the changing part of an f-string stands as a star."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name), args=[first, *_]):
                if name in {"say", "plain", "said"} and (key := _key(first)):
                    yield node.lineno, key


def families(tree: ast.Module) -> Iterator[str]:
    """Every f-string that may be a family of keys, as "severity.*"."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and re.fullmatch(
            r"[a-z]+\.[a-z_.]*\*[a-z_.*]*", key := _key(node)
        ):
            yield key


def _key(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=str(key)):
            return key
        case ast.JoinedStr(values=parts):
            return "".join(_key(part) or "*" for part in parts)
    return ""
