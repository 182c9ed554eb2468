"""Who hears what became of a parcel."""

from typing import Any

from bot.rooms import DeskRooms
from desk.alarm import hash_of
from desk.post import Blocked, Button, Failed, Outcome, Parcel, Sent
from tickets.operator_side import OBEYED
from tickets.relay import DELIVERED
from tickets.ticket import Place


def hear(rooms: DeskRooms, parcel: Parcel, outcome: Outcome) -> None:
    """Tell whoever posted the parcel, by its kind; parcels without a kind concern nobody any more."""
    if isinstance(outcome, Blocked):
        _shut(rooms, parcel)
    if parcel.kind.startswith("incident."):
        rooms.publishing.heard(parcel.kind, parcel.ref, outcome)
    match parcel.kind:
        case "relay.replied":
            _replied(rooms, parcel.ref, outcome)
        case "relay.asked":
            _asked(rooms, parcel.ref, outcome)
        case "relay.amended":
            _amended(rooms, parcel.ref, outcome)
        case "relay.undone":
            _undone(rooms, parcel, outcome)
        case "answer.media":
            _attached(rooms, parcel, outcome)
        case "alarm":
            if not isinstance(outcome, Sent):
                rows = [[Button(*each) for each in row] for row in parcel.ref.get("rows", ())]
                rooms.alarm.unheard(parcel.ref["html"], rows)
        case _:
            pass


def _attached(rooms: DeskRooms, parcel: Parcel, outcome: Outcome) -> None:
    """Without its picture an answer is still an answer; managers hear once that the picture is missing."""
    name = parcel.ref["media"]
    match outcome:
        case Sent():
            rooms.stores.files.settle(hash_of(name))
        case Failed(reason):
            if parcel.ref["instead"] is not None:
                rooms.stores.outbox.post(Parcel(chat_id=parcel.chat_id, call=parcel.ref["instead"]))
            if rooms.stores.files.complain(hash_of(name)):
                rooms.alarm.to_managers("alert.media_failed", media=name, reason=reason)


def _shut(rooms: DeskRooms, parcel: Parcel) -> None:
    customer = rooms.stores.customers.known(parcel.chat_id)
    if customer is not None and customer.blocked_at is None:
        rooms.stores.customers.block(customer.id, rooms.now)


def _replied(rooms: DeskRooms, ref: dict[str, Any], outcome: Outcome) -> None:
    """A quiet mark on what was delivered, a line about what was not."""
    customer = rooms.stores.customers.get(ref["customer"])
    match outcome:
        case Sent():
            place = Place(*ref["mark"]) if "mark" in ref else rooms.stores.messages.places(ref["message"])[0]
            rooms.relay.mark(place, DELIVERED)
        case Blocked():
            rooms.handling.tell_topic(customer, "operator.blocked", name=customer.name)
        case Failed(reason):
            rooms.handling.tell_topic(customer, "operator.not_delivered", reason=reason)


def _asked(rooms: DeskRooms, ref: dict[str, Any], outcome: Outcome) -> None:
    if not isinstance(outcome, Failed):
        return
    customer = rooms.stores.customers.get(ref["customer"])
    rooms.handling.tell_topic(customer, "operator.not_carried", reason=outcome.reason)
    rooms.handling.tell_customer(customer, "customer.not_carried")


def _amended(rooms: DeskRooms, ref: dict[str, Any], outcome: Outcome) -> None:
    """An edit that did not arrive leaves both sides with different words: the operators should know."""
    key = f"operator.not_amended.{ref['by']}"
    if not isinstance(outcome, Sent):
        rooms.handling.tell_topic(rooms.stores.customers.get(ref["customer"]), key)


def _undone(rooms: DeskRooms, parcel: Parcel, outcome: Outcome) -> None:
    customer = rooms.stores.customers.get(parcel.ref["customer"])
    if isinstance(outcome, Sent):
        rooms.stores.messages.unpair(parcel.ref["message"], parcel.chat_id)
        chat_id, telegram_id = parcel.ref["command"]
        rooms.relay.mark(Place(chat_id, telegram_id), OBEYED)
    else:
        rooms.handling.tell_topic(customer, "operator.too_late_to_undo")
