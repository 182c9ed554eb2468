"""The managers' buttons under the progress of a broadcast: pause, go on, cancel, and what is uncertain."""

from broadcasts.deliveries.broadcast import BroadcastState
from broadcasts.deliveries.delivering import Delivering
from broadcasts.deliveries.progress import PRESSES
from desk.authority import Attempt, Right
from desk.conversation import Command, Conversation, Press, number
from desk.talk import Talk

TURNS = {
    "pause": BroadcastState.PAUSED,
    "resume": BroadcastState.RUNNING,
    "cancel": BroadcastState.CANCELLED,
}
DECISIONS = {"again": True, "enough": False}


class BroadcastControls(Conversation):
    """Carries out presses under the progress of a broadcast; the role is asked for at every press."""

    PRESSES = PRESSES
    REFUSED = "manager.refused"
    REFUSED_ANONYMOUS = "manager.refused_anonymous"

    def __init__(self, delivering: Delivering) -> None:
        self._delivering = delivering

    def attempt(self, wish: Press | Command) -> Attempt:
        """The attempt that a press makes, for the audit."""
        if isinstance(wish, Command):
            return Attempt(wish.name)
        return Attempt(f"delivery {wish.action}", wish.subject, Right.PUBLISH)

    def pressed(self, talk: Talk, press: Press) -> str | None:
        """Carry out a press; returns the toast."""
        broadcast_id = number(press.words[0]) if press.words else None
        if broadcast_id is None:
            return talk.plain("delivery.toast.over")
        if press.action == "here":
            done = self._delivering.show_in(broadcast_id, talk.where, talk.language)
        elif press.action in TURNS:
            done = self._delivering.change(broadcast_id, TURNS[press.action]) is not None
        else:
            again = DECISIONS.get(press.action)
            done = again is not None and self._delivering.decide(broadcast_id, again=again) > 0
        return talk.plain(f"delivery.toast.{press.action if done else 'over'}")
