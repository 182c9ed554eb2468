"""A raw update loses its secrets before it is kept, and nothing else of it."""

from copy import deepcopy
from datetime import UTC
from timeit import timeit
from typing import Any

import pytest
from aiogram.types import Update

from bot.telegram.secrets_out import without_secrets
from desk.hours import WorkHours
from desk.profile import DeskPlaces, Profile
from handlers.reading import MASKED, content
from locales import Texts

MANAGER, GROUP = 1001, -1001
CARD, DOTS = "4276 3800 1234 5679", "•••• •••• •••• ••••"
PROFILE = Profile(
    desk="main",
    company="",
    language="ru",
    zone=UTC,
    hours=WorkHours.parse((), UTC),
    managers=frozenset({MANAGER}),
    configured_group=GROUP,
    places=DeskPlaces(group=GROUP),
    texts=Texts(),
)


def update(kind: str = "message", sender: int = 7, **fields: Any) -> dict[str, Any]:
    """A message in somebody's private chat, as Telegram writes it."""
    person = {"id": sender, "is_bot": False, "first_name": "Анна"}
    message = {"message_id": 5, "date": 1, "chat": {"id": sender, "type": "private"}, "from": person}
    return {"update_id": 9, kind: message | fields}


def in_group(sender: int = 7, **fields: Any) -> dict[str, Any]:
    chat = {"id": GROUP, "type": "supergroup", "title": "Операторы", "is_forum": True}
    return update(sender=sender, chat=chat, **fields)


def cleaned(raw: dict[str, Any]) -> dict[str, Any]:
    before = deepcopy(raw)
    after = without_secrets(PROFILE, raw)
    assert raw == before, "what came is left as it was"
    return next(event for event in after.values() if isinstance(event, dict))


@pytest.mark.parametrize("kind", ["message", "edited_message"])
def test_words_lose_their_secrets_and_formatting_stays_true(kind: str) -> None:
    entities = [{"type": "code", "offset": 9, "length": 19}]
    raw = update(kind, text=f"🦄 карта {CARD} код 123", entities=entities)
    event = cleaned(raw)
    assert event == raw[kind] | {"text": f"🦄 карта {DOTS} код •••", MASKED: ["text"]}
    parsed = Update.model_validate(without_secrets(PROFILE, raw)).event
    assert content(parsed).masked
    assert parsed.entities[0].extract_from(parsed.text) == DOTS


FIELDS: dict[str, dict[str, Any]] = {
    "caption": {"caption": CARD},
    "quote": {"quote": {"text": CARD, "position": 0}},
    "contact": {"contact": {"phone_number": CARD, "first_name": CARD, "vcard": f"TEL:{CARD}"}},
    "document": {"document": {"file_id": "1" * 16, "file_unique_id": "u", "file_name": f"{CARD}.pdf"}},
    "poll": {"poll": {"id": "4276380012345679", "question": CARD, "options": [{"text": CARD}]}},
    "venue": {"venue": {"title": CARD, "address": CARD}},
    "entities": {"text": "тут", "entities": [{"type": "text_link", "url": f"https://a.b/{CARD}"}]},
    "checklist": {"checklist": {"title": CARD, "tasks": [{"id": 1, "text": CARD}]}},
    "of_a_kind_to_come": {"of_a_kind_to_come": {"inner": [{"words": CARD}]}},
}


@pytest.mark.parametrize("field", FIELDS)
def test_nothing_that_people_read_is_passed_over(field: str) -> None:
    event = cleaned(update(**FIELDS[field]))
    assert CARD not in str(event)
    assert event[MASKED] == [field]
    for name in ("id", "file_id"):
        assert event[field][name] == FIELDS[field][field][name] if name in event[field] else True


AROUND: dict[str, Any] = {
    "reply_to_message": {"message_id": 4, "text": CARD},
    "external_reply": {"contact": {"phone_number": CARD}},
    "forward_origin": {"type": "hidden_user", "sender_user_name": CARD},
    "from": {"id": 7, "first_name": CARD},
}


@pytest.mark.parametrize("field", AROUND)
def test_what_stands_around_a_message_is_hidden_without_a_notice(field: str) -> None:
    event = cleaned(update(text="вот", **{field: AROUND[field]}))
    assert CARD not in str(event)
    assert MASKED not in event


def test_a_part_of_a_number_that_is_quoted_is_hidden_like_the_whole() -> None:
    replied = {"message_id": 4, "text": f"🦄 карта {CARD}, не проходит"}
    quote = {"text": "4276 3800 1234", "position": 9, "is_manual": True}
    event = cleaned(update(text="вот эта", reply_to_message=replied, quote=quote))
    assert event["quote"] == quote | {"text": "•••• •••• ••••"}
    other = {"text": "не проходит", "position": 30, "is_manual": True}
    assert cleaned(update(text="да", reply_to_message=replied, quote=other))["quote"] == other


def test_names_are_hidden_in_presses_and_reactions() -> None:
    named = {"id": 7, "first_name": CARD}
    press = {"update_id": 1, "callback_query": {"id": "4276380012345679", "from": named, "data": "a:1"}}
    assert cleaned(press) == {"id": "4276380012345679", "from": named | {"first_name": DOTS}, "data": "a:1"}
    reaction = {"update_id": 1, "message_reaction": {"user": named, "chat": {"id": 7, "type": "private"}}}
    assert cleaned(reaction)["user"]["first_name"] == DOTS


def test_operators_may_hand_out_codes_and_no_cards() -> None:
    assert cleaned(in_group(text="код подтверждения 4821"))["text"] == "код подтверждения 4821"
    assert cleaned(in_group(text=f"карта {CARD} cvv 123"))["text"] == f"карта {DOTS} cvv •••"


def test_the_name_of_an_operator_s_file_is_the_operator_s_own() -> None:
    document = {"file_id": "a", "file_unique_id": "u", "file_name": f"{CARD}.pdf"}
    assert cleaned(in_group(document=document, caption=CARD)) == in_group(document=document)["message"] | {
        "caption": DOTS,
        MASKED: ["caption"],
    }


def test_managers_dictate_numbers_and_answer_customers_without() -> None:
    assert cleaned(update(sender=MANAGER, text=CARD))["text"] == CARD
    assert cleaned(in_group(sender=MANAGER, text=CARD))["text"] == CARD
    topic = {"message_thread_id": 3, "is_topic_message": True}
    assert cleaned(in_group(sender=MANAGER, text=CARD, **topic))["text"] == DOTS


ODD: list[dict[str, Any]] = [
    {"update_id": 1},
    {"update_id": 1, "message": None},
    {
        "update_id": 1,
        "message": {"message_id": 1, "chat": None, "from": CARD, "text": [CARD, None, 4276380012345679]},
    },
    {"update_id": 1, "message": {"message_id": "x", "chat": CARD, "text": {"": {"a": CARD}}}},
]


@pytest.mark.parametrize("raw", ODD)
def test_what_telegram_never_sends_is_survived(raw: dict[str, Any]) -> None:
    assert CARD not in str(without_secrets(PROFILE, raw).get("message", {}) or {}).replace(
        f"'chat': '{CARD}'", ""
    )


def test_json_of_any_depth_is_survived() -> None:
    deep: Any = CARD
    for _ in range(400):
        deep = [deep]
    assert CARD not in str(cleaned(update(text=deep)))


def test_an_ordinary_message_is_looked_at_in_no_time() -> None:
    raw = update(text="Здравствуйте! Подскажите, пожалуйста, как вернуть деньги за заказ?")
    assert without_secrets(PROFILE, raw) == raw
    assert timeit(lambda: without_secrets(PROFILE, raw), number=1000) < 1, "a thousandth of a second at most"
