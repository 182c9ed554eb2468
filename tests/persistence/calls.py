"""Every method of every store, as the product calls it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, get_type_hints

from propcache.api import cached_property

from bot.rooms.stores import Stores
from broadcasts.alerts.alert import AlertSource
from broadcasts.alerts.kept import KeptAlert
from broadcasts.audience.follower import Why
from broadcasts.audience.subscriber import ConsentSource, QuietHours
from broadcasts.backup.kept import ConsentedAddress, KeptLetter, LetterState
from broadcasts.backup.trial import AddressTrial
from broadcasts.composing.draft import NoticeDraft
from broadcasts.deliveries.broadcast import Broadcast, DeliveryState
from broadcasts.incident import IncidentPlan, Notice, NoticeKind, Severity
from broadcasts.polls.poll import Poll, PollState
from desk.alarm import GatheredAlarm
from desk.content import Content
from desk.formatted import Html
from desk.hook import Hook
from desk.letters.letter import BackupAddress
from desk.people import Operator, Person
from desk.placement import Placement
from desk.post import Carry, Chat, Lane, Parcel, ShowCard, TopicOf
from editorial.learning.proposal import Gap, ProposalKind
from editorial.writing.draft import EntryDraft, Wanted
from faq.entries.version import Action, Author
from faq.files.filing import FileChange, Filed
from storage.outbox import WaitingParcel
from tests.knowledge.shelf import entry
from tickets.ticket import Place

NOW = datetime.now(UTC)
HI = Content(text="?")
LATELY = NOW - timedelta(days=7)
LONG_AGO, BEGINNING = NOW - timedelta(days=800), NOW - timedelta(days=9999)
IDS = [3, 4, 5]
MANY = list(range(3, 400))
WHERE = Chat(77, None)
AUTHOR = Author(5, "Мария")
FOUND = Gap(
    kind=ProposalKind.PHRASING, question="?", language="ru", entry_id="entry 1", answer=None, asked=(1, 2)
)
NEW = Person(telegram_id=0, first_name="Анна")
"""Writes for the first time: nobody in the history has the number 0."""
WAITING = WaitingParcel(3, Parcel(to=WHERE, body=Carry(kept_id=3)), 77)
NOTICE = Notice(
    number=900, kind=NoticeKind.RESOLVED, severity=Severity.RED, text=Html("Починили"), author_id=5, at=NOW
)
BROADCAST = Broadcast(id=3, incident_id=3, number=1, where=WHERE, language="ru", at=NOW)
POLL = Poll(id=3, author_id=5, where=WHERE, language="ru", token="new", touched_at=NOW)
HOOK = Hook("x4", "example.com")
INCIDENT = NoticeDraft(manager_id=5, where=WHERE, token="new", started_at=NOW)
DRAFT = EntryDraft(manager_id=5, where=WHERE, wanted=Wanted.QUESTION, touched_at=NOW)
FILED = Filed(entry_id="entry 1", position=1, body=None, at=NOW)
QUESTION: dict[str, Any] = {"customer_id": 3, "message_id": 3, "text": "?", "zone": "answer"}
ALERT = KeptAlert(
    source=AlertSource.KUMA, key="new", first_at=NOW, last_at=NOW, severity=Severity.RED, title="!"
)
ALARM = GatheredAlarm(key="new", text="!", first_at=NOW, last_at=NOW)
GIVEN = ConsentedAddress(at=BackupAddress("email", "new@example.com"), consented_at=NOW)
LETTER = KeptLetter(subject="3:2", incident_id=3, person=GIVEN.person, at=GIVEN.at, posted_at=NOW)
MESSAGE: dict[str, Any] = {"customer_id": 3, "ticket_id": None, "author": "customer"}

CALLS: Mapping[str, Callable[[Stores], object]] = {
    "inbox.take_in": lambda s: s.inbox.take_in([{"update_id": 2**40}], NOW),
    "inbox.take_unfit": lambda s: s.inbox.take_unfit({"update_id": 2**40 + 1}, "ValueError", NOW),
    "inbox.waiting": lambda s: s.inbox.waiting(64, 100),
    "inbox.waiting_of": lambda s: s.inbox.waiting_of("77", 100, 5000),
    "inbox.finish": lambda s: s.inbox.finish(9990, NOW),
    "inbox.fail": lambda s: s.inbox.fail(9990, "ValueError", NOW, for_good=True),
    "inbox.counts": lambda s: s.inbox.counts(),
    "sweeps.last": lambda s: s.sweeps.last("audit"),
    "sweeps.ended": lambda s: s.sweeps.ended("audit", NOW),
    "sweeps.updates": lambda s: s.sweeps.updates(LONG_AGO, BEGINNING),
    "sweeps.quarantine": lambda s: s.sweeps.quarantine(LONG_AGO, BEGINNING),
    "sweeps.alerts": lambda s: s.sweeps.alerts(LONG_AGO, BEGINNING),
    "sweeps.audit": lambda s: s.sweeps.audit(LONG_AGO, BEGINNING),
    "sweeps.deliveries": lambda s: s.sweeps.deliveries(LONG_AGO, BEGINNING),
    "sweeps.letters": lambda s: s.sweeps.letters(LONG_AGO, BEGINNING),
    "sweeps.ballots": lambda s: s.sweeps.ballots(LONG_AGO, BEGINNING),
    "sweeps.followers": lambda s: s.sweeps.followers(LONG_AGO, BEGINNING),
    "sweeps.askers": lambda s: s.sweeps.askers(LONG_AGO, BEGINNING),
    "sweeps.questions": lambda s: s.sweeps.questions(LONG_AGO, BEGINNING),
    "sweeps.messages": lambda s: s.sweeps.messages(LONG_AGO, BEGINNING),
    "outbox.post": lambda s: [
        s.outbox.post(Parcel(to=to, body=ShowCard(), dedupe=key))
        for to, key in ((TopicOf(3), None), (Chat(1), "card:3"), (Chat(1), "card:3"))
    ],
    "outbox.noted": lambda s: s.outbox.noted("card:3"),
    "outbox.withdraw": lambda s: s.outbox.withdraw(3, 3),
    "outbox.take_back": lambda s: s.outbox.take_back(["card:3", "card:6"]),
    "outbox.after": lambda s: s.outbox.after(list(Lane), 5000, 100),
    "outbox.standing": lambda s: s.outbox.standing(IDS),
    "outbox.settle": lambda s: s.outbox.settle(IDS),
    "outbox.start": lambda s: s.outbox.start(IDS),
    "outbox.postpone": lambda s: s.outbox.postpone(IDS),
    "outbox.shrink": lambda s: s.outbox.shrink(WAITING, Carry(kept_id=3, rest=1024)),
    "outbox.park": lambda s: s.outbox.park(IDS),
    "outbox.interrupted": lambda s: s.outbox.interrupted(),
    "outbox.counts": lambda s: s.outbox.counts(),
    "outbox.move": lambda s: s.outbox.move(-100, -200),
    "census.updates": lambda s: s.census.updates(),
    "census.parcels": lambda s: s.census.parcels(),
    "stuck.count": lambda s: s.stuck.count(),
    "stuck.newest": lambda s: s.stuck.newest(5, 10),
    "stuck.failed": lambda s: s.stuck.failed(500),
    "stuck.get": lambda s: [s.stuck.get(name) for name in ("u1000", "p1000")],
    "stuck.retry": lambda s: [s.stuck.retry(name) for name in ("u1000", "p1000")],
    "stuck.drop": lambda s: [s.stuck.drop(name) for name in ("u2000", "p2000")],
    "stuck.post_released": lambda s: [s.stuck.retry("p3000"), s.stuck.post_released()],
    "stuck.others_of": lambda s: s.stuck.others_of("7", 3000),
    "stuck.others_like": lambda s: s.stuck.others_like(WAITING),
    "stuck.begin_again": lambda s: [s.stuck.begin_again("1.0") for _ in range(2)],
    "timers.set": lambda s: s.timers.set("survey", 3, NOW),
    "timers.when": lambda s: s.timers.when("survey", 3),
    "timers.clear": lambda s: s.timers.clear("survey", 3),
    "timers.due": lambda s: s.timers.due(NOW - timedelta(days=1090)),
    "timers.shift": lambda s: s.timers.shift(timedelta(hours=-1), but={("digest", 0)}),
    "timers.done": lambda s: s.timers.done(3),
    "alarms.of": lambda s: s.alarms.of("x3"),
    "alarms.get": lambda s: s.alarms.get(3),
    "alarms.keep": lambda s: [s.alarms.keep(ALARM) for _ in range(2)],
    "spikes.escalated": lambda s: s.spikes.escalated(LATELY, NOW, 400),
    "spikes.began": lambda s: s.spikes.began(),
    "alerts.of": lambda s: s.alerts.of(AlertSource.KUMA, "x3"),
    "alerts.get": lambda s: s.alerts.get(3),
    "alerts.keep": lambda s: [s.alerts.keep(ALERT) for _ in range(2)],
    "alerts.leading": lambda s: s.alerts.leading("x3", LATELY),
    "alerts.drafts_since": lambda s: s.alerts.drafts_since(LATELY),
    "alerts.lately": lambda s: s.alerts.lately(AlertSource.KUMA, LATELY),
    "alerts.feeding": lambda s: s.alerts.feeding(3),
    "alerts.count": lambda s: s.alerts.count(3),
    "alerts.link": lambda s: s.alerts.link(3, 3, "Мария"),
    "alerts.release": lambda s: s.alerts.release(3),
    "alerts.mute": lambda s: s.alerts.mute(3, muted=True, by="Мария"),
    "alerts.drafts_of": lambda s: s.alerts.drafts_of(3),
    "places.now": lambda s: s.places.now(-100),
    "places.note": lambda s: s.places.note(-100, -200, forum=True),
    "places.migrate": lambda s: s.places.migrate(-100, -200),
    "customers.meet": lambda s: [s.customers.meet(person) for person in (NEW, NEW)],
    "customers.get": lambda s: s.customers.get(3),
    "customers.among": lambda s: s.customers.among(MANY[:90]),
    "customers.known": lambda s: s.customers.known(3),
    "customers.in_topic": lambda s: s.customers.in_topic(-100, 3),
    "customers.speak": lambda s: s.customers.speak(3, "en"),
    "customers.came_by": lambda s: s.customers.came_by(3, "order_1"),
    "customers.block": lambda s: s.customers.block(3, NOW),
    "bans.of": lambda s: s.bans.of(3),
    "bans.get": lambda s: s.bans.get(3),
    "bans.add": lambda s: s.bans.add(3, "?", by_id=5, by_name="Олег", at=NOW),
    "bans.lift": lambda s: s.bans.lift(3, by_id=5, by_name="Олег", at=NOW),
    "bans.overflow": lambda s: s.bans.overflow(3),
    "bans.count": lambda s: s.bans.count(),
    "bans.standing": lambda s: s.bans.standing(5, 10),
    "held.of": lambda s: s.held.of(21),
    "held.count": lambda s: s.held.count(21),
    "held.hold": lambda s: s.held.hold(IDS),
    "held.release": lambda s: s.held.release(IDS, 3),
    "held.sweep": lambda s: s.held.sweep(21, NOW),
    "topics.of": lambda s: s.topics.of(3),
    "topics.with_card": lambda s: s.topics.with_card(3, "card:3"),
    "topics.at": lambda s: s.topics.at(-100, 3),
    "topics.titled": lambda s: s.topics.titled(-100, "topic 4"),
    "topics.ask_for": lambda s: s.topics.ask_for(3, -100, "topic"),
    "topics.made": lambda s: [s.topics.made(3, -100, thread, "topic") for thread in (4, 2**40)],
    "topics.spare": lambda s: [s.topics.spare(-100, 2**40, who) for who in (None, 3)],
    "topics.rename": lambda s: s.topics.rename(3, "topic", stood=None),
    "topics.shut": lambda s: s.topics.shut(-100, 4, closed=True),
    "topics.lose": lambda s: s.topics.lose(3),
    "placements.of": lambda s: s.placements.of("card:3"),
    "placements.among": lambda s: s.placements.among(["card:3", "card:4"]),
    "placements.put": lambda s: s.placements.put("card:3", Placement(-100, 7)),
    "placements.forget": lambda s: s.placements.forget("card:3"),
    "broadcasts.begin": lambda s: s.broadcasts.begin(BROADCAST),
    "broadcasts.get": lambda s: s.broadcasts.get(3),
    "broadcasts.of": lambda s: s.broadcasts.of(3),
    "broadcasts.keep": lambda s: s.broadcasts.keep(BROADCAST),
    "broadcasts.count": lambda s: s.broadcasts.count(3, {"posted": -1, "sent": 1}),
    "polls.draft_of": lambda s: s.polls.draft_of(5, 77),
    "polls.find": lambda s: s.polls.find("new"),
    "polls.get": lambda s: s.polls.get(3),
    "polls.called": lambda s: s.polls.called("9"),
    "polls.of_state": lambda s: [s.polls.of_state(state, 10) for state in PollState],
    "polls.add": lambda s: s.polls.add(POLL),
    "polls.keep": lambda s: s.polls.keep(POLL),
    "polls.begin": lambda s: s.polls.begin(POLL),
    "polls.drop": lambda s: s.polls.drop(POLL),
    "polls.count": lambda s: s.polls.count(3, {"posted": -1, "sent": 1}),
    "ballots.add": lambda s: s.ballots.add(3, range(40_000, 40_100)),
    "ballots.among": lambda s: [s.ballots.among(3, state, 90) for state in DeliveryState],
    "ballots.settle": lambda s: s.ballots.settle(IDS, DeliveryState.SENT, NOW, 77),
    "ballots.posted_to": lambda s: s.ballots.posted_to(3),
    "ballots.of": lambda s: s.ballots.of(3, 5),
    "ballots.get": lambda s: s.ballots.get(3),
    "ballots.choose": lambda s: s.ballots.choose(3, 2, NOW),
    "ballots.chosen": lambda s: s.ballots.chosen(3),
    "ballots.newest_voted": lambda s: s.ballots.newest_voted(3),
    "ballots.comment": lambda s: s.ballots.comment(3, "?", 77),
    "ballots.comments": lambda s: s.ballots.comments(3, 20),
    "deliveries.add": lambda s: s.deliveries.add(BROADCAST, range(40_000, 40_100)),
    "deliveries.among": lambda s: [s.deliveries.among(3, state, 90, 5) for state in DeliveryState],
    "deliveries.settle": lambda s: s.deliveries.settle(IDS, DeliveryState.SENT, NOW, 77),
    "deliveries.told": lambda s: s.deliveries.told(2, 100, 500),
    "deliveries.last_messages": lambda s: s.deliveries.last_messages(2, MANY[:90]),
    "deliveries.posted_to": lambda s: s.deliveries.posted_to(3),
    "operators.meet": lambda s: s.operators.meet(Operator(telegram_id=0, name="Олег"), NOW),
    "operators.here": lambda s: s.operators.here(LATELY),
    "operators.knows": lambda s: s.operators.knows({3, 4}),
    "operators.usernames": lambda s: s.operators.usernames(),
    "tickets.open_of": lambda s: s.tickets.open_of(3),
    "tickets.is_open_for": lambda s: s.tickets.is_open_for(3),
    "tickets.last_of": lambda s: s.tickets.last_of(3),
    "tickets.get": lambda s: s.tickets.get(3),
    "tickets.open": lambda s: s.tickets.open(3, at=NOW, payload=None, complaint=False),
    "tickets.take": lambda s: s.tickets.take(3, Operator(telegram_id=5, name="Олег")),
    "tickets.first_reply": lambda s: s.tickets.first_reply(3, NOW),
    "tickets.complain": lambda s: s.tickets.complain(3),
    "tickets.hurry": lambda s: s.tickets.hurry(3),
    "tickets.came_by": lambda s: s.tickets.came_by(3, "order_1"),
    "tickets.close": lambda s: s.tickets.close(3, NOW),
    "tickets.reopen": lambda s: s.tickets.reopen(3),
    "tickets.count_of": lambda s: s.tickets.count_of(3),
    "tickets.waits": lambda s: s.tickets.waits(LATELY),
    "messages.keep": lambda s: s.messages.keep(**MESSAGE, content=HI, at=NOW, original=Place(7, 2**40)),
    "messages.get": lambda s: s.messages.get(MANY),
    "messages.find": lambda s: s.messages.find(Place(-100, 4)),
    "messages.places": lambda s: s.messages.places(3),
    "messages.pair": lambda s: s.messages.pair(3, Place(7, 2**40)),
    "messages.unpair": lambda s: s.messages.unpair(3, -100),
    "messages.rewrite": lambda s: s.messages.rewrite(3, Content(text="!")),
    "messages.adopt": lambda s: s.messages.adopt(MANY, 3),
    "messages.lately": lambda s: s.messages.lately(3, LATELY, 8),
    "messages.unheard": lambda s: s.messages.unheard(3, LATELY),
    "messages.under": lambda s: s.messages.under(3, 3),
    "messages.last_reply": lambda s: s.messages.last_reply(3, 5),
    "questions.keep": lambda s: s.questions.keep(**QUESTION, offered=["a"], asked_at=NOW),
    "questions.get": lambda s: s.questions.get(3),
    "questions.settle": lambda s: s.questions.settle(3, outcome="helped"),
    "questions.obscure": lambda s: s.questions.obscure(3, "…"),
    "questions.of": lambda s: s.questions.of(3),
    "questions.reword": lambda s: s.questions.reword(3, "!"),
    "questions.unsettled": lambda s: s.questions.unsettled(3, LATELY),
    "questions.asked_before": lambda s: s.questions.asked_before(NOW, LATELY, 300),
    "questions.asked_after": lambda s: s.questions.asked_after(LATELY, NOW, 300),
    "questions.about": lambda s: s.questions.about(3, 3, 5),
    "surveys.ask": lambda s: s.surveys.ask(3, 3, NOW),
    "surveys.get": lambda s: s.surveys.get(3),
    "surveys.rate": lambda s: s.surveys.rate(3, 5, NOW),
    "surveys.newest_rated": lambda s: s.surveys.newest_rated(3),
    "surveys.comment": lambda s: s.surveys.comment(3, "!", 3, NOW),
    "surveys.withdraw_comment": lambda s: s.surveys.withdraw_comment(3),
    "surveys.of_customer": lambda s: s.surveys.of_customer(3),
    "drafts.of": lambda s: s.drafts.of(5, 77),
    "drafts.find": lambda s: s.drafts.find("x3"),
    "drafts.like": lambda s: s.drafts.like(INCIDENT),
    "drafts.keep": lambda s: s.drafts.keep(INCIDENT),
    "drafts.leave": lambda s: s.drafts.leave(INCIDENT),
    "drafts.drop": lambda s: s.drafts.drop(INCIDENT),
    "incidents.open": lambda s: s.incidents.open(IncidentPlan(title="Оплата"), NOTICE, "one"),
    "incidents.tell": lambda s: s.incidents.tell(3, IncidentPlan(title="Оплата"), NOTICE, "two"),
    "incidents.told": lambda s: s.incidents.told("x3"),
    "incidents.get": lambda s: s.incidents.get(3),
    "incidents.of_alert": lambda s: s.incidents.of_alert(3),
    "incidents.live": lambda s: s.incidents.live(),
    "incidents.ended": lambda s: s.incidents.ended(NOW),
    "incidents.notices": lambda s: s.incidents.notices(3),
    "subscribers.of": lambda s: s.subscribers.of(3),
    "subscribers.subscribe": lambda s: [
        s.subscribers.subscribe(3, wanted, ConsentSource.BOT, NOW) for wanted in ({"a", "b"}, {"b"})
    ],
    "subscribers.hush": lambda s: s.subscribers.hush(3, QuietHours(0, 1)),
    "subscribers.stop": lambda s: [s.subscribers.stop(who, NOW) for who in (4, 50_000)],
    "subscribers.after": lambda s: s.subscribers.after(3, 100),
    "concerned.concerned": lambda s: [
        s.concerned.concerned(3, named, 50, 100, not_within=(NOW, NOW)) for named in (["c3"], [])
    ],
    "concerned.how_many": lambda s: [s.concerned.how_many(3, named) for named in (["c3"], [])],
    "concerned.unwilling": lambda s: s.concerned.unwilling(IDS),
    "concerned.quiet_hours": lambda s: s.concerned.quiet_hours(IDS),
    "followers.follow": lambda s: s.followers.follow(3, 5, Why.ASKED, NOW),
    "followers.of": lambda s: s.followers.of(3, 3),
    "followers.answered": lambda s: s.followers.answered(3, 3, NOW, works=True),
    "followers.leave": lambda s: s.followers.leave(3),
    "followers.counts": lambda s: s.followers.counts(3),
    "askers.add": lambda s: s.askers.add(3, 5, 3, NOW),
    "askers.of": lambda s: s.askers.of(3, 3),
    "askers.pressed": lambda s: s.askers.pressed(3, 3, "same"),
    "askers.counts": lambda s: s.askers.counts(3),
    "incidents.notices_of": lambda s: [s.incidents.notices_of(these) for these in (IDS, MANY)],
    "hooks.add": lambda s: s.hooks.add(HOOK, "{}", NOW),
    "hooks.due": lambda s: s.hooks.due(HOOK, NOW),
    "hooks.next_at": lambda s: s.hooks.next_at(HOOK),
    "hooks.tried": lambda s: [s.hooks.tried(3, "500", NOW, again) for again in (NOW, None)],
    "hooks.arrived": lambda s: s.hooks.arrived(3, "200", NOW),
    "hooks.recent": lambda s: s.hooks.recent(20),
    "penalties.keep": lambda s: [s.penalties.keep(3, NOW, timedelta(seconds=n)) for n in (1, 2)],
    "penalties.running": lambda s: s.penalties.running(NOW),
    "presence.beat": lambda s: [s.presence.beat(NOW + timedelta(hours=n)) for n in (0, 0, 1)],
    "presence.spans": lambda s: s.presence.spans(NOW - timedelta(days=90)),
    "deliveries.reached": lambda s: s.deliveries.reached(3, 1, MANY, posted=True),
    "addresses.about": lambda s: s.addresses.about(["x1", "x2"], 7, 500),
    "addresses.of": lambda s: s.addresses.of(MANY),
    "addresses.count": lambda s: s.addresses.count(["x1", "x2"]),
    "addresses.give": lambda s: [s.addresses.give(GIVEN) for _ in range(2)],
    "addresses.withdraw": lambda s: s.addresses.withdraw(GIVEN.at, NOW),
    "addresses.give_only": lambda s: s.addresses.give_only(21, GIVEN.at, ["x1", "x2"], NOW),
    "addresses.follow": lambda s: s.addresses.follow(21, ["x1", "x3"]),
    "addresses.mail_of": lambda s: s.addresses.mail_of(21),
    "trials.keep": lambda s: s.trials.keep(
        AddressTrial(customer_id=21, address="a@example.com", begun_at=NOW)
    ),
    "trials.of": lambda s: s.trials.of(21),
    "trials.tried_by_others": lambda s: s.trials.tried_by_others("a@example.com", 21),
    "trials.drop": lambda s: s.trials.drop(21),
    "addresses.leave": lambda s: s.addresses.leave(21, NOW),
    "addresses.withdrawn": lambda s: s.addresses.withdrawn([GIVEN.at, LETTER.at]),
    "letters.post": lambda s: s.letters.post([LETTER, LETTER]),
    "letters.supersede": lambda s: s.letters.supersede(3, "3:2"),
    "letters.before": lambda s: s.letters.before(3, 7, 500),
    "letters.told": lambda s: s.letters.told("3:1", MANY),
    "letters.counts": lambda s: s.letters.counts(3),
    "letters.waiting": lambda s: s.letters.waiting("email", 4),
    "letters.start": lambda s: s.letters.start(IDS),
    "letters.begin_again": lambda s: s.letters.begin_again("email"),
    "letters.settle": lambda s: s.letters.settle(3, LetterState.TAKEN, message_id="1"),
    "letters.taken_as": lambda s: s.letters.taken_as("whatsapp", "wamid.1"),
    "letters.delivered": lambda s: s.letters.delivered(3),
    "letters.postpone": lambda s: s.letters.postpone(3, NOW, "450"),
    "letters.spare": lambda s: s.letters.spare(LETTER),
    "rounds.begin": lambda s: [s.rounds.begin(3, 9, everybody=each, at=NOW) for each in (False, True, True)],
    "rounds.get": lambda s: s.rounds.get(3),
    "rounds.move": lambda s: s.rounds.move(3, None),
    "rounds.any_of": lambda s: s.rounds.any_of(3),
    "absences.now": lambda s: s.absences.now(),
    "absences.begin": lambda s: s.absences.begin(NOW),
    "absences.end": lambda s: [s.absences.begin(NOW), s.absences.end()],
    "submissions.add": lambda s: s.submissions.add(INCIDENT, NOW),
    "submissions.find": lambda s: s.submissions.find("x3"),
    "submissions.get": lambda s: s.submissions.get(3),
    "submissions.drop": lambda s: s.submissions.drop(3),
    "audit.before": lambda s: [s.audit.before(None, 21), s.audit.before(9000, 21)],
    "audit.note": lambda s: s.audit.note(5, "broadcast", None, allowed=True, at=NOW),
    "files.known": lambda s: s.files.known("x3"),
    "files.keep": lambda s: s.files.keep("x3", "AgAC"),
    "files.forget": lambda s: s.files.forget("x3"),
    "files.complain": lambda s: s.files.complain("x3"),
    "files.settle": lambda s: s.files.settle("x3"),
    "versions.newest": lambda s: s.versions.newest(),
    "versions.get": lambda s: s.versions.get("entry 3"),
    "versions.of": lambda s: s.versions.of("entry 3", 10),
    "versions.add": lambda s: s.versions.add("new", Action.ADDED, entry("new", "?"), author=AUTHOR, at=NOW),
    "versions.file": lambda s: s.versions.file([FileChange("entry 3", None, "faq.yaml")], NOW),
    "versions.standing": lambda s: s.versions.standing(),
    "versions.mark": lambda s: s.versions.mark(),
    "filed.all": lambda s: s.filed.all(),
    "filed.disputed": lambda s: s.filed.disputed(),
    "filed.get": lambda s: s.filed.get("x3"),
    "filed.keep": lambda s: s.filed.keep([FILED]),
    "faq_drafts.of": lambda s: s.faq_drafts.of(5, 77),
    "faq_drafts.find": lambda s: s.faq_drafts.find("no such"),
    "faq_drafts.keep": lambda s: s.faq_drafts.keep(DRAFT),
    "faq_drafts.drop": lambda s: s.faq_drafts.drop(DRAFT),
    "pending.proposals": lambda s: s.pending.proposals(),
    "pending.disputes": lambda s: s.pending.disputes(),
    "vectors.get": lambda s: s.vectors.get("m", ["x1", "x2"]),
    "vectors.put": lambda s: s.vectors.put("m", {"new": b"1"}),
    "evidence.labels": lambda s: s.evidence.labels(LATELY, NOW, 2000),
    "evidence.judged": lambda s: s.evidence.judged(LATELY, 5000),
    "evidence.lately": lambda s: s.evidence.lately(LATELY, 5000),
    "evidence.unanswered": lambda s: s.evidence.unanswered(LATELY, 5000),
    "evidence.asked": lambda s: s.evidence.asked(MANY),
    "evidence.replies": lambda s: s.evidence.replies(MANY),
    "evidence.figures": lambda s: s.evidence.figures(LATELY, NOW),
    "evidence.began": lambda s: s.evidence.began(),
    "evidence.since": lambda s: s.evidence.since(LATELY),
    "proposals.add": lambda s: s.proposals.add(FOUND, NOW),
    "proposals.grow": lambda s: s.proposals.grow(500, [3]),
    "proposals.get": lambda s: s.proposals.get(3),
    "proposals.every": lambda s: s.proposals.every(),
    "proposals.open": lambda s: s.proposals.open(),
    "proposals.open_count": lambda s: s.proposals.open_count(),
    "proposals.approve": lambda s: s.proposals.approve(501, by=5, at=NOW),
    "proposals.reject": lambda s: s.proposals.reject(501, by=5, at=NOW),
    "proposals.reopen": lambda s: s.proposals.reopen(3),
    "proposals.people": lambda s: [s.proposals.people(MANY, since) for since in (LATELY, None)],
    "proposals.forget": lambda s: s.proposals.forget([1]),
}


def methods() -> Iterator[str]:
    """The public methods of all stores."""
    for noun, opened in vars(Stores).items():
        if isinstance(opened, cached_property):
            for name, value in vars(get_type_hints(opened.func)["return"]).items():
                if callable(value) and not name.startswith("_"):
                    yield f"{noun}.{name}"
