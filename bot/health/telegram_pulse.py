"""The pulse of Telegram: whether it lets us work, judged by what came of the calls we make anyway."""

import time
from collections.abc import Callable

from bot.engine.verdicts import CallFailed, CallRefused, FrontUnreachable, Verdict
from bot.health.trouble import Trouble
from bot.telegram.routes import TelegramRoutes

FETCHING, ANNOUNCING = "getUpdates", "setWebhook"
DOUBT = 15.0
"""Seconds for which every call must have failed before Telegram counts as out of reach."""
QUIET = 90.0
"""Seconds without a single answer to getUpdates, which comes back after 25 by itself."""
OURS_NO_MORE = ("Unauthorized", "Not Found")
TWO_OF_US = "terminated by other getUpdates"


class TelegramPulse:
    """Remembers what came of a desk's latest calls; times are seconds of a clock that nobody puts."""

    def __init__(
        self, routes: TelegramRoutes, *, polling: bool, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._routes, self._way_in = routes, FETCHING if polling else ANNOUNCING
        self._clock = clock
        self._failing_since: float | None = None
        self._fetched_at = self._answered_at = clock()
        self._refused = self._two_of_us = False
        self._open = polling
        """Whether updates can come in: polling needs nothing, a webhook has to be announced first."""

    def heard(self, method: str, verdict: Verdict, seconds: float) -> None:
        """What came of a call."""
        now = self._clock()
        failed = isinstance(verdict, CallFailed | FrontUnreachable)
        if failed and self._failing_since is None:
            self._failing_since = now
        elif not failed:
            self._failing_since, self._answered_at = None, now
        self._refused = isinstance(verdict, FrontUnreachable) and verdict.reason in OURS_NO_MORE
        if method != self._way_in:
            return
        self._open = not isinstance(verdict, CallFailed | FrontUnreachable | CallRefused)
        self._two_of_us = isinstance(verdict, CallRefused) and verdict.says(TWO_OF_US)
        self._fetched_at = now if not failed else self._fetched_at

    @property
    def unanswered_for(self) -> float:
        """For how many seconds no call was answered, be it with a refusal."""
        return self._clock() - self._answered_at

    def trouble(self) -> Trouble | None:
        """What is wrong between Telegram and us; None if nothing is."""
        now = self._clock()
        lost = self._routes.lost_for
        if self._refused:
            return Trouble("telegram_refuses")
        if lost is not None:
            return Trouble("telegram_lost", lost)
        if self._failing_since is not None and now - self._failing_since > DOUBT:
            return Trouble("telegram_lost", now - self._failing_since)
        if self._two_of_us:
            return Trouble("updates_elsewhere")
        if self._way_in == ANNOUNCING and not self._open:
            return Trouble("webhook_unset")
        if self._way_in == FETCHING and now - self._fetched_at > QUIET:
            return Trouble("updates_silent", now - self._fetched_at)
        return None
