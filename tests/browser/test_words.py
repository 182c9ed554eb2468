"""The page's own texts: in both languages, and all of them used."""

import json
import re
from typing import Any

from sandbox.page.serving import STATIC

WORDS: dict[str, dict[str, Any]] = json.loads((STATIC / "words.json").read_text(encoding="utf-8"))
FORMS = {"ru": {"one", "few", "many", "other"}, "en": {"one", "other"}}
SOURCES = [path.read_text(encoding="utf-8") for path in sorted((STATIC / "js").glob("*.js"))]
DEEDS = [
    (STATIC.parent / name).read_text(encoding="utf-8") for name in ("deeds.py", "routes.py", "attaching.py")
]


def used() -> set[str]:
    """Keys said in the page, in the words of refusals, and those put together from a beginning."""
    scripts = "\n".join(SOURCES)
    plain = re.findall(r"""\bt\("(\w+)\"""", scripts) + re.findall(r'DeedError\("(\w+)"\)', "\n".join(DEEDS))
    either = [key for pair in re.findall(r't\(\w+ \? "(\w+)" : "(\w+)"\)', scripts) for key in pair]
    begun = [f"{start}.*" for start in re.findall(r"t\(`(\w+_)\$\{", scripts)]
    named = re.findall(r'Refused\("(\w+)"\)', scripts) + re.findall(r'turn = .*"(\w+)" : "(\w+)"', scripts)
    flat = [key for found in named for key in ([found] if isinstance(found, str) else found)]
    return {*plain, *either, *begun, *flat}


def test_both_languages_have_the_same_texts() -> None:
    assert WORDS["ru"].keys() == WORDS["en"].keys()


def test_every_plural_has_all_forms_of_its_language() -> None:
    for language, texts in WORDS.items():
        for key, text in texts.items():
            assert isinstance(text, str) or text.keys() == FORMS[language], key


def test_slots_are_the_same_in_both_languages() -> None:
    def slots(text: Any) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", json.dumps(text)))

    for key, text in WORDS["ru"].items():
        assert slots(text) == slots(WORDS["en"][key]), key


def test_every_text_the_page_says_is_there_and_none_is_idle() -> None:
    said = used()
    missing = {key for key in said if not any(re.fullmatch(key, known) for known in WORDS["ru"])}
    idle = {known for known in WORDS["ru"] if not any(re.fullmatch(key, known) for key in said)}
    assert (missing, idle) == (set(), set())


def test_no_script_makes_markup_out_of_strings() -> None:
    dangerous = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function")
    assert [line for source in SOURCES for line in source.splitlines() if dangerous.search(line)] == []
