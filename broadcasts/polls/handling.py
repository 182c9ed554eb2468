"""What managers do with polls that were published: look, end, post the results, put right what went wrong."""

from collections.abc import Callable

from broadcasts.polls.asking import PollAsking
from broadcasts.polls.ballot import Ballots, votes_of
from broadcasts.polls.channel import PollChannel
from broadcasts.polls.poll import Poll, Polls, PollState
from broadcasts.polls.poll_files import PollFiles
from broadcasts.polls.publishing import PollPublishing
from broadcasts.polls.results import results_of
from broadcasts.polls.sheet import AGAIN, IN_CHANNEL, PollSheet
from desk.formatted import cut
from desk.profile import Profile
from desk.talk import Talk

LISTED, CAPTION = 10, 40


class PollHandling:
    """Carries out presses under polls that take votes or took them."""

    def __init__(
        self,
        profile: Profile,
        *,
        polls: Polls,
        ballots: Ballots,
        channel: PollChannel,
        asking: PollAsking,
        publishing: PollPublishing,
        sheet: PollSheet,
        files: PollFiles,
    ) -> None:
        self._profile, self._polls, self._ballots = profile, polls, ballots
        self._channel, self._asking, self._publishing, self._sheet = channel, asking, publishing, sheet
        self._files = files
        self._acts: dict[str, Callable[[Poll, int, Talk], str | None]] = {
            "show": self._show,
            "refresh": self._refresh,
            "end": self._ask_end,
            "close": self._end,
            "again": self._again,
            "repeat": self._repeat,
            "enough": self._enough,
            "results": self._results,
            "why": lambda poll, message_id, talk: self._files.comments(poll, talk),
            "file": lambda poll, message_id, talk: self._files.table(poll, talk),
        }

    def list(self, talk: Talk, message_id: int) -> None:
        """The polls that take votes, and the last ones that took them."""
        polls = [
            *self._polls.of_state(PollState.OPEN, LISTED),
            *self._polls.of_state(PollState.ENDED, LISTED),
        ]
        rows = [
            [talk.named(f"{'🟢' if each.open else '⚪️'} {cut(each.question, CAPTION)}", "show", each.id)]
            for each in polls[:LISTED]
        ]
        talk.rewrite(message_id, talk.text("poll.list" if polls else "poll.none"), rows)

    def pressed(self, action: str, poll_id: int, message_id: int, talk: Talk) -> str | None:
        """Carry out a press; returns the toast, if any."""
        poll, act = self._polls.get(poll_id), self._acts.get(action)
        if poll is None or poll.state is PollState.DRAFT or act is None:
            talk.disarm(message_id)
            return talk.plain("manager.dead_button")
        return act(poll, message_id, talk)

    def _show(self, poll: Poll, message_id: int, talk: Talk) -> None:
        """Show it in the message that was pressed, as it stands now."""
        poll = self._polls.get(poll.id) or poll
        talk.rewrite(message_id, self._sheet.html(poll, talk.language), self._sheet.rows(poll, talk.language))

    def _refresh(self, poll: Poll, message_id: int, talk: Talk) -> str:
        self._show(poll, message_id, talk)
        return talk.plain("poll.refreshed")

    def _ask_end(self, poll: Poll, message_id: int, talk: Talk) -> None:
        """What has ended never goes on, so it is asked for twice."""
        if not poll.open:
            self._show(poll, message_id, talk)
            return
        rows = [
            [
                talk.button("poll.button.close", "close", poll.id),
                talk.button("poll.button.back", "show", poll.id),
            ]
        ]
        talk.rewrite(message_id, self._sheet.html(poll, talk.language), rows)

    def _end(self, poll: Poll, message_id: int, talk: Talk) -> str:
        ended = self._publishing.end(poll)
        self._show(poll, message_id, talk)
        return talk.plain("poll.toast.ended" if ended else "poll.over")

    def _again(self, poll: Poll, message_id: int, talk: Talk) -> str:
        """Put it into the channel once more, unless it stands there by now."""
        if not poll.open or poll.standing not in AGAIN:
            self._show(poll, message_id, talk)
            return talk.plain("poll.refreshed")
        self._channel.put(poll)
        self._show(poll, message_id, talk)
        return talk.plain("manager.toast.again")

    def _repeat(self, poll: Poll, message_id: int, talk: Talk) -> str:
        return self._decide(poll, message_id, talk, again=True)

    def _enough(self, poll: Poll, message_id: int, talk: Talk) -> str:
        return self._decide(poll, message_id, talk, again=False)

    def _decide(self, poll: Poll, message_id: int, talk: Talk, *, again: bool) -> str:
        done = self._asking.decide(poll, again=again)
        self._show(poll, message_id, talk)
        return talk.plain(f"delivery.toast.{('again' if again else 'enough') if done else 'over'}")

    def _results(self, poll: Poll, message_id: int, talk: Talk) -> str:
        """Tell the channel how it ended."""
        if poll.open or poll.standing not in IN_CHANNEL:
            self._show(poll, message_id, talk)
            return talk.plain("manager.dead_button")
        results = results_of(poll, votes_of(poll, self._ballots))
        html = self._profile.texts.say("poll.results", self._profile.language, poll=poll, results=results)
        return talk.plain(
            "manager.toast.published" if self._channel.tell(poll, html) else "poll.told_already"
        )
