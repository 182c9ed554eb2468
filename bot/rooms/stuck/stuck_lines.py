"""The word to whoever waits for what is stuck: that it waits, and that nobody tries it any longer."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from desk.kinds import FACTS, MEDIA
from desk.own_mark import marked
from desk.people import Customers, Person
from desk.post import AT_ONCE, Address, Carry, Chat, Lane, Outbox, Parcel, Rewrite, Say, TopicOf
from desk.profile import Profile
from storage.outbox import WaitingParcel

REPLIED = "relay.replied"
OURS = frozenset({"", "answer.media"})
"""The kinds of what we say ourselves; the apology for it has another, so that nobody apologises for that."""
APOLOGY = "unsaid"
WRITTEN = frozenset({"text", *MEDIA, *FACTS})


class StuckLines:
    """Says it, once for all that comes together."""

    def __init__(self, profile: Profile, customers: Customers, outbox: Outbox) -> None:
        self._profile, self._customers, self._outbox = profile, customers, outbox

    def update_waits(self, raw: Mapping[str, Any]) -> None:
        """Whoever wrote it hears that nobody has read it yet."""
        self._tell_author(raw, "customer.stuck", "operator.not_read")

    def update_dropped(self, raw: Mapping[str, Any], wait: timedelta = AT_ONCE) -> None:
        """Whoever wrote it hears that nobody will read it."""
        self._tell_author(raw, "customer.stuck_dropped", "operator.not_read_dropped", wait)

    def parcel_waits(self, waiting: WaitingParcel) -> None:
        """Whoever wrote what is in it, or would have read it, hears that it has not arrived yet."""
        parcel = waiting.parcel
        match parcel.body:
            case Carry() if parcel.topic_of is not None:
                self._tell_customer(parcel.topic_of, "customer.stuck")
            case Carry() if parcel.kind == REPLIED:
                self._say(TopicOf(parcel.ref["customer"]), "operator.stuck", self._profile.language)
            case Say() | Rewrite() if parcel.kind in OURS and parcel.lane is Lane.REPLY:
                self._apologise(waiting.chat_id)

    def parcel_dropped(self, waiting: WaitingParcel, wait: timedelta = AT_ONCE) -> None:
        """The customer hears that what they wrote was shown to nobody; rooms say the rest."""
        customer_id = waiting.parcel.topic_of
        if isinstance(waiting.parcel.body, Carry) and customer_id is not None:
            self._tell_customer(customer_id, "customer.stuck_dropped", wait)

    def _apologise(self, chat_id: int) -> None:
        customer = self._customers.known(chat_id)
        if customer is not None and chat_id not in self._profile.managers:
            language = self._profile.language_of(customer)
            self._say(customer.address, "customer.not_said", language, kind=APOLOGY)

    def _tell_customer(self, customer_id: int, key: str, wait: timedelta = AT_ONCE) -> None:
        customer = self._customers.get(customer_id)
        if not customer.banned:
            self._say(customer.address, key, self._profile.language_of(customer), wait=wait)

    def _tell_author(
        self, raw: Mapping[str, Any], to_customer: str, to_operator: str, wait: timedelta = AT_ONCE
    ) -> None:
        person, place = author_of(raw), self._written_at(raw)
        customer = None if person is None else self._customers.known(person.telegram_id)
        if customer is not None:
            self._tell_customer(customer.id, to_customer, wait)
        elif person is not None:
            language = self._profile.language_of(person)
            self._say(Chat(person.telegram_id), to_customer, language, wait=wait)
        elif place is not None:
            self._say(place[0], to_operator, self._profile.language, answers=place[1], wait=wait)

    def _written_at(self, raw: Mapping[str, Any]) -> tuple[Chat, int] | None:
        """Where somebody wrote it in the operators' group; None if it is anything else."""
        match raw.get("message"):
            case {"chat": {"id": int(chat_id)}, "message_id": int(number), **more}:
                if chat_id not in self._profile.places.groups or WRITTEN.isdisjoint(more):
                    return None
                thread_id = more.get("message_thread_id") if more.get("is_topic_message") else None
                return Chat(chat_id, thread_id if isinstance(thread_id, int) else None), number
        return None

    def _say(
        self,
        to: Address,
        key: str,
        language: str,
        *,
        answers: int | None = None,
        kind: str = "",
        wait: timedelta = AT_ONCE,
    ) -> None:
        html = self._profile.texts.say(key, language)
        body = Say(html=html if answers is None else marked(html), answers=answers)
        self._outbox.post(Parcel(to=to, body=body, kind=kind, dedupe=f"{key}:{_name(to)}", wait=wait))


def _name(to: Address) -> str:
    match to:
        case Chat(chat_id, None):
            return str(chat_id)
        case Chat(chat_id, thread_id):
            return f"{chat_id}/{thread_id}"
        case TopicOf(customer_id):
            return f"of {customer_id}"
    return ""


def author_of(raw: Mapping[str, Any]) -> Person | None:
    """The customer who wrote or edited the message; None if it is nothing of a person in a private chat."""
    match raw.get("message") or raw.get("edited_message"):
        case {"chat": {"type": "private", "id": int(chat_id)}, "from": dict(user)} if chat_id > 0:
            if user.get("is_bot") or not isinstance(user.get("first_name"), str):
                return None
            code = user.get("language_code")
            return Person(
                telegram_id=chat_id,
                first_name=user["first_name"],
                language_code=code if isinstance(code, str) else None,
            )
    return None
