"""Customers give an address for e-mail in their chat with the bot, and show by a code that it is theirs."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from broadcasts.audience.subscriber import Subscribers
from broadcasts.backup.kept import KeptLetter, Letters, person
from broadcasts.backup.trial import CODE, DAY, GUESSES, LETTERS, PATIENCE, PEOPLE, AddressTrial, AddressTrials
from desk.conversation import Press
from desk.formatted import Html
from desk.letters.letter import BackupAddress, Letter
from desk.letters.mailbox import mailbox
from desk.people import Customer, Customers, Person
from desk.post import Button, Chat, Outbox, Parcel, press, rebutton, say
from desk.profile import Profile
from desk.timers import Timers
from tickets.relay import IncomingMessage
from tickets.ticket import Tickets

SIX = re.compile(r"(?<!\d)\d{6}(?!\d)")
ATTEMPT = re.compile(r"[^\s@]+@[^\s@]+")
SHORT = 40
"""Characters of a message that may be a code with a word or two."""


class KeptMail(Protocol):
    """Where a customer's address is kept in the end."""

    def give_only(
        self, customer_id: int, at: BackupAddress, components: Sequence[str], when: datetime
    ) -> None:
        """Keep the address as the only one of its channel that the customer has."""

    def withdraw(self, at: BackupAddress, when: datetime) -> None:
        """Forget an address, whatever it was given for."""

    def mail_of(self, customer_id: int) -> str:
        """The customer's address for e-mail; empty if they have given none."""


class AddressOffering:
    """Asks for an address, sends a code there, and takes both out of what the customer writes.

    It takes only what can be nothing else: a message that is an address, or digits while a code is out.
    Everything else goes where it would have gone.
    """

    PRESSES, DUE = "mail", frozenset({"mail"})

    def __init__(
        self,
        profile: Profile,
        *,
        customers: Customers,
        subscribers: Subscribers,
        tickets: Tickets,
        trials: AddressTrials,
        addresses: KeptMail,
        letters: Letters,
        timers: Timers,
        outbox: Outbox,
        now: datetime,
    ) -> None:
        self._profile, self._customers, self._subscribers = profile, customers, subscribers
        self._tickets, self._trials, self._addresses = tickets, trials, addresses
        self._letters, self._timers, self._outbox, self._now = letters, timers, outbox, now

    def pressed(self, someone: Person, said: Press) -> str | None:
        """Carry out a press; returns the toast, if any."""
        customer = self._customers.meet(someone)
        match said.action:
            case "ask" if self._profile.backup.rank("email") is not None:
                self._begin(customer)
            case "drop":
                self._keep(customer, asked_at=None, code="")
                self._outbox.post(Parcel(to=Chat(customer.chat_id), body=rebutton(said.message_id)))
                return self._plain(customer, "mail.dropped")
            case "remove" if address := self._addresses.mail_of(customer.id):
                self._addresses.withdraw(BackupAddress("email", address), self._now)
                self._outbox.post(Parcel(to=Chat(customer.chat_id), body=rebutton(said.message_id)))
                self._say(customer, "mail.removed", address=address)
        return None

    def asked_at(self, who: Customer) -> datetime | None:
        """Since when an address or a code of this customer is waited for; None if neither is."""
        if self._profile.backup.rank("email") is None:
            return None
        trial = self._trials.of(who.id)
        return trial.asked_at if trial is not None and trial.waits(self._now) else None

    def hear(self, who: Customer, words: IncomingMessage) -> bool:
        """Take an address or a code; False if it is neither."""
        trial, content = self._trials.of(who.id), words.content
        if trial is None or not trial.waits(self._now) or content.kind != "text" or content.passes_on:
            return False
        said = content.text.strip()
        if ATTEMPT.fullmatch(said):
            self._typed(who, said)
            return True
        return bool(trial.code) and self._coded(who, trial, said)

    def due(self, kind: str, subject: int) -> None:
        """A day is over: what was tried is forgotten."""
        self._trials.drop(subject)

    def stopped(self, customer_id: int) -> None:
        """The customer wants to hear nothing any more: no code is waited for."""
        trial = self._trials.of(customer_id)
        if trial is not None:
            self._trials.keep(replace(trial, asked_at=None, address="", code=""))

    def word(self, kept: KeptLetter) -> Letter | None:
        """The letter with the code; None if it is good no more."""
        trial = None if kept.customer_id is None else self._trials.of(kept.customer_id)
        if trial is None or (trial.address, bool(trial.code)) != (kept.at.address, True):
            return None
        if kept.posted_at < self._now - PATIENCE:
            return None
        texts, language = self._profile.texts, self._language(self._customers.get(trial.customer_id))
        title = texts.plain("letters.code.title", language, code=trial.code)
        return Letter(
            key=kept.subject,
            title=f"{self._profile.company}: {title}" if self._profile.company else title,
            html=Html(texts.say("letters.code.text", language, code=trial.code)),
            language=language,
        )

    def not_arrived(self, kept: KeptLetter) -> None:
        """Nobody is at the address: the customer may have mistyped it."""
        if kept.customer_id is not None and self.word(kept) is not None:
            customer = self._customers.get(kept.customer_id)
            self._keep(customer, asked_at=self._now, address="", code="")
            self._say(customer, "mail.not_arrived", address=kept.at.address, drop=True)

    def _begin(self, customer: Customer) -> None:
        self._keep(customer, asked_at=self._now, address="", code="")
        self._say(customer, "mail.ask", drop=True)

    def _typed(self, customer: Customer, said: str) -> None:
        """An address was typed: send a code there, if that may be done once more."""
        address, trial = mailbox(said), self._known(customer)
        if address is None or "." not in address.rpartition("@")[2]:
            self._keep(customer, asked_at=self._now)
            self._say(customer, "mail.invalid", said=said[:100], drop=True)
        elif trial.letters >= LETTERS or self._trials.tried_by_others(address, customer.id) >= PEOPLE:
            self._say(customer, "mail.too_many")  # the code that is out stays good
        else:
            self._send(customer, trial, address)

    def _send(self, customer: Customer, trial: AddressTrial, address: str) -> None:
        code, at = f"{secrets.randbelow(10**6):06}", BackupAddress("email", address)
        self._keep(
            customer, asked_at=self._now, address=address, code=code, guesses=0, letters=trial.letters + 1
        )
        letter = KeptLetter(
            subject=f"{CODE}:{customer.id}:{round(self._now.timestamp() * 1000)}",
            person=f"{CODE} {person(customer.id, at)}",
            customer_id=customer.id,
            at=at,
            posted_at=self._now,
        )
        self._letters.post([letter])
        self._say(customer, "mail.sent", address=address, drop=True)

    def _coded(self, customer: Customer, trial: AddressTrial, said: str) -> bool:
        """Compare digits with the code; beside an open ticket what is wrong may be meant for people."""
        found = SIX.findall(said.replace(" ", "")) if len(said) <= SHORT else []
        if trial.code in found:
            self._confirmed(customer, trial)
            return True
        bare = SIX.fullmatch(said) is not None
        if not bare or self._tickets.open_of(customer.id) is not None:
            return False
        left = GUESSES - trial.guesses - 1
        if left > 0:
            self._keep(customer, guesses=trial.guesses + 1)
            self._say(customer, "mail.wrong", n=left, drop=True)
        else:
            self._keep(customer, asked_at=None, code="")
            self._say(customer, "mail.wrong_again")
        return True

    def _confirmed(self, customer: Customer, trial: AddressTrial) -> None:
        subscriber = self._subscribers.of(customer.id)
        wanted = sorted(subscriber.components) if subscriber is not None else []
        at = BackupAddress("email", trial.address)
        self._addresses.give_only(customer.id, at, wanted or [""], self._now)
        self._keep(customer, asked_at=None, address="", code="")
        self._say(customer, "mail.done", address=trial.address)

    def _known(self, customer: Customer) -> AddressTrial:
        trial = self._trials.of(customer.id)
        return trial or AddressTrial(customer_id=customer.id, begun_at=self._now)

    def _keep(self, customer: Customer, **changes: object) -> None:
        """Change the customer's trial; the first change of a day sets when all of it is forgotten."""
        trial = self._known(customer)
        self._trials.keep(replace(trial, **changes))  # type: ignore[arg-type]
        self._timers.set("mail", customer.id, trial.begun_at + DAY)

    def _say(self, customer: Customer, key: str, *, drop: bool = False, **params: object) -> None:
        language = self._language(customer)
        html = self._profile.texts.say(key, language, **params)
        rows = [[Button(self._plain(customer, "button.mail_drop"), press(self.PRESSES, "drop"))]]
        self._outbox.post(Parcel(to=customer.address, body=say(html, rows if drop else [])))

    def _plain(self, customer: Customer, key: str) -> str:
        return self._profile.texts.plain(key, self._language(customer))

    def _language(self, customer: Customer) -> str:
        return self._profile.language_of(customer)
