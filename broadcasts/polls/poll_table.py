"""The votes of a poll as a table, and the comments on its grades below it."""

import csv
import io
from collections.abc import Sequence

from broadcasts.exporting.table import MARK, harmless
from broadcasts.polls.ballot import Ballot, options_in
from broadcasts.polls.poll import Poll
from broadcasts.polls.results import PollResults

HEADER = ("option", "votes", "in_channel", "in_private", "percent")


def poll_table(poll: Poll, results: PollResults, comments: Sequence[Ballot]) -> str:
    """The table as CSV, in words that stay the same in every language."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow([harmless(poll.question)])
    rows.writerow(HEADER)
    for each in results.options:
        rows.writerow([harmless(each.option), each.votes, each.in_channel, each.in_private, each.share])
    rows.writerow(["people", results.people, results.in_channel, results.in_private, ""])
    if comments:
        rows.writerow([])
        rows.writerow(["grade", "comment"])
        rows.writerows([grade_of(poll, each), harmless(each.comment or "")] for each in comments)
    return MARK + out.getvalue()


def grade_of(poll: Poll, ballot: Ballot) -> str:
    """What somebody gave who commented; empty if they have taken it back."""
    return ", ".join(poll.options[option] for option in options_in(ballot.chosen))
