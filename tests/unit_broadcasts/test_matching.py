"""What is taken for a question about a live incident, and how often an ordinary question is."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import faq
from broadcasts.audience.matching import concerns, is_felt
from broadcasts.incident import Incident, IncidentKind, IncidentState, Severity, Status
from desk.component import Component
from desk.formatted import Html

EVERYDAY = Path(faq.__file__).parent / "matching" / "everyday"
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


@pytest.mark.parametrize("language", ["ru", "en"])
def test_everyday_questions_are_hardly_ever_taken_for_it(language: str) -> None:
    """Hundreds about everything under the sun; tests/benches/known_incident.py asks public ones."""
    asked = EVERYDAY.joinpath(f"{language}.txt").read_text("utf-8").splitlines()
    assert len(asked) > 200
    taken = [text for text in asked if is_about(text)]
    assert len(taken) / len(asked) <= 0.005, taken
