"""Which questions stand for all that a desk is asked."""

from dataclasses import replace
from datetime import timedelta

from editorial.learning.traffic import MOST_OF_AN_HOUR, MOST_OF_ONE, traffic
from tests.learning.samples import NOW, asked


def texts(*questions: object) -> list[str]:
    return [each.text for each in traffic(questions)]  # type: ignore[arg-type]


def test_who_asks_the_same_forty_times_has_asked_once() -> None:
    again = [asked(number, "Где  ПОСЫЛКА", customer=7) for number in range(40)]
    copied = [asked(number, "где посылка", customer=number) for number in range(40)]
    assert texts(*again, *copied, asked(90, "верните деньги", customer=7)) == [
        "Где  ПОСЫЛКА",
        "верните деньги",
    ]


def test_nobody_makes_the_traffic_alone() -> None:
    busy = [
        replace(asked(n, f"вопрос {n}", customer=7), asked_at=NOW - timedelta(hours=n)) for n in range(40)
    ]
    kept = texts(*busy, asked(50, "другой человек", customer=8))
    assert kept == [*(f"вопрос {n}" for n in range(MOST_OF_ONE)), "другой человек"]


def test_an_hour_in_which_everybody_writes_does_not_pass_for_every_day() -> None:
    crowd = [asked(n, f"всё сломалось {n}") for n in range(500)]
    before = [replace(asked(n, f"обычное {n}"), asked_at=NOW - timedelta(hours=n)) for n in range(501, 600)]
    kept = texts(*crowd, *before)
    assert sum(text.startswith("всё") for text in kept) == MOST_OF_AN_HOUR
    assert sum(text.startswith("обычное") for text in kept) == len(before)
