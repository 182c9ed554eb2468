"""Concealing: what customers must not show is hidden, over several messages too, and they are told once."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import accumulate

from desk.content import TEXT_LIMIT, Content
from desk.hiding.secrets import covered
from desk.people import Customer
from desk.profile import Profile
from tickets.lines import Lines
from tickets.questions import Questions
from tickets.relay import IncomingMessage, Relay
from tickets.ticket import Message, Messages

BURST = timedelta(minutes=10)
"""Messages within this time are read together: a number may be split over them, and one notice is enough."""
TOGETHER = 8
"""How many messages are read together at most."""
_goes_on = re.compile(r"\D{0,30}\d").match
"""Begins with digits, perhaps behind a few words: it may be the rest of what another message began."""


class Concealing:
    """Hides secrets in what a customer writes."""

    def __init__(
        self,
        profile: Profile,
        *,
        messages: Messages,
        questions: Questions,
        relay: Relay,
        lines: Lines,
        now: datetime,
    ) -> None:
        self._profile, self._messages, self._questions = profile, messages, questions
        self._relay, self._lines, self._now = relay, lines, now

    def received(self, customer: Customer, incoming: IncomingMessage) -> IncomingMessage:
        """The message as it may be kept; earlier copies of what it completes are amended, she is told."""
        content = self._profile.secrets.content(incoming.content)
        if not content.masked and not _goes_on(content.text):
            return incoming
        before = self._around(customer)
        content = self._completed(before, content, ())
        self._tell(customer, content, before)
        return replace(incoming, content=self._shown(content))

    def edited(self, customer: Customer, message: Message, content: Content) -> Content:
        """The same for a message's new content, which may complete what the messages around it say."""
        content = self._profile.secrets.content(content)
        if not content.masked and not any(map(str.isdigit, content.text)):
            return content
        around = self._around(customer)
        before = [each for each in around if each.id < message.id]
        behind = [each for each in around if each.id > message.id]
        content = self._completed(before, content, behind)
        self._tell(customer, content, [*before, message, *behind])
        return self._shown(content)

    def _around(self, customer: Customer) -> Sequence[Message]:
        """The customer's last messages, as many as make one long message: more would take too long."""
        lately = self._messages.lately(customer.id, self._now - BURST, TOGETHER)
        lengths = accumulate(len(each.content.text) for each in reversed(lately))
        count = sum(length <= TEXT_LIMIT for length in lengths)
        return lately[len(lately) - count :]

    def _completed(self, before: Sequence[Message], content: Content, behind: Sequence[Message]) -> Content:
        """Hide what only these messages together give away, in all of them."""
        contents = [*(each.content for each in before), content, *(each.content for each in behind)]
        hidden = self._hidden_together([each.text for each in contents])
        mine = len(before)
        if hidden[mine] == content.text:
            return content
        for message, text in zip([*before, *behind], hidden[:mine] + hidden[mine + 1 :], strict=True):
            if text != message.content.text:
                self._relay.amend(message, replace(message.content, text=text, masked=True))
                self._questions.obscure(message.id, text)
        return replace(content, text=hidden[mine], masked=True)

    def _hidden_together(self, texts: Sequence[str]) -> list[str]:
        starts = accumulate((len(text) + 1 for text in texts), initial=0)
        places = self._profile.secrets.places("\n".join(texts), own=False)
        return [
            covered(text, {place - start for place in places}) if places else text
            for text, start in zip(texts, starts, strict=False)
        ]

    def _shown(self, content: Content) -> Content:
        """What operators get in place of a file that bears the secret in its name."""
        if not content.withheld:
            return content
        line = self._profile.texts.plain("operator.withheld", self._profile.language)
        return Content(text=f"{content.text}\n{line}".strip(), entities=content.entities, masked=True)

    def _tell(self, customer: Customer, content: Content, others: Sequence[Message]) -> None:
        if content.masked and (content.withheld or not any(each.content.masked for each in others)):
            key = "customer.withheld" if content.withheld else "customer.masked"
            self._lines.to_customer(customer, key)
