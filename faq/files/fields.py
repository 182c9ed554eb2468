"""The keys of one entry, each read by its own rule.

A reader that meets something wrong says so on the page and gives back something harmless, so that
the rest of the entry is looked at too.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeVar

from faq.entries import answer
from faq.entries.attachments import folder_with, is_file, is_foreign
from faq.entries.entry import ANY, ID_LIMIT, Entry, in_telegram, is_address, is_id, is_language
from faq.entries.problem import ProblemKind
from faq.entries.remark import RemarkKind
from faq.entries.season import Season
from faq.entries.simpler_html import simpler
from faq.files import scalars
from faq.files.answers import foreign, tell
from faq.files.cleaning import UNSEEN
from faq.files.ids import new_id
from faq.files.nodes import NULL, line_of
from faq.files.page import Page

if TYPE_CHECKING:
    from yaml.nodes import MappingNode, Node

KEYS = (
    "id",
    "category",
    "question",
    "phrasings",
    "answer",
    "media",
    "valid_from",
    "valid_until",
    "season",
    "languages",
    "sure",
    "call_person",
    "hidden",
)
_REQUIRED = ("question", "answer")
_LIKE = 0.75
"""How near a key must come to one of ours to be a slip of the finger."""

Value = TypeVar("Value")


class Fields:
    """A table of one entry. An id that is missing is made from the question."""

    def __init__(self, page: Page, node: "MappingNode") -> None:
        self._page = page
        self._node = node
        self._id = next((str(value.value) for key, value in node.value if key.value == "id"), "")
        self._values = dict(self._pairs("entry", node))

    def entry(self) -> Entry:
        given = self._read("id", self._identifier, "")
        question: dict[str, str] = self._read("question", self._texts, {})
        entry = Entry(
            id=given if "id" in self._values else self._made(question),
            category=self._read("category", self._texts, {}),
            question=question,
            phrasings=self._read("phrasings", self._phrasings, {}),
            answer=self._read("answer", self._answer, {}),
            media=self._read("media", self._media, None),
            valid_from=self._read("valid_from", self._spelt("date", scalars.moment), None),
            valid_until=self._read("valid_until", self._spelt("date", scalars.moment), None),
            season=self._read("season", self._spelt("season", Season.parse), None),
            languages=self._read("languages", self._languages, ()),
            sure=self._read("sure", self._spelt("share", scalars.share), None),
            call_person=self._read("call_person", self._spelt("flag", scalars.flag), None) or False,
            hidden=self._read("hidden", self._spelt("flag", scalars.flag), None) or False,
            folder=self._page.path.parent,
        )
        self._check_keys(entry)
        return entry

    def _check_keys(self, entry: Entry) -> None:
        for key, value in self._values.items():
            if key not in KEYS and get_close_matches(key, KEYS, n=1, cutoff=_LIKE):
                self._wrong(value, ProblemKind.UNKNOWN_KEY, key=key)
            elif key not in KEYS:
                self._page.remark(line_of(value), self._id, RemarkKind.UNUSED, name=key)
        for key in _REQUIRED:
            if key not in self._values and not (key == "answer" and entry.call_person):
                self._wrong(self._node, ProblemKind.MISSING_KEY, key=key)
        if entry.valid_from and entry.valid_until and _day(entry.valid_from) > _day(entry.valid_until):
            self._wrong(self._values["valid_until"], ProblemKind.NEVER_VALID)

    def _made(self, question: Mapping[str, str]) -> str:
        text = next(filter(None, question.values()), "")
        return new_id(text, self._page.ids) if text else ""

    def _read(self, key: str, reader: "Callable[[str, Node], Value]", absent: Value) -> Value:
        return reader(key, self._values[key]) if key in self._values else absent

    def _wrong(self, node: "Node", kind: ProblemKind, **params: str | int) -> None:
        self._page.wrong(line_of(node), self._id, kind, **params)

    def _pairs(self, key: str, node: "Node") -> "Iterator[tuple[str, Node]]":
        seen = set()
        for name, value in node.value:
            if not isinstance(name.value, str):
                self._wrong(name, ProblemKind.WRONG_TYPE, key=key, expected="table")
            elif name.value in seen:
                self._wrong(name, ProblemKind.REPEATED_KEY, key=name.value)
            else:
                seen.add(name.value)
                yield name.value, value

    def _text(self, key: str, node: "Node") -> str:
        if not isinstance(node.value, str):
            self._wrong(node, ProblemKind.WRONG_TYPE, key=key, expected="text")
            return ""
        text = "" if node.tag == NULL else node.value.strip()
        if not text:
            self._wrong(node, ProblemKind.EMPTY_TEXT, key=key)
        if unseen := UNSEEN.search(text):
            self._wrong(node, ProblemKind.UNSEEN, key=key, sign=f"U+{ord(unseen[0]):04X}")
        return text

    def _spelt(
        self, expected: str, parse: Callable[[str], Value | None]
    ) -> "Callable[[str, Node], Value | None]":
        def reader(key: str, node: "Node") -> Value | None:
            text = self._text(key, node)
            value = parse(text) if text else None
            if text and value is None:
                self._wrong(node, ProblemKind.WRONG_TYPE, key=key, expected=expected)
            return value

        return reader

    def _identifier(self, key: str, node: "Node") -> str:
        text = self._text(key, node)
        if text and not is_id(text):
            self._wrong(node, ProblemKind.BAD_ID, id=text, limit=ID_LIMIT)
        return text

    def _by_language(
        self, key: str, node: "Node", reader: "Callable[[str, Node], Value]"
    ) -> dict[str, Value]:
        from yaml.nodes import MappingNode

        if not isinstance(node, MappingNode):
            return {ANY: reader(key, node)}
        if not node.value:
            self._wrong(node, ProblemKind.EMPTY_TEXT, key=key)
        texts = {}
        for language, value in self._pairs(key, node):
            if not is_language(language):
                self._wrong(value, ProblemKind.BAD_LANGUAGE, key=key, language=language)
            texts[language] = reader(key, value)
        return texts

    def _texts(self, key: str, node: "Node") -> dict[str, str]:
        return self._by_language(key, node, self._text)

    def _phrasings(self, key: str, node: "Node") -> dict[str, tuple[str, ...]]:
        """An empty list says nothing, as if it were not there."""
        texts = self._by_language(key, node, self._ways)
        return {language: ways for language, ways in texts.items() if ways}

    def _ways(self, key: str, node: "Node") -> tuple[str, ...]:
        return () if node.tag == NULL or node.value == [] else self._list(key, node)

    def _list(self, key: str, node: "Node") -> tuple[str, ...]:
        from yaml.nodes import SequenceNode

        if not isinstance(node, SequenceNode):
            kind = ProblemKind.EMPTY_TEXT if node.tag == NULL else ProblemKind.WRONG_TYPE
            self._wrong(node, kind, key=key, expected="list")
            return ()
        if not node.value:
            self._wrong(node, ProblemKind.EMPTY_TEXT, key=key)
        return tuple(self._text(key, item) for item in node.value)

    def _languages(self, key: str, node: "Node") -> tuple[str, ...]:
        """One language may stand without brackets."""
        from yaml.nodes import ScalarNode

        alone = isinstance(node, ScalarNode) and node.tag != NULL
        languages = (self._text(key, node),) if alone else self._list(key, node)
        for language in filter(None, languages):
            if not is_language(language):
                self._wrong(node, ProblemKind.BAD_LANGUAGE, key=key, language=language)
        return languages

    def _answer(self, key: str, node: "Node") -> dict[str, str]:
        return self._by_language(key, node, self._template)

    def _template(self, key: str, node: "Node") -> str:
        text = self._text(key, node)
        block = getattr(node, "style", None) == "|"
        findings = answer.check(text) if text else []
        if foreign(text, findings):
            made = simpler(text)
            tell(self._page, line_of(node), self._id, made)
            text, findings = made.text, answer.check(made.text)
        for finding in findings:
            line = line_of(node) + (finding.line + 1 if block and finding.line is not None else 0)
            self._page.wrong(line, self._id, finding.kind, **finding.params)
        return text

    def _media(self, key: str, node: "Node") -> str:
        text = self._text(key, node)
        if not text or is_address(text) or in_telegram(text):
            return text
        if text.startswith("telegram:"):
            self._wrong(node, ProblemKind.BAD_MEDIA, media=text)
        elif (wrong := self._attached(text)) is not None:
            self._wrong(node, wrong, media=text.replace("\0", "\\0"))
        return text

    def _attached(self, name: str) -> ProblemKind | None:
        """What is wrong with a file's name; from afar only files may be named that are in use already."""
        home, known = self._page.path.parent, self._page.media
        if is_foreign(home, name) or (known is not None and name not in known):
            return ProblemKind.FOREIGN_MEDIA
        if folder_with(home, name) is None:
            return ProblemKind.FOREIGN_MEDIA if is_file(home / name) else ProblemKind.MISSING_MEDIA
        return None


def _day(moment: date) -> date:
    return date(moment.year, moment.month, moment.day)
