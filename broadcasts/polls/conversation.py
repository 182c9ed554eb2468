"""The managers' conversation about polls: /poll, what they write, what they press."""

from datetime import datetime

from broadcasts.polls.composing import PollComposer
from broadcasts.polls.handling import PollHandling
from broadcasts.polls.sheet import PRESSES
from desk.authority import Attempt, Right
from desk.conversation import Command, Conversation, ManagerMessage, Press, number
from desk.talk import Talk


class PollConversation(Conversation):
    """Takes what managers say about polls; all of it takes the right to publish."""

    PRESSES = PRESSES
    REFUSED = "poll.refused"
    REFUSED_ANONYMOUS = "manager.refused_anonymous"
    COMMANDS = frozenset({"poll"})
    LISTENS_TO = Right.PUBLISH

    def __init__(self, composer: PollComposer, handling: PollHandling) -> None:
        self._composer, self._handling = composer, handling

    def attempt(self, wish: Press | Command) -> Attempt:
        """The attempt that a press or a command makes, for the audit."""
        if isinstance(wish, Command):
            return Attempt(wish.name, right=Right.PUBLISH)
        return Attempt(f"poll {wish.action}", wish.subject, Right.PUBLISH)

    def commanded(self, talk: Talk, command: Command) -> None:
        """Begin a poll with the words behind the command, or ask for them."""
        self._composer.begin(talk, command.html, command.kind)

    def asked_at(self, talk: Talk) -> datetime | None:
        """When this manager was asked here for words; None if they were not."""
        return self._composer.asked_at(talk)

    def hear(self, talk: Talk, told: ManagerMessage) -> bool:
        """Take the manager's words as the answer; False if none waits for one."""
        return self._composer.hear(talk, told)

    def pressed(self, talk: Talk, press: Press) -> str | None:
        """Carry out a press below a draft, a list or a poll; returns the toast, if any."""
        match press.action, press.words:
            case "list", _:
                self._handling.list(talk, press.message_id)
                return None
            case action, [token, *more] if self._composer.knows(action):
                return self._composer.pressed(action, token, "".join(more[:1]), press.message_id, talk)
            case action, [word] if (poll_id := number(word)) is not None:
                return self._handling.pressed(action, poll_id, press.message_id, talk)
        return talk.plain("manager.dead_button")
