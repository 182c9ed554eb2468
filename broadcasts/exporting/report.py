"""An account as a text in Markdown, to be put into a report and changed there."""

import re
from collections.abc import Mapping
from datetime import datetime

from broadcasts.exporting.account import IncidentAccount, NoticeAccount
from broadcasts.incident import Notice, NoticeKind
from broadcasts.telling.wording import sign_of
from desk.formatted import bare
from desk.profile import Profile

SIGNS = re.compile(r"([\\`*_\[\]<>#|~])")
"""Characters that mean something in Markdown."""


class ReportWording:
    """Says an account in one language, in the desk's time zone."""

    def __init__(self, profile: Profile, language: str, now: datetime) -> None:
        self._profile, self._language, self._now = profile, language, now

    def report(self, account: IncidentAccount) -> str:
        """The whole text."""
        incident, texts = account.incident, self._profile.texts
        promised = [each.kept for each in account.notices if each.kept is not None]
        ended = incident.ended_at
        return texts.plain(
            "incident.report",
            self._language,
            number=incident.id,
            sign=sign_of(incident),
            title=markdown(incident.title),
            status=self._status(account.notices[-1].notice),
            components=", ".join(markdown(self._component(each)) for each in incident.components),
            begins=self._at(incident.started_at),
            ends=None if ended is None else self._at(ended),
            lasted=None if ended is None else texts.spell(self._language, ended - incident.started_at),
            window=incident.window and (self._at(incident.window.begins), self._at(incident.window.ends)),
            zone=str(self._profile.zone),
            at=self._at(self._now),
            promised=len(promised),
            kept=sum(promised),
            saved=account.saved,
            followers=account.followers,
            letters=account.letters,
            steps=[self._step(each) for each in account.notices],
        )

    def _step(self, told: NoticeAccount) -> Mapping[str, object]:
        notice = told.notice
        return {
            "number": notice.number,
            "at": self._at(notice.at),
            "sign": "✅" if notice.kind is NoticeKind.RESOLVED else notice.severity.sign,
            "status": self._status(notice),
            "kind": notice.kind.value,
            "audience": notice.audience.value,
            "lines": [markdown(line) for line in bare(notice.text).splitlines()],
            "next_by": None if notice.next_by is None else self._at(notice.next_by),
            "kept": told.kept,
            "counts": told.counts,
        }

    def _status(self, notice: Notice) -> str:
        texts, withdrawn = self._profile.texts, notice.kind is NoticeKind.WITHDRAWN
        of = notice.status.kind.value
        key = f"feed.withdrawn.{of}" if withdrawn else f"feed.status.{notice.status.value}"
        return texts.plain(key, self._language)

    def _component(self, component_id: str) -> str:
        known = {each.id: each for each in self._profile.components}
        return known[component_id].name(self._language) if component_id in known else component_id

    def _at(self, at: datetime) -> str:
        return at.astimezone(self._profile.zone).strftime("%Y-%m-%d %H:%M")


def markdown(text: str) -> str:
    """A text in which nothing is taken for formatting, a link or a tag."""
    return SIGNS.sub(r"\\\1", " ".join(text.split()))
