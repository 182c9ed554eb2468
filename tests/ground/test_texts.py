"""The texts themselves: both languages whole, well set, and none of them in the code."""

import re
import string
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatchcase

import pytest
from babel.messages.pofile import read_po

from faq.entries.problem import ProblemKind
from faq.entries.remark import RemarkKind
from faq.judging.review import Ending
from locales import Texts, long_texts
from locales.catalogue import HOME, catalogue
from tests.ground.our_source import ROOT, families, literals, modules, said

LANGUAGES = ("ru", "en")
# A single letter is data for spelling, a word is something said.
WORD = re.compile("[А-Яа-яЁё]{2}")

# Keys whose last word is only known at work; a family as wide as these must name its members.
BROAD_FAMILIES = {
    "button.*": "helped operator complain take close reopen unban update resolve correct retract review",
    "command.*": "start operator complaint subscribe unsubscribe language help take close reopen note undo"
    " ban unban banned broadcast incidents maintenance poll faq stuck",
    "kind.*": "animation audio chat_shared checklist checklist_tasks_added checklist_tasks_done contact dice "
    "document game gift giveaway giveaway_winners invoice live_photo location paid_media passport_data photo "
    "poll proximity_alert_triggered refunded_payment rich_message sticker story successful_payment "
    "unique_gift unknown users_shared venue video video_note voice web_app_data",
    "rating.*": "1 2 3 4 5",
    "ready.*": "starting stopping database_trouble database_silent telegram_refuses telegram_lost "
    "updates_elsewhere updates_silent webhook_unset standby inbox_still outbox_still",
    "severity.*": "red yellow green",
    "works.*": "update move begin off verify finish done longer",
    "time.*": "hours days",
}

KEY = re.compile(r"[a-z_]+(?:\.[a-z0-9_]+)+")

# Words with a dot that are something else: files, and kinds of post in the outbox.
NOT_KEYS = {
    "embed.js",
    "incident.j2",
    "page.css",
    "config.json",
    "config.toml",
    "faq.yaml",
    "incident.edit",
    "incident.mend",
    "incident.reply",
}

# Captions that people press by these very words, dashes with plain spaces included.
FIXED = {
    "rating.1": "1 — Отвратительно",
    "rating.2": "2 — Плохо",
    "rating.3": "3 — Нормально",
    "rating.4": "4 — Хорошо",
    "rating.5": "5 — Вау!",
    "button.helped": "Помогло",
    "button.operator": "Позвать оператора",
    "button.publish": "Опубликовать",
    "button.cancel": "Отменить",
    "button.update": "Обновить",
    "button.resolve": "Решено",
    "button.correct": "Исправить",
    "button.retract": "Отозвать",
}

# Telegram's HTML and nothing else.
TAGS = re.compile(
    r"</?(?:b|i|u|s|code|pre|blockquote)>|<a href=\"[^\"<>]*\">|</a>|<blockquote expandable>"
    r"|<tg-time unix=\"\" format=\"\">|</tg-time>"
)


def forms(language: str) -> dict[str, tuple[str, ...]]:
    """Every text of the catalogue by key, all its plural forms."""
    with (HOME / language / "LC_MESSAGES" / "otklik.po").open("rb") as file:
        messages = [message for message in read_po(file, locale=language) if message.id]
    return {
        message.id if isinstance(message.id, str) else message.id[0]: (
            (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        )
        for message in messages
    }


def long_text(key: str, language: str) -> str:
    return (long_texts.HOME / language / f"{key}{long_texts.SUFFIX}").read_text("utf-8")


def every_text(language: str) -> list[tuple[str, str]]:
    short = [(key, form) for key, all_forms in forms(language).items() for form in all_forms]
    return short + [(key, long_text(key, language)) for key in sorted(long_texts.keys(language))]


def keys() -> set[str]:
    return set(catalogue("ru").keys | long_texts.keys("ru"))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_texts() -> None:
    russian, english = catalogue("ru"), catalogue("en")
    assert russian.keys ^ english.keys == set()
    assert russian.counting ^ english.counting == set()
    assert long_texts.keys("ru") ^ long_texts.keys("en") == set()
    assert russian.keys & long_texts.keys("ru") == set(), "one text, one home"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_fuzzy_or_written_twice(language: str) -> None:
    source = (HOME / language / "LC_MESSAGES" / "otklik.po").read_text("utf-8")
    written = Counter(re.findall(r'^msgid "(.+)"$', source, re.MULTILINE))
    assert [key for key, times in written.items() if times > 1] == []
    assert "#, fuzzy" not in source
    assert [key for key, all_forms in forms(language).items() if not all(map(str.strip, all_forms))] == []


def test_placeholders_are_plain_names_and_the_same_in_both_languages() -> None:
    russian, english = forms("ru"), forms("en")
    names = {key: [placeholders(form) for form in russian[key] + english[key]] for key in russian}
    assert [key for key, sets in names.items() if any(each != sets[0] for each in sets)] == []
    assert [key for key, sets in names.items() if not all(name.isidentifier() for name in sets[0])] == []


def test_long_texts_ask_for_the_same_things_in_both_languages() -> None:
    from jinja2 import Environment, meta

    def asked(key: str, language: str) -> set[str]:
        return meta.find_undeclared_variables(Environment(autoescape=True).parse(long_text(key, language)))

    assert [key for key in long_texts.keys("ru") if asked(key, "ru") != asked(key, "en")] == []


def test_number_of_plural_forms_is_the_language_s_own() -> None:
    for language, number in (("ru", 3), ("en", 2)):
        all_forms = forms(language)
        assert {len(all_forms[key]) for key in catalogue(language).counting} == {number}


@pytest.mark.parametrize("key", FIXED)
def test_captions_pressed_by_their_words_are_these_words(key: str) -> None:
    assert Texts().plain(key, "ru") == FIXED[key]


def test_russian_is_set_as_russian() -> None:
    faults = {
        "straight quotes, «» are right": r'"(?![^<]*>)',
        "a hyphen for a dash": r"[ \xa0]-[ \xa0]",
        "three dots, … is right": r"\.\.\.",
        "a plain space before —, put U+00A0 there": r"[^\xa0\n]—|(?<!\xa0)—",
        "two spaces": r"(?m)(?<=\S)[ \xa0]{2,}",
    }
    texts = [
        (key, re.sub(r"\{[{%#].*?[}%#]\}", "X", text)) for key, text in every_text("ru") if key not in FIXED
    ]
    found = [(key, fault) for key, text in texts for fault, sign in faults.items() if re.search(sign, text)]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_markup_is_telegram_s(language: str) -> None:
    """But for whole pages, which a browser reads."""
    texts = [(key, text) for key, text in every_text(language) if not key.endswith(".page")]
    bare = [(key, TAGS.sub("", re.sub(r"\{[{%#].*?[}%#]\}", "", text))) for key, text in texts]
    assert [key for key, text in bare if re.search(r"</?[a-z]", text)] == []


def test_no_text_stands_in_the_code() -> None:
    found = [
        f"{path}:{line}: {text}"
        for path, tree in modules().items()
        for line, text in literals(tree)
        if WORD.search(text)
    ]
    assert found == []


def test_every_key_in_the_code_is_a_text() -> None:
    ours = keys()
    unknown = [
        f"{path}:{line}: {key}"
        for path, tree in modules().items()
        for line, key in said(tree)
        if not any(fnmatchcase(known, key) for known in ours)
    ]
    assert unknown == []


def test_every_problem_of_a_knowledge_base_has_its_text() -> None:
    assert {f"faq.problem.{kind}" for kind in ProblemKind} - keys() == set()
    assert {f"faq.remark.{kind}" for kind in RemarkKind} - keys() == set()
    assert {f"evaluation.outcome.{kind}" for kind in Ending} - keys() == set()


def test_nothing_looks_like_a_key_and_is_none() -> None:
    ours = keys()
    rooms = {key.partition(".")[0] for key in ours}
    alike = {
        f"{path}:{line}: {text}"
        for path, tree in modules().items()
        for line, text in literals(tree)
        if KEY.fullmatch(text) and text.partition(".")[0] in rooms and text not in ours | NOT_KEYS
    }
    assert alike == set()


def test_every_text_is_used() -> None:
    used = {text for tree in modules().values() for _, text in literals(tree)}
    used |= {key for language in LANGUAGES for key in said_in_long_texts(language)}
    used |= set(said_on_pages())
    used |= {family.replace("*", word) for family, words in BROAD_FAMILIES.items() for word in words.split()}
    found = {family for tree in modules().values() for family in families(tree)}
    assert sorted(BROAD_FAMILIES.keys() - found) == []
    narrow = [family for family in found if family.count(".") > 1]
    assert (
        sorted(key for key in keys() - used if not any(fnmatchcase(key, family) for family in narrow)) == []
    )


def said_on_pages() -> Iterator[str]:
    for page in (ROOT / "bot").rglob("*.j2"):
        yield from re.findall(r'say\("([^"]+)"', page.read_text("utf-8"))


def said_in_long_texts(language: str) -> Iterator[str]:
    for name in long_texts.keys(language):
        text = long_text(name, language)
        yield from re.findall(r'say\(\s*"([^"]+)"', text)
        yield from re.findall(r'\{% from "([^"]+)[.]j2"', text)
