"""An entry as plain data, the same in faq.yaml, in an export and in the database's versions."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from faq.entries.entry import ANY, Entry
from faq.entries.problem import BrokenFaq
from faq.entries.season import Season
from faq.files import scalars
from faq.files.fields import Fields
from faq.files.nodes import node_of
from faq.files.page import Page

Body = dict[str, Any]
"""The keys of faq.yaml with texts, lists, numbers, flags and tables by language: what JSON can hold."""


def to_body(entry: Entry) -> Body:
    """The entry's keys in the order in which people write them, without those that say nothing."""
    phrasings = {language: list(texts) for language, texts in entry.phrasings.items()}
    body = {
        "id": entry.id,
        "category": _by_language(entry.category),
        "question": _by_language(entry.question),
        "phrasings": _by_language(phrasings),
        "answer": _by_language(entry.answer),
        "media": entry.media,
        "valid_from": entry.valid_from and entry.valid_from.isoformat(),
        "valid_until": entry.valid_until and entry.valid_until.isoformat(),
        "season": entry.season and str(entry.season),
        "languages": list(entry.languages) or None,
        "sure": entry.sure,
        "call_person": entry.call_person or None,
        "hidden": entry.hidden or None,
    }
    return {key: value for key, value in body.items() if value is not None and value != {}}


def from_body(body: Mapping[str, Any], folder: Path = Path()) -> Entry:
    """The entry that such data says, looked at as closely as a file; media is looked for in the folder.

    Raises BrokenFaq with everything that is wrong.
    """
    page = Page(folder / "faq.yaml")
    entry = Fields(page, node_of(body)).entry()
    if page.problems:
        raise BrokenFaq(page.problems)
    return entry


def trusted(body: Mapping[str, Any], folder: Path = Path()) -> Entry:
    """The same for data that `to_body` made: nothing is checked, so thousands take a moment."""
    season, languages = body.get("season"), body.get("languages", ())
    phrasings = _texts(body.get("phrasings", {}))
    return Entry(
        id=body["id"],
        category=_texts(body.get("category", {})),
        question=_texts(body["question"]),
        phrasings={language: tuple(texts) for language, texts in phrasings.items()},
        answer=_texts(body.get("answer", {})),
        media=body.get("media"),
        valid_from=scalars.moment(body.get("valid_from", "")),
        valid_until=scalars.moment(body.get("valid_until", "")),
        season=Season.parse(season) if season else None,
        languages=tuple(languages),
        sure=body.get("sure"),
        call_person=body.get("call_person", False),
        hidden=body.get("hidden", False),
        folder=folder,
    )


def _by_language(texts: Mapping[str, Any]) -> Any:
    return texts[ANY] if texts.keys() == {ANY} else dict(texts)


def _texts(value: Any) -> dict[str, Any]:
    return dict(value) if isinstance(value, Mapping) else {ANY: value}


def same(one: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> bool:
    """Whether both say the same, languages in the same order; None is no entry at all."""
    return _spoken(one) == _spoken(other)


def _spoken(body: Mapping[str, Any] | None) -> str:
    return json.dumps(body and sorted(body.items()))
