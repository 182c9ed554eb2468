"""Who hears what became of a parcel."""

from typing import Any

from bot.opened import Opened
from tickets.alarm import hash_of
from tickets.counter import OBEYED
from tickets.post import Blocked, Button, Failed, Outcome, Parcel, Sent
from tickets.relay import DELIVERED
from tickets.ticket import Place


def hear(opened: Opened, parcel: Parcel, outcome: Outcome) -> None:
    """Tell whoever posted the parcel, by its kind; parcels without a kind concern nobody any more."""
    if isinstance(outcome, Blocked):
        _shut(opened, parcel)
    if parcel.kind.startswith("incident."):
        opened.publishing.heard(parcel.kind, parcel.ref, outcome)
    match parcel.kind:
        case "relay.replied":
            _replied(opened, parcel.ref, outcome)
        case "relay.asked":
            _asked(opened, parcel.ref, outcome)
        case "relay.amended":
            _amended(opened, parcel.ref, outcome)
        case "relay.undone":
            _undone(opened, parcel, outcome)
        case "answer.media":
            _attached(opened, parcel, outcome)
        case "alarm":
            if not isinstance(outcome, Sent):
                rows = [[Button(*each) for each in row] for row in parcel.ref.get("rows", ())]
                opened.alarm.unheard(parcel.ref["html"], rows)
        case _:
            pass


def _attached(opened: Opened, parcel: Parcel, outcome: Outcome) -> None:
    """Without its picture an answer is still an answer; managers hear once that the picture is missing."""
    name = parcel.ref["media"]
    match outcome:
        case Sent():
            opened.books.files.forget(hash_of(name))
        case Failed(reason):
            if parcel.ref["instead"] is not None:
                opened.books.outbox.post(Parcel(chat_id=parcel.chat_id, call=parcel.ref["instead"]))
            if opened.books.files.complain(hash_of(name)):
                opened.alarm.to_managers("alert.media_failed", media=name, reason=reason)


def _shut(opened: Opened, parcel: Parcel) -> None:
    customer = opened.books.customers.known(parcel.chat_id)
    if customer is not None and customer.blocked_at is None:
        opened.books.customers.update(customer.id, blocked_at=opened.now)


def _replied(opened: Opened, ref: dict[str, Any], outcome: Outcome) -> None:
    """A quiet mark on what was delivered, a line about what was not."""
    customer = opened.books.customers.get(ref["customer"])
    match outcome:
        case Sent():
            place = Place(*ref["mark"]) if "mark" in ref else opened.books.messages.places(ref["message"])[0]
            opened.relay.mark(place, DELIVERED)
        case Blocked():
            opened.desk.tell_topic(customer, "operator.blocked", name=customer.name)
        case Failed(reason):
            opened.desk.tell_topic(customer, "operator.not_delivered", reason=reason)


def _asked(opened: Opened, ref: dict[str, Any], outcome: Outcome) -> None:
    if not isinstance(outcome, Failed):
        return
    customer = opened.books.customers.get(ref["customer"])
    opened.desk.tell_topic(customer, "operator.not_carried", reason=outcome.reason)
    opened.desk.tell_customer(customer, "customer.not_carried")


def _amended(opened: Opened, ref: dict[str, Any], outcome: Outcome) -> None:
    """An edit that did not arrive leaves both sides with different words: the operators should know."""
    key = f"operator.not_amended.{ref['by']}"
    if not isinstance(outcome, Sent):
        opened.desk.tell_topic(opened.books.customers.get(ref["customer"]), key)


def _undone(opened: Opened, parcel: Parcel, outcome: Outcome) -> None:
    customer = opened.books.customers.get(parcel.ref["customer"])
    if isinstance(outcome, Sent):
        opened.books.messages.unpair(parcel.ref["message"], parcel.chat_id)
        chat_id, telegram_id = parcel.ref["command"]
        opened.relay.mark(Place(chat_id, telegram_id), OBEYED)
    else:
        opened.desk.tell_topic(customer, "operator.too_late_to_undo")
