"""What somebody wrote in the operators' group."""

from dataclasses import dataclass, replace
from typing import Literal

from desk.hiding.secrets import Secrets
from desk.people import Operator
from tickets.relay import IncomingMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorMessage:
    """What somebody wrote in the operators' group.

    `thread_id` is the topic, None in General and in plain groups; `answers` says whose message it replies to,
    `members` who of those it mentions is in the group, by username in small letters or by id; `below_us`: the
    bot made the topic; `forum`: the group has topics.
    """

    operator: Operator
    incoming: IncomingMessage
    thread_id: int | None = None
    answers: Literal["nobody", "us", "self", "colleague"] = "nobody"
    members: frozenset[str | int] = frozenset()
    below_us: bool = False
    forum: bool = False

    def concealed(self, secrets: Secrets) -> "OperatorMessage":
        """The message without card numbers; one-time codes are left, because operators may hand them out."""
        content = secrets.content(self.incoming.content, codes=False)
        if content is self.incoming.content:
            return self
        return replace(self, incoming=replace(self.incoming, content=content))
