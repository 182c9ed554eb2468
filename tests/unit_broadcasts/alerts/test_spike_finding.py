"""Which questions are a spike: by how many people, against what is usual at that hour of the week."""

from datetime import UTC, datetime, timedelta

from broadcasts.alerts.alert import AlertSource
from broadcasts.alerts.kept import KeptAlert
from broadcasts.alerts.spikes import Spike, SpikeMaterial, SpikeQuestion, find, touched
from broadcasts.incident import Severity
from desk.component import Component

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TEN = timedelta(minutes=10)
CARD = ("не проходит оплата картой", "оплата картой не проходит", "почему не проходит оплата картой")
OTHERS = ("где мой заказ", "как сменить пароль", "сколько стоит доставка", "вы открыты в воскресенье")


def asked(
    texts: tuple[str, ...], count: int, first: int = 1, nearest: str | None = None
) -> list[SpikeQuestion]:
    return [
        SpikeQuestion(
            id=number,
            customer_id=number,
            text=texts[number % len(texts)],
            asked_at=NOW - timedelta(seconds=600 - number % 600),
            nearest=nearest,
        )
        for number in range(first, first + count)
    ]


def spikes(
    lately: list[SpikeQuestion], before: list[SpikeQuestion] | None = None, known: tuple[KeptAlert, ...] = ()
) -> list[Spike]:
    material = SpikeMaterial(now=NOW, lately=lately, before=before or [], weeks=4, known=known)
    return find(material, 5, TEN)


def test_five_people_who_ask_the_same_are_a_spike_and_four_are_none() -> None:
    assert len(spikes([*asked(CARD, 5), *asked(OTHERS, 8, first=100)])) == 1
    assert spikes([*asked(CARD, 4), *asked(OTHERS, 8, first=100)]) == []


def test_many_who_ask_different_things_are_none() -> None:
    assert spikes(asked(OTHERS, 4)) == []


def test_one_person_counts_once() -> None:
    one = [SpikeQuestion(id=n, customer_id=7, text=CARD[n % 3], asked_at=NOW) for n in range(20)]
    assert spikes([*one, *asked(CARD, 3, first=100)]) == []


def test_what_is_usual_at_this_hour_is_none() -> None:
    """Ninety-six in the same hour of four weeks are four in ten minutes: ten are wanted then."""
    usual = asked(CARD, 96, first=1000)
    assert spikes(asked(CARD, 9), usual) == []
    assert len(spikes(asked(CARD, 10), usual)) == 1
    assert len(spikes(asked(CARD, 5), asked(OTHERS, 96, first=1000))) == 1, "others are usual, not this"


def test_the_same_nearest_entry_joins_what_is_worded_apart() -> None:
    worded = ("деньги списались дважды", "чек не пришёл", "касса висит", "терминал думает", "платёж застрял")
    assert spikes(asked(worded, 5)) == []
    [found] = spikes(asked(worded, 5, nearest="payment"))
    assert len(found.asked) == 5


def test_a_spike_goes_on_from_its_questions_or_from_their_words() -> None:
    for ids, text in (((3,), "совсем о другом"), ((999,), "• не проходит оплата картой")):
        known = KeptAlert(
            source=AlertSource.QUESTIONS,
            key="question 1",
            first_at=NOW - TEN,
            last_at=NOW,
            severity=Severity.YELLOW,
            title="5 вопросов",
            text=text,
            asked=ids,
        )
        [found] = spikes(asked(CARD, 6), known=(known,))
        assert found.known == known


def test_the_component_is_the_one_whose_words_are_said() -> None:
    payments = Component(id="payments", names={"ru": "Оплата"}, words=("карта",))
    login = Component(id="login", names={"ru": "Вход"})
    assert touched((login, payments), ["не проходит оплата", "карту не берёт", "всё плохо"]) == "payments"
    assert touched((login, payments), ["зонтик поёт", "кот пропал"]) is None
    assert touched((), ["не проходит оплата"]) is None
    account = Component(id="account", names={"ru": "Личный кабинет"})
    assert touched((account,), ["не открывается личный кабинет", "в личном кабинете ошибка"]) == "account"
    assert touched((account,), ["потерял личный зонтик", "личные вещи"]) is None, (
        "all of a name, as in questions"
    )
    assert touched((payments,), ["оплта не проходит", "не могу оплатить"]) == "payments", "usual slips too"


def test_several_hundred_questions_take_a_moment() -> None:
    from time import perf_counter

    lately, before = asked((*CARD, *OTHERS), 400), asked((*CARD, *OTHERS), 800, first=1000)
    begun = perf_counter()
    assert spikes(lately, before)
    assert perf_counter() - begun < 5
