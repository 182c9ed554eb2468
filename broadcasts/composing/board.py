"""The copies of a submission by which people decide on it: once it is decided, nobody presses in vain."""

from dataclasses import replace
from datetime import timedelta

from broadcasts.composing.submission import Submissions
from desk.placement import Placement, Placements
from desk.post import Chat, Lane, OperatorsGroup, Outbox, Outcome, Parcel, Say, Sent, rebutton, say
from desk.profile import Profile

PAUSE = timedelta(seconds=2)
"""Within this time the group is told once, however many people could not be reached."""
AUTHOR, IN_GROUP = "author", "group"
TOKEN = 16


class SubmissionBoard:
    """Knows where the copies stand, and takes their buttons away."""

    HEARS = frozenset({"submission"})

    def __init__(
        self, profile: Profile, *, submissions: Submissions, placements: Placements, outbox: Outbox
    ) -> None:
        self._profile, self._submissions = profile, submissions
        self._placements, self._outbox = placements, outbox

    def outbox(self, token: str) -> Outbox:
        """An outbox for copies of what was submitted with this token."""
        return _Copying(self._outbox, token)

    def keep(self, token: str, where: Placement) -> None:
        """Note where its author may take it back."""
        self._placements.put(_subject(token, AUTHOR), where)

    def heard(self, parcel: Parcel, outcome: Outcome) -> None:
        """Note where a copy stands; say in the group what does not reach a person."""
        token, body, to = parcel.ref["submission"], parcel.body, parcel.to
        if not isinstance(body, Say):
            return
        waits = self._submissions.find(token) is not None
        match outcome:
            case Sent((message_id, *_)) if body.rows:
                where = to.chat_id if isinstance(to, Chat) else self._profile.places.group
                if waits:
                    name = str(where) if isinstance(to, Chat) else IN_GROUP
                    self._placements.put(_subject(token, name), Placement(where, message_id))
                else:
                    self._disarm(Placement(where, message_id))
            case Sent():
                pass
            case _ if isinstance(to, Chat) and waits:
                self._outbox.post(_in_group(token, body))

    def decided(self, token: str, pressed: Placement | None = None) -> None:
        """Take the buttons away from all copies and from its author, but not from what was `pressed`."""
        people = self._profile.managers | self._profile.publishers.keys()
        names = [*map(str, sorted(people)), IN_GROUP, AUTHOR]
        for subject, where in self._placements.among(_subject(token, each) for each in names).items():
            self._placements.forget(subject)
            if where != pressed:
                self._disarm(where)

    def _disarm(self, where: Placement) -> None:
        if where.message_id is not None:
            dedupe = f"submission:{where.chat_id}:{where.message_id}"
            body = rebutton(where.message_id)
            self._outbox.post(Parcel(to=Chat(where.chat_id), body=body, lane=Lane.ALARM, dedupe=dedupe))


class _Copying:
    """Makes copies out of what is posted to it."""

    def __init__(self, outbox: Outbox, token: str) -> None:
        self._outbox, self._token = outbox, token

    def post(self, parcel: Parcel) -> None:
        """Put it in as one whose outcome is heard."""
        ref = {"submission": self._token}
        self._outbox.post(replace(parcel, lane=Lane.ALARM, kind="submission", ref=ref))


def _in_group(token: str, body: Say) -> Parcel:
    return Parcel(
        to=OperatorsGroup(),
        body=say(body.html, body.rows),
        lane=Lane.ALARM,
        kind="submission",
        ref={"submission": token},
        dedupe=f"{_subject(token, IN_GROUP)}:{len(body.rows)}",
        wait=PAUSE,
    )


def _subject(token: str, name: str) -> str:
    return f"submission:{token[:TOKEN]}:{name}"
