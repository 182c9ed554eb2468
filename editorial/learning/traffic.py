"""Traffic: which of the questions that a desk was asked lately stand for all that it is asked.

Every text counts once, so that neither who repeats a question nor what a thousand customers copy weighs more.
One customer counts a few times, so that nobody makes the traffic alone; and no hour counts much, so that a
breakdown, about which everybody writes at once, does not pass for what the desk is asked otherwise.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from editorial.learning.evidence import AskedQuestion
from faq.matching.judged import TrafficQuestion

LOOKED_BACK = timedelta(days=90)
MOST_READ = 5000
MOST_OF_ONE, MOST_OF_AN_HOUR = 5, 20


def traffic(asked: Iterable[AskedQuestion]) -> list[TrafficQuestion]:
    """Those that count, in the order they are given in; give the newest first."""
    said, of_one, of_hour = set[str](), Counter[int](), Counter[datetime]()
    kept = []
    for each in asked:
        words = " ".join(each.text.casefold().split())
        hour = each.asked_at.replace(minute=0, second=0, microsecond=0)
        if words in said or of_one[each.customer_id] >= MOST_OF_ONE or of_hour[hour] >= MOST_OF_AN_HOUR:
            continue
        said.add(words)
        of_one[each.customer_id] += 1
        of_hour[hour] += 1
        kept.append(TrafficQuestion(each.text, each.language))
    return kept
