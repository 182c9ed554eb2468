"""Telegram's first Markdown, kept for old bots: no nesting, four signs, as td's `parse_markdown` reads it."""

from sandbox.accounts import Json
from sandbox.content import utf16
from sandbox.content.markdown import first_newline
from sandbox.content.markup import link, refuse

SIGNS = "_*`["
KINDS = {"_": "italic", "*": "bold", "`": "code"}


def parse_old(source: str) -> tuple[str, list[Json]]:
    """Plain text and its entities, in the order Telegram keeps them."""
    text, entities, at = "", [], 0
    while at < len(source):
        sign = source[at]
        if sign == "\\" and source[at + 1 : at + 2] in set(SIGNS):
            text, at = text + source[at + 1], at + 2
        elif sign not in SIGNS:
            text, at = text + sign, at + 1
        else:
            covered, entity, at = _entity(source, at)
            if covered and entity is not None:
                span = {"offset": utf16.length(text), "length": utf16.length(covered)}
                entities.append({"type": entity["type"], **span, **entity})
            text += covered
    return text, entities


def _entity(source: str, begins: int) -> tuple[str, Json | None, int]:
    """The text of the entity that begins here, what it is, and where the source goes on."""
    if source.startswith("```", begins):
        return _block(source, begins)
    sign = source[begins]
    end = source.find("]" if sign == "[" else sign, begins + 1)
    if end < 0:
        raise _endless(source, begins)
    covered = source[begins + 1 : end]
    if sign != "[":
        return covered, {"type": KINDS[sign]}, end + 1
    if source[end + 1 : end + 2] != "(":
        return covered, link(covered, {}), end + 1
    closed = source.find(")", end + 2)
    stop = closed if closed >= 0 else len(source)
    return covered, link(source[end + 2 : stop], {}), stop + 1


def _block(source: str, begins: int) -> tuple[str, Json, int]:
    at = end = begins + 3
    language = ""
    while end < len(source) and not source[end].isspace() and source[end] != "`":
        end += 1
    if at < end < len(source) and source[end] != "`":
        language, at = source[at:end], end
    at += first_newline(source, at)
    stop = source.find("```", at)
    if stop < 0:
        raise _endless(source, begins)
    return source[at:stop], {"type": "pre"} | ({"language": language} if language else {}), stop + 3


def _endless(source: str, begins: int) -> Exception:
    offset = len(source[:begins].encode("utf-8", "surrogatepass"))
    return refuse(f"Can't find end of the entity starting at byte offset {offset}")
