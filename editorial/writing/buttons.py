"""The buttons of a draft: each carries the draft's token and works only while the draft is unchanged."""

from collections.abc import Sequence

from desk.conversation import Press, number
from desk.talk import Talk
from editorial.entries.shelf import Shelf
from editorial.writing.composer import ENTRY_PARTS, EntryComposer
from editorial.writing.draft import EntryDraft, EntryDrafts, Wanted
from editorial.writing.exchange import Exchange
from editorial.writing.preview import joined
from editorial.writing.saver import DraftSaver
from tickets.customer_side.menu import short_tag

PRESSES = frozenset(
    str.split("save cancel resume field skip person clear lang pick join mine theirs join_both apply")
)


class DraftButtons:
    """Carries out presses on a draft's buttons."""

    def __init__(
        self,
        drafts: EntryDrafts,
        *,
        shelf: Shelf,
        composer: EntryComposer,
        saver: DraftSaver,
        exchange: Exchange,
    ) -> None:
        self._drafts, self._shelf, self._composer = drafts, shelf, composer
        self._saver, self._exchange = saver, exchange

    def pressed(self, press: Press, talk: Talk) -> str | None:
        """Carry out a press; returns the toast, if any, also for a draft that is gone or not theirs."""
        action, words, message_id = press.action, press.words, press.message_id
        draft = self._drafts.find(words[0])
        if draft is None:
            talk.disarm(message_id)
            return talk.plain("editor.dead_button")
        if draft.manager_id != talk.person.telegram_id:
            return talk.plain("editor.not_yours")
        word, which = words[1] if len(words) > 1 else "", _number(words[2:] or words[1:])
        match action:
            case "save":
                return self._saver.save(draft, message_id, talk)
            case "mine" | "theirs" | "join_both" if draft.entry_id is not None:
                return self._saver.settle(action, draft, which, message_id, talk)
            case "apply" if draft.batch:
                return self._exchange.apply(draft, message_id, talk)
            case "cancel":
                self._drafts.drop(draft)
                talk.rewrite(message_id, talk.text("editor.cancelled"))
                return None
            case "field" if word in ENTRY_PARTS:
                self._composer.ask_for(draft, Wanted(word), which, message_id, talk)
                return None
        return self._changed(action, draft, word, message_id, talk)

    def _changed(self, action: str, draft: EntryDraft, word: str, message_id: int, talk: Talk) -> str | None:
        """Carry out a press that changes the draft, whose message is of no use afterwards."""
        composer = self._composer
        talk.disarm(message_id)
        match action:
            case "resume":
                composer.go_on(draft, talk)
            case "skip":
                composer.skip(draft, talk)
            case "person":
                composer.call_person(draft, talk)
            case "clear":
                composer.clear(draft, word, talk)
            case "lang":
                composer.speak(draft, word, talk)
            case "pick":
                return self._pick(draft, word, talk)
            case "join":
                return self._join(draft, word, talk)
        return None

    def _pick(self, draft: EntryDraft, tag: str, talk: Talk) -> str | None:
        """The category of a pressed tag, with its names in every language."""
        sections = self._shelf.sections(talk.language)
        found = next((each.versions[0].entry for each in sections if each.tag == tag), None)
        if found is None:
            return talk.plain("editor.section_gone")
        self._composer.pick_section(draft, dict(found.category), talk)
        return None

    def _join(self, draft: EntryDraft, tag: str, talk: Talk) -> str | None:
        """Make the new question a phrasing of an existing entry."""
        versions = self._shelf.newest
        found = next((each for each in versions if short_tag(each.entry_id) == tag), None)
        if found is None or found.entry is None:
            return talk.plain("editor.dead_button")
        entry = joined(draft, found.entry)
        self._composer.replace(draft, found, entry, talk)
        return None


def _number(words: Sequence[str]) -> int:
    return number(words[0]) or 0 if words else 0
