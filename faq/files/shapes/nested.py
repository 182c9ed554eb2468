"""Questions and answers in YAML and JSON: entries under other keys, in sections, or under their questions."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from faq.entries.entry import ANY, is_id
from faq.entries.remark import RemarkKind
from faq.files.nodes import NULL, line_of
from faq.files.page import Page
from faq.files.shapes.columns import Columns, Told, UsedColumn, by_name
from faq.files.shapes.names import in_use, is_holder, language_named, understood
from faq.files.shapes.rough_entry import RoughEntry
from faq.files.shapes.tables import several

if TYPE_CHECKING:
    from yaml.nodes import MappingNode, Node

_DEEPEST = 20
_TEXT_KEYS = ("text", "html", "content", "value", "body", "plain", "markdown", "name", "title")
"""Under these a text stands where somebody made a table of it."""
_SECTION_KEYS = ("category", "question")

Texts = dict[str, list[str]]
Pairs = list[tuple[str, "Node"]]


def in_shapes(nodes: "Sequence[Node]", page: Page | None, told: Told) -> list[RoughEntry]:
    """The entries found in them; guesses and what is not used are said on the page, if there is one."""
    walk = _Walk(told)
    for node in nodes:
        walk.anything(node, "", "", 0)
    if page is not None and walk.found:
        walk.tell(page)
    return walk.found


class _Walk:
    def __init__(self, told: Told) -> None:
        self.found: list[RoughEntry] = []
        self._told = told
        self._columns: dict[tuple[str, ...], Columns] = {}
        self._guessed: dict[str, tuple[int, str]] = {}
        self._unused: Counter[str] = Counter()
        self._first: dict[str, int] = {}
        self._unread: list[tuple[int, str, str]] = []
        self._seen: set[int] = set()

    def tell(self, page: Page) -> None:
        for name, (line, key) in self._guessed.items():
            page.remark(line, "", RemarkKind.GUESSED, name=name, key=key)
        for name in self._unused:
            page.remark(self._first[name], "", RemarkKind.UNUSED, name=name)
        for line, name, value in self._unread:
            page.remark(line, "", RemarkKind.FLAG_UNREAD, name=name, value=value)

    def anything(self, node: "Node", category: str, key: str, depth: int) -> None:
        """`key` is what the node stands under."""
        from yaml.nodes import MappingNode, SequenceNode

        if depth > _DEEPEST or id(node) in self._seen:  # an alias may lead back to where it stands
            return
        self._seen.add(id(node))
        if isinstance(node, SequenceNode):
            pair = [_texts(item) for item in node.value]
            if len(pair) == 2 and all(pair) and not key:
                self._pair(line_of(node), pair[0] or {}, pair[1] or {}, category)
                return
            for item in node.value:
                self.anything(item, category, "", depth + 1)
        elif isinstance(node, MappingNode):
            self._table(node, category, key, depth)

    def _table(self, node: "MappingNode", category: str, key: str, depth: int) -> None:
        pairs = [(name.value, value) for name, value in node.value if isinstance(name.value, str)]
        columns = self._named(tuple(name for name, _ in pairs))
        if key and columns.has("answer") and not columns.has("question") and not is_id(key):
            pairs = [("question", _scalar(key, node)), *pairs]
            columns = self._named(tuple(name for name, _ in pairs))
        if not self._entry(node, pairs, columns, category, key):
            self._section(pairs, columns, category, depth)

    def _named(self, names: tuple[str, ...]) -> Columns:
        if names not in self._columns:
            self._columns[names] = by_name(names, self._told)
        return self._columns[names]

    def _entry(self, node: "MappingNode", pairs: Pairs, columns: Columns, category: str, key: str) -> bool:
        """Take an entry, if the table is one."""
        said = {column: _texts(pairs[column.place][1]) for column in columns.used}
        question, phrasings = _first_and_others(said, "question")
        answer = {
            column.language or language: "\n".join(texts)
            for column, found in said.items()
            for language, texts in (found or {}).items()
            if column.key == "answer"
        }
        personal = any(column.key == "call_person" for column in columns.used)
        if not question or not (answer or personal):
            return False
        more, switch = self._more(node, pairs, columns)
        entry_id = _one(said, "id") or (key if is_id(key) and not is_holder(key) else "")
        sections = {
            column.language or language: texts[0]
            for column, found in said.items()
            for language, texts in (found or {}).items()
            if column.key == "category" and texts
        }
        for column, found in said.items():
            if column.key in ("phrasings", "keywords"):
                for language, texts in (found or {}).items():
                    alone = len(texts) == 1
                    split = several(texts[0], keywords=column.key == "keywords") if alone else texts
                    phrasings.setdefault(column.language or language, []).extend(split)
        self._note(pairs, columns)
        sections = sections or ({ANY: category} if category else {})
        self.found.append(
            RoughEntry(line_of(node), question, answer, entry_id, sections, phrasings, more, switch)
        )
        return True

    def _more(self, node: "Node", pairs: Pairs, columns: Columns) -> tuple[dict[str, Any], str]:
        more: dict[str, Any] = {}
        switch = ""
        for column in columns.used:
            texts = (_texts(pairs[column.place][1]) or {}).get(ANY, [])
            if column.key in ("enabled", "hidden"):
                said = in_use(texts[0]) if texts else None
                if said is None and texts:
                    self._unread.append((line_of(node), column.name, texts[0]))
                elif said is (column.key == "hidden"):
                    switch = switch or column.name
            elif column.key == "languages" and texts:
                more["languages"] = texts
            elif (
                column.key not in ("id", "question", "answer", "category", "phrasings", "keywords") and texts
            ):
                more[column.key] = texts[0]
        if switch:
            more["hidden"] = "true"
        return more, switch

    def _section(self, pairs: Pairs, columns: Columns, category: str, depth: int) -> None:
        """Look into what a table holds: sections, entries under their ids, answers under their questions."""
        name = self._section_name(pairs, columns)
        asked = {key for key, value in pairs if _asks(key) and _texts(value)}
        before = len(self.found)
        for key, value in pairs:
            if key in asked:
                self._pair(line_of(value), {ANY: [key]}, _texts(value) or {}, name or category)
            elif _holds(value):
                own = is_holder(key) or language_named(key) or _is_entry(self._named, value)
                self.anything(value, name or (category if own else key), key, depth + 1)
        if len(self.found) > before:
            self._note_section(pairs, columns, asked)

    def _section_name(self, pairs: Pairs, columns: Columns) -> str:
        for wanted in _SECTION_KEYS:
            for column in columns.used:
                texts = _texts(pairs[column.place][1])
                if column.key == wanted and texts and not _holds_tables(pairs[column.place][1]):
                    return next(iter(texts.values()))[0]
        return ""

    def _pair(self, line: int, question: Texts, answer: Texts, category: str) -> None:
        asked = {language: texts[0] for language, texts in question.items() if texts}
        said = {language: "\n".join(texts) for language, texts in answer.items()}
        self.found.append(RoughEntry(line, asked, said, category={ANY: category} if category else {}))

    def _note(self, pairs: Pairs, columns: Columns) -> None:
        for column in columns.guessed:
            self._guessed.setdefault(column.name, (line_of(pairs[column.place][1]), column.key))
        used = {column.place for column in columns.used}
        for place, (name, value) in enumerate(pairs):
            if place not in used and name:
                self._unused[name] += 1
                self._first.setdefault(name, line_of(value))

    def _note_section(self, pairs: Pairs, columns: Columns, asked: set[str]) -> None:
        """What a section says besides its name and what it holds."""
        named = {column.place for column in columns.used if column.key in _SECTION_KEYS}
        for place, (name, value) in enumerate(pairs):
            if place not in named and name not in asked and not _holds(value):
                self._unused[name] += 1
                self._first.setdefault(name, line_of(value))


def _first_and_others(said: "dict[UsedColumn, Texts | None]", key: str) -> tuple[dict[str, str], Texts]:
    """One text in each language, and the others beside it."""
    first: dict[str, str] = {}
    others: Texts = {}
    for column, found in said.items():
        for language, texts in (found or {}).items() if column.key == key else ():
            if texts:
                first[column.language or language] = texts[0]
                others.setdefault(column.language or language, []).extend(texts[1:])
    return first, others


def _one(said: "dict[UsedColumn, Texts | None]", key: str) -> str:
    return next(
        (
            texts[0]
            for column, found in said.items()
            for texts in (found or {}).values()
            if column.key == key and texts
        ),
        "",
    )


def _texts(node: "Node", depth: int = 0) -> Texts | None:
    """The texts in a node by language; None if it holds something else."""
    from yaml.nodes import MappingNode, ScalarNode, SequenceNode

    if isinstance(node, ScalarNode):
        return {ANY: [node.value]} if node.tag != NULL and node.value.strip() else {}
    if isinstance(node, SequenceNode):
        parts = [_one_text(item) for item in node.value]
        filled = [part for part in parts if part]
        return None if None in parts else {ANY: filled} if filled else {}
    return _table_of_texts(node, depth + 1) if isinstance(node, MappingNode) and depth < _DEEPEST else None


def _one_text(node: "Node") -> str | None:
    """A text, or a table with a text and hardly anything else."""
    from yaml.nodes import MappingNode, ScalarNode

    if isinstance(node, ScalarNode):
        return "" if node.tag == NULL else str(node.value)
    if isinstance(node, MappingNode) and len(node.value) <= 2:
        return next(_under_text_keys(node), None)
    return None


def _under_text_keys(node: "MappingNode") -> Iterator[str]:
    from yaml.nodes import ScalarNode

    named = {key.value: value for key, value in node.value if isinstance(key.value, str)}
    for key in _TEXT_KEYS:
        if key in named and isinstance(named[key], ScalarNode):
            yield str(named[key].value)


def _table_of_texts(node: "MappingNode", depth: int) -> Texts | None:
    found: Texts = {}
    for key, value in node.value:
        language = language_named(key.value) if isinstance(key.value, str) else ANY
        if not language:
            text = next(_under_text_keys(node), None)
            return None if text is None else {ANY: [text]}
        inner = _texts(value, depth) or {}
        found[language] = [text for texts in inner.values() for text in texts]
    return {language: texts for language, texts in found.items() if texts}


def _asks(key: str) -> bool:
    """Whether a key is a question itself."""
    return key.rstrip().endswith("?") or (len(key.split()) > 2 and not understood(key).keys)


def _holds(node: "Node") -> bool:
    return isinstance(node.value, list) and bool(node.value)


def _holds_tables(node: "Node") -> bool:
    from yaml.nodes import MappingNode, SequenceNode

    return isinstance(node, SequenceNode) and any(isinstance(item, MappingNode) for item in node.value)


def _is_entry(named: Any, node: "Node") -> bool:
    """Whether a table is an entry by itself, so that what it stands under is its id and no section."""
    from yaml.nodes import MappingNode

    if not isinstance(node, MappingNode):
        return False
    columns = named(tuple(key.value for key, _ in node.value if isinstance(key.value, str)))
    return bool(columns.has("answer"))


def _scalar(text: str, near: "Node") -> "Node":
    from yaml.nodes import ScalarNode

    return ScalarNode("tag:yaml.org,2002:str", text, start_mark=near.start_mark)
