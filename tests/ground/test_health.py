"""When a desk counts as well: decisions that would take a story too long to reach."""

import asyncio
import re
import time

import pytest

from bot.config import Limits
from bot.engine.pace import Budget
from bot.engine.verdicts import CallAccepted, CallFailed, CallRefused, FrontUnreachable, Verdict
from bot.health import telegram_pulse
from bot.health.backup_health import BackupHealth
from bot.health.database_pulse import DatabasePulse
from bot.health.desk_health import DeskHealth
from bot.health.supervisor import Supervisor
from bot.health.tally import BOUNDS, Tally, WaitSpread
from bot.health.telegram_pulse import TelegramPulse
from bot.health.trouble import Trouble
from bot.health.watch import Watch, WatchState
from bot.telegram.routes import TelegramRoutes
from desk.post import Lane
from desk.profile import DeskPlaces
from locales import Texts
from locales.catalogue import catalogue
from storage.watching.census import Census, LaneCensus
from tests.ground.our_source import ROOT

CONFLICT = CallRefused("Conflict: terminated by other getUpdates request; make sure that only one …")


class Idle:
    """A sender that has nothing to do."""

    in_flight = 0
    budget = Budget(Limits())


class Ours:
    """A lease that this process has."""

    standing_by, held, term = False, True, 1


class Unasked:
    """A knowledge base that nobody has asked anything yet."""

    traffic = None


class Quiet(DatabasePulse):
    """A database that is well, with this to tell."""

    def __init__(self, census: Census) -> None:
        self.census = census

    def trouble(self) -> Trouble | None:
        return None


def pulse(*, polling: bool = True) -> TelegramPulse:
    class Routes(TelegramRoutes):
        """A way that is well."""

        def __init__(self) -> None:
            self._lost_at = None

    return TelegramPulse(Routes(), polling=polling)


def desk(census: Census) -> DeskHealth:
    places = DeskPlaces(group=-1, channel=None)
    backups = BackupHealth(None, ".db", 0.0)
    return DeskHealth(
        "main", Tally(), Quiet(census), pulse(), Idle(), places, Limits(), Ours(), backups, Unasked()
    )


@pytest.mark.parametrize(
    ("verdicts", "wanted"),
    [
        ([CallAccepted([])], None),
        ([FrontUnreachable("Unauthorized")], "telegram_refuses"),
        ([FrontUnreachable("Unauthorized"), CallAccepted([])], None),
        ([CONFLICT], "updates_elsewhere"),
        ([CONFLICT, CallAccepted([])], None),
        ([CallFailed("reset", ambiguous=True)], "telegram_lost"),
        ([CallFailed("reset", ambiguous=True), CallAccepted([])], None),
    ],
)
def test_telegram_is_judged_by_what_came_of_the_latest_calls(
    verdicts: list[Verdict], wanted: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telegram_pulse, "DOUBT", 0.0)
    judged = pulse()
    for verdict in verdicts:
        judged.heard("getUpdates", verdict, 0.1)
        time.sleep(0.001)
    found = judged.trouble()
    assert (found and found.name) == wanted


def test_one_failure_is_no_outage_yet() -> None:
    judged = pulse()
    judged.heard("sendMessage", CallFailed("reset", ambiguous=True), 0.1)
    assert judged.trouble() is None


def test_a_webhook_that_telegram_has_not_taken_yet_brings_nothing() -> None:
    judged = pulse(polling=False)
    assert judged.trouble() == Trouble("webhook_unset")
    judged.heard("setWebhook", CallAccepted(True), 0.1)
    assert judged.trouble() is None


@pytest.mark.parametrize(
    ("census", "check"),
    [
        (Census(updates=1, oldest_update=70), "inbox"),
        (Census(lanes={Lane.REPLY: LaneCensus(1, 400)}), "outbox"),
        (Census(updates=1, oldest_update=50, lanes={Lane.REPLY: LaneCensus(9, 200)}), None),
        (Census(lanes={Lane.BULK: LaneCensus(9000, 4000)}), None),
    ],
)
def test_what_waits_long_stands_still_only_if_nothing_is_finished(census: Census, check: str | None) -> None:
    health = desk(census)
    assert not any(health.troubles().values()), "something was finished a moment ago"
    health.tally.handled_at = health.tally.settled_at = time.monotonic() - 61
    assert [name for name, trouble in health.troubles().items() if trouble] == ([check] if check else [])


async def test_before_and_after_its_work_a_process_is_not_ready() -> None:
    watch, stop = Watch(["main"]), asyncio.Event()
    assert [trouble.name for _, _, trouble in watch.troubles()] == ["starting"]
    with watch.over({}, stop):
        assert watch.troubles() == []
        stop.set()
        assert [trouble.name for _, _, trouble in watch.troubles()] == ["stopping"]


def troubles() -> set[str]:
    """The name of every trouble that the code can tell."""
    sources = (path.read_text("utf-8") for path in (ROOT / "bot" / "health").glob("*.py"))
    named = {name for source in sources for name in re.findall(r'Trouble\("(\w+)"', source)}
    return named | {state.value for state in WatchState} - {WatchState.AT_WORK}


def test_every_trouble_has_words_in_both_languages_and_there_are_no_others() -> None:
    texts = Texts()
    for language in texts.languages:
        for name in troubles():
            assert Trouble(name, 75, {"reason": "x"}).told(texts, language).endswith(".")
    written = {key for key in catalogue("en").keys if key.startswith("ready.")}
    assert written == {f"ready.{name}" for name in troubles()} | {"ready.well"}


def test_waits_are_told_apart_by_their_bounds() -> None:
    spread = WaitSpread()
    for seconds in (0.01, BOUNDS[0], 0.2, 10_000):
        spread.add(seconds)
    assert spread.counts[0] == 2
    assert spread.counts[-1] == 1
    assert sum(spread.counts) == 4


def test_nobody_listens_and_nobody_minds() -> None:
    Supervisor({"NOTIFY_SOCKET": "/nowhere/at/all"}).tell(READY="1")
    Supervisor({}).tell(READY="1")
