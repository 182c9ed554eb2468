"""What is taken for a question about a live incident, and how often an ordinary question is."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from broadcasts.audience.matching import concerns, is_felt
from broadcasts.incident import Incident, IncidentKind, IncidentState, Severity, Status
from desk.component import Component
from desk.formatted import Html

SHARED = Path(__file__).parents[3] / "shared" / "faq"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
PAYMENTS = Component(
    id="payments",
    names={"ru": "Оплата", "en": "Payments"},
    words=("оплата", "платёж", "карта", "payment", "card"),
)
INCIDENT = Incident(
    id=1,
    severity=Severity.RED,
    state=IncidentState.LIVE,
    title="Не проходят оплаты",
    text=Html("Разбираемся"),
    components=("payments",),
    started_at=NOON,
    updated_at=NOON,
)
ABOUT_IT = """не проходит оплата|не могу оплатить картой|почему не проходит платеж?|оплата не работает
у вас сбой?|карта не принимается, ошибка|у вас не работает?|что с оплатой?|оплта не проходит
ошибка при оплате|все лежит?|когда заработает оплата|платежи висят|деньги списались а оплата не прошла
никак не оплатить|работает ли оплата
сайт не работает|card payment fails|my card was declined|can't pay by card|payment is not working
are you down?|is the payment down?|у меня одного не проходит оплата?|у вас проблемы с оплатой?
перестала проходить оплата"""
NOT_ABOUT_IT = """как оплатить картой?|какие карты вы принимаете?|можно ли оплатить картой|как привязать карту
где моя карта|сколько идёт платёж|как вернуть платёж|можно оплатить при получении?|не пришла карта
если не оплачу вовремя, что будет?|не могу понять, как оплатить|хочу оплатить заказ|спасибо, оплата прошла
потерял карту|как заблокировать карту|how do I pay by card?|which cards do you accept?|where is my card
can I pay with a gift card|do you accept visa card|оплата прошла, когда придёт заказ?|не нужна карта
забыл карту дома, как получить заказ?|не хочу платить за доставку|сколько стоит доставка|вход не работает"""
FAILING = {
    "balance_not_updated_after_bank_transfer",
    "balance_not_updated_after_cheque_or_cash_deposit",
    "beneficiary_not_allowed",
    "card_declined",
    "card_not_working",
    "card_swallowed",
    "contactless_not_working",
    "damaged_card",
    "declined_card_payment",
    "declined_cash_withdrawal",
    "declined_transfer",
    "failed_transfer",
    "pending_card_payment",
    "pending_cash_withdrawal",
    "pending_top_up",
    "pending_transfer",
    "reverted_card_payment?",
    "top_up_failed",
    "top_up_reverted",
    "transaction_charged_twice",
    "transfer_not_received_by_recipient",
    "virtual_card_not_working",
}
"""Intents of which each question may well be about payments that fail."""


def is_about(text: str, incident: Incident = INCIDENT) -> bool:
    return concerns((PAYMENTS,), incident, text)


def several(lines: str) -> list[str]:
    return lines.replace("\n", "|").split("|")


@pytest.mark.parametrize("text", several(ABOUT_IT))
def test_these_are_about_it(text: str) -> None:
    assert is_about(text)


@pytest.mark.parametrize("text", several(NOT_ABOUT_IT))
def test_these_are_not(text: str) -> None:
    assert not is_about(text)


def test_only_what_people_feel_is_asked_about() -> None:
    planned = replace(INCIDENT, kind=IncidentKind.MAINTENANCE, status=Status.SCHEDULED)
    assert is_felt(INCIDENT)
    assert not is_felt(replace(INCIDENT, severity=Severity.GREEN))
    assert not is_felt(planned)
    assert is_felt(replace(planned, status=Status.IN_PROGRESS))


def labelled(name: str) -> Iterator[tuple[str, str]]:
    with (SHARED / f"{name}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            said = json.loads(line)
            yield said["text"], said["intent"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the labelled questions are not on this machine")
@pytest.mark.parametrize(
    ("name", "most"),
    [("banking77_en", 0.005), ("clinc150_en", 0.001), ("koziev_questions_ru", 0.003), ("hass_ru", 0.001)],
)
def test_ordinary_questions_are_hardly_ever_taken_for_it(name: str, most: float) -> None:
    ordinary = [text for text, intent in labelled(name) if intent not in FAILING]
    taken = [text for text in ordinary if is_about(text)]
    assert len(taken) / len(ordinary) <= most, taken


@pytest.mark.skipif(not SHARED.is_dir(), reason="the labelled questions are not on this machine")
def test_most_who_say_that_a_card_is_declined_are_heard() -> None:
    said = [text for text, intent in labelled("banking77_en") if intent == "declined_card_payment"]
    assert sum(map(is_about, said)) / len(said) > 0.85
