"""The exchange: the knowledge base sent as a file, and files taken in after a report."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from desk.conversation import AttachedFile
from desk.formatted import cut
from desk.post import Media, Say
from desk.talk import Talk
from editorial.entries.changer import EntryChanger
from editorial.entries.difference import changed
from editorial.entries.shelf import Shelf
from editorial.entries.view import EntryView
from editorial.writing.draft import EntryDraft, EntryDrafts, Wanted
from faq.entries.entry import ANY, Entry, in_telegram, is_address
from faq.entries.problem import Problem
from faq.entries.remark import Remark
from faq.entries.version import Version
from faq.files.formats import Imported, export_yaml, import_file
from faq.language.text import fold
from tickets.answers import Faq

NAMED = 10
"""Entries named in a report; the others are counted."""
LINES = 7
"""Problems and remarks told in a report, so that all of it fits into a message."""
NAME, SHORT_NAME, LINE = 60, 30, 120


@dataclass(slots=True)
class _Report:
    """What a file would change."""

    new: list[Entry] = field(default_factory=list)
    other: list[Entry] = field(default_factory=list)
    same: int = 0
    batch: list[tuple[Entry, int | None]] = field(default_factory=list)


class Exchange:
    """Sends faq.yaml and takes files in."""

    def __init__(
        self,
        *,
        drafts: EntryDrafts,
        shelf: Shelf,
        view: EntryView,
        changer: EntryChanger,
        faq: Faq,
        now: datetime,
    ) -> None:
        self._drafts, self._shelf, self._view = drafts, shelf, view
        self._changer, self._faq, self._now = changer, faq, now

    def export(self, talk: Talk) -> None:
        """Everything that is not removed, as one file that reads back as the same entries."""
        entries = self._shelf.entries
        local = sum(1 for each in entries if each.media and not _travels(each.media))
        caption = talk.text("editor.exported", n=len(entries), local=local)
        talk.send(Say(html=caption, media=Media("document", "faq.yaml", export_yaml(entries))))

    def report(self, file: AttachedFile, talk: Talk) -> None:
        """Say what a file would change; nothing is changed yet."""
        if file.content is None:
            talk.say(talk.text("editor.import.unreadable", name=cut(file.name, NAME)))
            return
        place = self._folder() / (Path(file.name).name or "faq")
        imported = import_file(place, file.content, self._local_media())
        report = self._compared(imported.entries)
        draft = EntryDraft(
            manager_id=talk.person.telegram_id,
            where=talk.where,
            wanted=Wanted.READY,
            batch=tuple(report.batch),
            touched_at=self._now,
        ).sealed(self._now)
        rows = []
        if report.batch:
            self._drafts.keep(draft)
            rows = [
                [talk.button("editor.button.apply", "apply", draft.token)],
                [talk.button("button.cancel", "cancel", draft.token)],
            ]
        talk.say(self._told(file.name, report, imported, talk), rows)

    def apply(self, draft: EntryDraft, message_id: int, talk: Talk) -> str:
        """Take over what the report showed; returns the toast."""
        overtaken = self._changer.take_over(draft.batch, talk.person)
        self._drafts.drop(draft)
        done = len(draft.batch) - len(overtaken)
        named = ", ".join(overtaken[:NAMED]) + "…" * (len(overtaken) > NAMED)
        html = talk.text("editor.imported", done=done, overtaken=len(overtaken), named=named)
        talk.rewrite(message_id, html, [[talk.button("editor.button.home", "home", 0)]])
        return talk.plain("editor.toast.imported")

    def _compared(self, entries: tuple[Entry, ...]) -> _Report:
        newest = {version.entry_id: version for version in self._shelf.newest}
        report = _Report()
        for entry in self._adopted(entries, newest):
            there = newest.get(entry.id)
            if there is not None and there.entry is not None and not changed(there.entry, entry):
                report.same += 1
                continue
            (report.new if there is None or there.entry is None else report.other).append(entry)
            report.batch.append((replace(entry, folder=Path()), None if there is None else there.number))
        return report

    def _adopted(self, entries: Iterable[Entry], newest: Mapping[str, Version]) -> list[Entry]:
        """Entries with each id once; one whose question exists takes that entry's id."""
        there = {
            fold(version.entry.question[ANY]): version.entry
            for version in newest.values()
            if version.entry is not None and version.entry.question.keys() == {ANY}
        }
        found = {}
        for entry in entries:
            same = there.get(fold(entry.question.get(ANY, "")))
            adopted = entry if entry.id in newest or same is None else _told_anew(same, entry)
            found[adopted.id] = adopted
        return list(found.values())

    def _told(self, name: str, report: _Report, imported: Imported, talk: Talk) -> str:
        problems, remarks = imported.problems, imported.remarks
        return talk.text(
            "editor.import.report",
            name=cut(name, NAME),
            new=len(report.new),
            new_named=self._named(report.new, talk),
            other=len(report.other),
            other_named=self._named(report.other, talk),
            same=report.same,
            skipped=len({each.entry or each.line for each in problems}),
            problems=_placed(problems, self._view.problems(problems[:LINES], talk)),
            done=len(remarks),
            remarks=_placed(remarks, self._view.remarks(remarks[:LINES], talk)),
            untold=max(0, len(remarks) - LINES),
        )

    def _named(self, entries: list[Entry], talk: Talk) -> list[str]:
        return [cut(each.question_in(talk.language), NAME) for each in entries[:NAMED]]

    def _local_media(self) -> frozenset[str]:
        """The local files that entries name already; a file from Telegram may name no others."""
        named = (entry.media for entry in self._shelf.entries if entry.media is not None)
        return frozenset(media for media in named if not _travels(media))

    def _folder(self) -> Path:
        """The folder in which files named by entries are looked for."""
        return next((entry.folder for entry in self._faq.knowledge.entries), Path())


def _placed(found: Sequence[Problem | Remark], lines: Sequence[str]) -> list[dict[str, object]]:
    """What the lines say, each with its place in the file."""
    return [
        {"line": each.line, "entry": cut(each.entry, SHORT_NAME), "what": cut(what, LINE)}
        for each, what in zip(found, lines, strict=False)
    ]


def _told_anew(there: Entry, entry: Entry) -> Entry:
    """The entry with what a table says of it; all else stays."""
    return replace(
        there,
        answer=entry.answer or there.answer,
        category=entry.category or there.category,
        phrasings=entry.phrasings or there.phrasings,
        hidden=entry.hidden or there.hidden,
    )


def _travels(media: str) -> bool:
    return is_address(media) or in_telegram(media) is not None
