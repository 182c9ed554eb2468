"""The results of a poll: each option with its votes, and a bar for its share."""

from dataclasses import dataclass

from broadcasts.polls.poll import Poll, VoteCounts

CELLS = 10
FULL, EMPTY = "▓", "░"


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionResult:
    """One option: how many chose it, there and in private, and its share of those who voted, in per cent."""

    option: str
    votes: int
    in_channel: int
    in_private: int
    share: int

    @property
    def bar(self) -> str:
        """The share as a line of ten cells; whoever has a vote has a cell."""
        full = max(round(self.share * CELLS / 100), 1 if self.votes else 0)
        return FULL * full + EMPTY * (CELLS - full)


@dataclass(frozen=True, slots=True, kw_only=True)
class PollResults:
    """All options in their order."""

    options: tuple[OptionResult, ...]
    in_channel: int
    in_private: int
    average: float | None = None

    @property
    def people(self) -> int:
        """How many voted in all; whoever did so in both places counts twice, for the channel knows nobody."""
        return self.in_channel + self.in_private


def results_of(poll: Poll, in_private: VoteCounts) -> PollResults:
    """The results of a poll with these votes in private."""
    people = poll.in_channel.people + in_private.people
    options = tuple(
        OptionResult(
            option=option,
            votes=(votes := poll.in_channel.of(at) + in_private.of(at)),
            in_channel=poll.in_channel.of(at),
            in_private=in_private.of(at),
            share=round(100 * votes / people) if people else 0,
        )
        for at, option in enumerate(poll.options)
    )
    return PollResults(
        options=options,
        in_channel=poll.in_channel.people,
        in_private=in_private.people,
        average=_average(options) if poll.scale else None,
    )


def _average(options: tuple[OptionResult, ...]) -> float | None:
    """The mean of the grades of a scale."""
    votes = sum(each.votes for each in options)
    return sum(int(each.option) * each.votes for each in options) / votes if votes else None
