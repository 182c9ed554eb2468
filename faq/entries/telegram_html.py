"""The part of HTML that Telegram reads, checked before Telegram sees it."""

import html
import re

from faq.entries.problem import Finding, ProblemKind

MESSAGE_LIMIT = 4096

_NEEDS = {"a": "href=", "span": 'class="tg-spoiler"', "tg-emoji": "emoji-id=", "tg-time": "unix="}
_TAGS = frozenset(_NEEDS) | frozenset(
    ["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "blockquote", "tg-spoiler"],
)
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][\w-]*)(?P<rest>[^<>]*)>|<")
_ENTITY = re.compile(r"&[A-Za-z]\w*;")
_KNOWN_ENTITIES = frozenset({"&lt;", "&gt;", "&amp;", "&quot;"})


def check(text: str) -> list[Finding]:
    """Everything in the text that Telegram would refuse or show as rubbish."""
    findings = _tags(text)
    for entity in dict.fromkeys(_ENTITY.findall(text)):
        if entity not in _KNOWN_ENTITIES:
            findings.append(Finding(ProblemKind.HTML_ENTITY, {"entity": entity}))
    length = len(plain(text))
    if length > MESSAGE_LIMIT:
        findings.append(Finding(ProblemKind.TOO_LONG, {"length": length, "limit": MESSAGE_LIMIT}))
    return findings


def plain(text: str) -> str:
    """The text as it will be read, without its markup."""
    return html.unescape(_TAG.sub("", text)).strip()


def _tags(text: str) -> list[Finding]:
    findings: list[Finding] = []
    opened: list[str] = []
    for tag in _TAG.finditer(text):
        name = (tag["name"] or "").lower()
        if not name:
            findings.append(Finding(ProblemKind.HTML_BRACKET))
        elif name not in _TAGS:
            findings.append(Finding(ProblemKind.HTML_TAG, {"tag": name}))
        elif not tag["end"]:
            opened.append(name)
            findings += _attributes(name, tag["rest"])
        elif opened and opened[-1] == name:
            opened.pop()
        else:
            findings.append(Finding(ProblemKind.HTML_UNOPENED, {"tag": name}))
    findings += [Finding(ProblemKind.HTML_UNCLOSED, {"tag": name}) for name in reversed(opened)]
    return list(dict.fromkeys(findings))


def _attributes(name: str, rest: str) -> list[Finding]:
    needed = _NEEDS.get(name, "")
    if needed in rest.replace("'", '"'):
        return []
    return [Finding(ProblemKind.HTML_ATTRIBUTE, {"tag": name, "attribute": needed})]
