"""What /metrics tells: every figure with its name, meaning and labels. docs/metrics.md shows the same.

The figures are read when somebody asks, from what is in memory then: counting costs a message nothing more.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from bot.health.backup_health import NONE, BackupHealth
from bot.health.desk_health import DeskHealth
from bot.health.tally import BOUNDS, WaitSpread
from desk.post import Lane

Reading = tuple[tuple[str, ...], float]
"""The values of the labels beside `desk`, and the figure."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure: how it is called, what it means, its labels beside `desk`, and where it is read."""

    name: str
    meaning: str
    labels: tuple[str, ...]
    read: Callable[[DeskHealth], Iterable[Reading]]


@dataclass(frozen=True, slots=True)
class WaitMetric:
    """How long something takes, in seconds, by bounds."""

    name: str
    meaning: str
    labels: tuple[str, ...]
    read: Callable[[DeskHealth], Iterable[tuple[tuple[str, ...], WaitSpread]]]


def _one(read: Callable[[DeskHealth], float]) -> Callable[[DeskHealth], Iterable[Reading]]:
    return lambda desk: [((), read(desk))]


def _backups(read: Callable[[BackupHealth], float]) -> Callable[[DeskHealth], Iterable[Reading]]:
    """Whoever stands by makes none, and may not even see the folder of the other machine."""

    def found(desk: DeskHealth) -> Iterator[Reading]:
        known = desk.backups.every and desk.backups.newest is not None
        if known and not desk.lease.standing_by:
            yield (), read(desk.backups)

    return found


def _lane(lane: Lane) -> str:
    return lane.name.lower()


def _lanes(read: Callable[[DeskHealth, Lane], float]) -> Callable[[DeskHealth], Iterable[Reading]]:
    return lambda desk: [((_lane(lane),), read(desk, lane)) for lane in Lane]


def _checks(desk: DeskHealth) -> Iterator[Reading]:
    for check, trouble in desk.troubles().items():
        yield (check,), float(trouble is None)


def _budgets(desk: DeskHealth) -> Iterator[Reading]:
    group, whole = desk.group_budget()
    yield ("group_minute",), group
    yield ("bot_second",), whole


def _limits(desk: DeskHealth) -> Iterator[Reading]:
    yield ("group_minute",), desk.pace.group_per_minute
    yield ("bot_second",), desk.pace.bulk_per_second


COUNTERS = (
    Metric(
        "otklik_updates",
        "Updates of Telegram's: taken into the inbox, handled, tries that failed.",
        ("what",),
        lambda desk: [((what,), desk.tally.updates[what]) for what in ("taken", "handled", "failed")],
    ),
    Metric(
        "otklik_parcels_posted",
        "Parcels that were put into the outbox.",
        ("lane",),
        _lanes(lambda desk, lane: desk.tally.posted[lane]),
    ),
    Metric(
        "otklik_parcels_settled",
        "Parcels that left the outbox, by what became of them: sent, blocked, failed.",
        ("lane", "outcome"),
        lambda desk: [((_lane(lane), outcome), n) for (lane, outcome), n in list(desk.tally.settled.items())],
    ),
    Metric(
        "otklik_calls",
        "Calls of the Bot API by method and verdict.",
        ("method", "verdict"),
        lambda desk: list(desk.tally.calls.items()),
    ),
    Metric(
        "otklik_refusals",
        "Calls that Telegram refused for what is in them, by our name for the reason.",
        ("kind",),
        lambda desk: [((kind,), n) for kind, n in list(desk.tally.refusals.items())],
    ),
    Metric(
        "otklik_questions",
        "Questions put to the FAQ, by its zone: answer, choice, person.",
        ("zone",),
        lambda desk: [((zone,), desk.tally.questions[zone]) for zone in ("answer", "choice", "person")],
    ),
    Metric(
        "otklik_alerts",
        "Alerts that monitoring posted, by source: taken, and messages that were refused, by reason.",
        ("source", "what"),
        lambda desk: list(desk.tally.alerts.items()),
    ),
    Metric(
        "otklik_letters",
        "Attempts to send letters: taken, late, nobody_there, refused, channel_broken, uncertain; delivered.",
        ("channel", "outcome"),
        lambda desk: list(desk.tally.letters.items()),
    ),
    Metric(
        "otklik_ratings",
        "Ratings that customers gave.",
        ("rating",),
        lambda desk: [((str(each),), desk.tally.ratings[each]) for each in range(1, 6)],
    ),
)
GAUGES = (
    Metric(
        "otklik_ready",
        "1 while nothing is wrong with the desk.",
        (),
        _one(lambda desk: float(not any(desk.troubles().values()))),
    ),
    Metric("otklik_check", "1 while this check of /readyz finds nothing wrong.", ("check",), _checks),
    Metric(
        "otklik_inbox_waiting",
        "Updates that wait to be handled; counted up to 10,000.",
        (),
        _one(lambda desk: desk.database.census.updates),
    ),
    Metric(
        "otklik_inbox_oldest_seconds",
        "How long the oldest of them has waited.",
        (),
        _one(lambda desk: desk.database.census.oldest_update),
    ),
    Metric(
        "otklik_quarantine",
        "Updates in quarantine; counted up to 10,000.",
        (),
        _one(lambda desk: desk.database.census.quarantine),
    ),
    Metric(
        "otklik_outbox_waiting",
        "Parcels that wait to be sent; counted up to 10,000.",
        ("lane",),
        _lanes(lambda desk, lane: desk.database.census.lane(lane).waiting),
    ),
    Metric(
        "otklik_outbox_oldest_seconds",
        "How long the oldest that may go has waited.",
        ("lane",),
        _lanes(lambda desk, lane: desk.database.census.lane(lane).oldest),
    ),
    Metric(
        "otklik_set_aside",
        "Parcels set aside as uncertain; counted up to 10,000.",
        (),
        _one(lambda desk: desk.database.census.set_aside),
    ),
    Metric(
        "otklik_in_flight",
        "Calls that are on their way or about to be made.",
        (),
        _one(lambda desk: desk.sender.in_flight),
    ),
    Metric(
        "otklik_budget_used",
        "Messages of the operators' group in the last minute, calls of the whole bot in the last second.",
        ("budget",),
        _budgets,
    ),
    Metric(
        "otklik_budget_limit",
        "What [limits] allows of them; 0 where it is switched off.",
        ("budget",),
        _limits,
    ),
    Metric(
        "otklik_trouble_seconds",
        "For how long the check has found something wrong; 0 if nothing.",
        ("check",),
        lambda desk: [
            ((check,), trouble.seconds if trouble else 0.0) for check, trouble in desk.troubles().items()
        ],
    ),
    Metric(
        "otklik_lease_held",
        "1 while this process is the one that sends for the bot.",
        (),
        _one(lambda desk: float(desk.lease.held)),
    ),
    Metric(
        "otklik_lease_term",
        "How often the right to send was taken by now, as far as this process knows; 0 while it stands by.",
        (),
        _one(lambda desk: float(desk.lease.term)),
    ),
    Metric(
        "otklik_backup_timestamp_seconds",
        "When the newest backup was made, by its name, counted from 1970; 0 if there is none.",
        (),
        _backups(lambda backups: backups.newest or NONE),
    ),
    Metric(
        "otklik_backup_every_seconds",
        "How often one is made by the clock.",
        (),
        _backups(lambda backups: backups.every),
    ),
    Metric(
        "otklik_traffic_questions",
        "Distinct questions asked lately by which confidence was moved; 0 if there were none.",
        (),
        _one(lambda desk: desk.knowledge.traffic.questions if desk.knowledge.traffic else 0),
    ),
    Metric(
        "otklik_traffic_right",
        "The share of them whose first entry is thought to be the right one.",
        (),
        lambda desk: [((), desk.knowledge.traffic.right)] if desk.knowledge.traffic else [],
    ),
)
WAITS = (
    WaitMetric(
        "otklik_update_seconds",
        "From the inbox to the end of an update's work.",
        (),
        lambda desk: [((), desk.tally.update_waits)],
    ),
    WaitMetric(
        "otklik_parcel_seconds",
        "From the outbox to the outcome of what may go at once.",
        ("lane",),
        lambda desk: [((_lane(lane),), spread) for lane, spread in desk.tally.parcel_waits.items()],
    ),
    WaitMetric(
        "otklik_call_seconds",
        "Of a call of the Bot API, getUpdates left out.",
        (),
        lambda desk: [((), desk.tally.call_waits)],
    ),
)


def buckets(spread: WaitSpread) -> list[tuple[str, float]]:
    """A spread as Prometheus has it: how many took at most so long."""
    return list(zip([*map(str, BOUNDS), "+Inf"], map(float, accumulate(spread.counts)), strict=True))
