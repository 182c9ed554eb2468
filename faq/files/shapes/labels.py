"""Lines of an answer that are none of it: «Keywords: …», «Варианты: …», «Раздел: …»."""

import re
from dataclasses import dataclass, field

from faq.entries.telegram_html import plain
from faq.files.shapes.names import in_use, understood
from faq.files.shapes.tables import several
from faq.language.lexicon import LANGUAGES, language_data

_LABELLED = re.compile(r"(?:• |\d+\. )?([^:\n]{2,30}):\s*(.*)", re.DOTALL)
_ANYWHERE = frozenset(["phrasings", "keywords"])
_FIRST = frozenset(["id", "category", "enabled", "hidden"])
_SIGNS = "|".join(name for each in LANGUAGES for name in language_data(each)["pairs"]["answer"])
_ANSWER_SIGN = re.compile(rf"(<b>)?(?:{_SIGNS})\s*:\s*(?(1)</b>)\s*", re.IGNORECASE)
_BULLET = re.compile(r"\s*(?:• |\d+\. )")


@dataclass(slots=True)
class LabelledText:
    """An answer without its labelled lines, and what they said."""

    text: str
    phrasings: list[str] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    switched_off_by: str = ""


def without_labels(text: str) -> LabelledText:
    """Phrasings may be named anywhere; an id, a section and whether it is in use before the answer only."""
    found = LabelledText("")
    kept: list[str] = []
    listing = False
    for line in text.split("\n"):
        bare = plain(line)
        if listing and (_BULLET.match(bare) or not bare):
            found.phrasings += [_BULLET.sub("", bare)] if bare else []
            listing = bool(bare) or not found.phrasings
            continue
        listing = False
        labelled = _LABELLED.fullmatch(bare)
        key = _key(labelled[1]) if labelled else ""
        if labelled and key in _ANYWHERE:
            found.phrasings += filter(None, several(labelled[2], keywords=True))
            listing = not labelled[2]
        elif labelled and key in _FIRST and not any(kept) and labelled[2]:
            _note(found, key, labelled[1].strip(), labelled[2].strip())
        else:
            kept.append(line)
    found.text = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
    if sign := _ANSWER_SIGN.match(found.text):
        found.text = found.text[sign.end() :]
    return found


def _key(label: str) -> str:
    name = understood(label.strip(" *_"))
    return name.keys[0] if name.keys and name.rank == 0 else ""


def _note(found: LabelledText, key: str, label: str, value: str) -> None:
    if key in ("enabled", "hidden"):
        if in_use(value) is (key == "hidden"):
            found.switched_off_by = label
    else:
        found.said[key] = value
