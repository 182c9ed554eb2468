"""What managers take out of a poll: its comments as a message, its votes as a table."""

from broadcasts.polls.ballot import Ballots, votes_of
from broadcasts.polls.poll import Poll
from broadcasts.polls.poll_table import grade_of, poll_table
from broadcasts.polls.results import results_of
from desk.formatted import cut
from desk.post import Media, Outbox, Parcel, Say
from desk.talk import Talk

SHOWN, LENGTH = 15, 220
"""So many comments of so many letters stand in one message; the table has more, and whole."""
TAKEN = 10_000


class PollFiles:
    """Shows comments and makes a file; nobody's name is in either."""

    def __init__(self, ballots: Ballots, outbox: Outbox) -> None:
        self._ballots, self._outbox = ballots, outbox

    def comments(self, poll: Poll, talk: Talk) -> str | None:
        """Send the newest comments; returns the toast if there are none."""
        found = self._ballots.comments(poll.id, SHOWN)
        if not found:
            return talk.plain("poll.no_comments")
        said = [(grade_of(poll, each), cut(each.comment or "", LENGTH)) for each in found]
        talk.say(talk.text("poll.comments", question=poll.question, comments=said))
        return None

    def table(self, poll: Poll, talk: Talk) -> None:
        """Send the votes; pressed again while it waits, it is sent once, as they are by then."""
        comments = self._ballots.comments(poll.id, TAKEN) if poll.scale else ()
        content = poll_table(poll, results_of(poll, votes_of(poll, self._ballots)), comments)
        name = f"poll-{poll.id}.csv"
        dedupe = f"{name}:{talk.where.chat_id}:{talk.where.thread_id}"
        body = Say(
            html=talk.text("poll.table", question=poll.question), media=Media("document", name, content)
        )
        self._outbox.post(Parcel(to=talk.where, body=body, dedupe=dedupe))
