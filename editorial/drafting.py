"""The buttons of a draft: each bears the draft's token, so it does what its message shows or nothing."""

from collections.abc import Sequence

from desk.conversation import Press, number
from desk.talk import Talk
from editorial.bench import Bench
from editorial.composing import ENTRY_STEPS
from editorial.draft import Draft, Step
from editorial.preview import joined
from tickets.menu import short_tag

PRESSES = frozenset(
    str.split("save cancel resume field skip person clear lang pick join mine theirs join_both apply")
)


class Drafting:
    """What a press on one of them does."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def pressed(self, press: Press, talk: Talk) -> str | None:
        """The toast to show, if any; a draft that is no more, or is somebody else's, is said."""
        action, words, message_id = press.action, press.words, press.message_id
        draft = self._bench.drafts.find(words[0])
        if draft is None:
            talk.disarm(message_id)
            return talk.plain("editor.dead_button")
        if draft.manager_id != talk.person.telegram_id:
            return talk.plain("editor.not_yours")
        word, count = words[1] if len(words) > 1 else "", _number(words[2:] or words[1:])
        match action:
            case "save":
                return self._bench.saving.save(draft, message_id, talk)
            case "mine" | "theirs" | "join_both" if draft.entry_id is not None:
                return self._bench.saving.settle(action, draft, count, message_id, talk)
            case "apply" if draft.batch:
                return self._bench.exchange.apply(draft, message_id, talk)
            case "cancel":
                self._bench.drafts.drop(draft)
                talk.rewrite(message_id, talk.text("editor.cancelled"))
                return None
            case "field" if word in ENTRY_STEPS:
                self._bench.composing.ask_for(draft, Step(word), count, message_id, talk)
                return None
        return self._changed(action, draft, word, message_id, talk)

    def _changed(self, action: str, draft: Draft, word: str, message_id: int, talk: Talk) -> str | None:
        """Buttons that answer what was asked, or change the draft at once: their message has had its day."""
        composing = self._bench.composing
        talk.disarm(message_id)
        match action:
            case "resume":
                composing.go_on(draft, talk)
            case "skip":
                composing.skip(draft, talk)
            case "person":
                composing.call_person(draft, talk)
            case "clear":
                composing.clear(draft, word, talk)
            case "lang":
                composing.speak(draft, word, talk)
            case "pick":
                return self._pick(draft, word, talk)
            case "join":
                return self._join(draft, word, talk)
        return None

    def _pick(self, draft: Draft, tag: str, talk: Talk) -> str | None:
        """A section there is, with its names in every language."""
        sections = self._bench.shelf.sections(talk.language)
        found = next((each.versions[0].entry for each in sections if each.tag == tag), None)
        if found is None:
            return talk.plain("editor.section_gone")
        self._bench.composing.pick_section(draft, dict(found.category), talk)
        return None

    def _join(self, draft: Draft, tag: str, talk: Talk) -> str | None:
        """The new question becomes a phrasing of an entry that is there already."""
        versions = self._bench.shelf.newest
        found = next((each for each in versions if short_tag(each.entry_id) == tag), None)
        if found is None or found.entry is None:
            return talk.plain("editor.dead_button")
        entry = joined(draft, found.entry)
        self._bench.composing.replace(draft, found, entry, talk)
        return None


def _number(words: Sequence[str]) -> int:
    return number(words[0]) or 0 if words else 0
