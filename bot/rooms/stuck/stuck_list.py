"""The managers' conversation about what is stuck: a list, a look at each, and the way back or out."""

from bot.rooms.stuck.stuck_words import StuckWords
from bot.rooms.stuck.way_back import WayBack
from desk.authority import Attempt
from desk.conversation import Command, Conversation, Press, number
from desk.formatted import Html
from desk.pages import pages, turns
from desk.post import Button
from desk.talk import Talk
from storage.stuck import StuckRow, StuckStore

SHOWN = 5
AT_ONCE = 500
"""So many go back by one press; it is pressed again for more."""


class StuckList(Conversation):
    """Shows /stuck a page at a time; the role is asked for at every press."""

    PRESSES = "stuck"
    REFUSED = "stuck.refused"
    REFUSED_ANONYMOUS = "stuck.refused_anonymous"
    COMMANDS = frozenset({"stuck"})

    def __init__(self, stuck: StuckStore, way_back: WayBack, words: StuckWords) -> None:
        self._stuck, self._way_back, self._words = stuck, way_back, words

    def attempt(self, wish: Press | Command) -> Attempt:
        """The attempt that a press or a command makes, for the audit."""
        if isinstance(wish, Command):
            return Attempt("stuck")
        return Attempt(f"stuck {wish.action}", wish.subject)

    def commanded(self, talk: Talk, command: Command) -> None:
        """Show the first page."""
        talk.say(*self._page(talk, 0))

    def pressed(self, talk: Talk, press: Press) -> str | None:
        """Turn a page, show one, or let it go on; returns the toast, if any."""
        page = number(press.words[-1]) if press.words else None
        match press.action, press.words:
            case "page", [_]:
                toast = None
            case "show", [name, _]:
                return self._show(talk, name, page or 0)
            case "retry", [name, _]:
                toast = talk.plain(
                    "stuck.toast.retried" if self._way_back.retry(name) else "stuck.toast.gone"
                )
            case "drop", [name, _]:
                toast = talk.plain("stuck.toast.dropped" if self._way_back.drop(name) else "stuck.toast.gone")
            case "all", [_]:
                toast = talk.plain("stuck.toast.all", n=self._way_back.retry_all(AT_ONCE))
            case _:
                return talk.plain("stuck.toast.gone")
        talk.rewrite(press.message_id, *self._page(talk, page or 0))
        return toast

    def _show(self, talk: Talk, name: str, page: int) -> str | None:
        """One of them with what it says, in a message of its own."""
        item = self._stuck.get(name)
        if item is None:
            return talk.plain("stuck.toast.gone")
        facts = self._facts(talk, item)
        talk.say(
            talk.text("stuck.shown", **facts, error=item.error or "—", says=self._words.says(item) or "—"),
            [self._buttons(talk, item, page)],
        )
        return None

    def _page(self, talk: Talk, page: int) -> tuple[Html, list[list[Button]]]:
        """A page of the list, the last one if there are no longer so many."""
        count = self._stuck.count()
        if not count:
            return Html(talk.text("stuck.nothing")), []
        total = pages(count, SHOWN)
        page = min(page, total - 1)
        shown = self._stuck.newest(SHOWN, page * SHOWN)
        lines, rows = [talk.text("stuck.list", n=count)], []
        for place, item in enumerate(shown, page * SHOWN + 1):
            lines.append(talk.text("stuck.line", number=place, **self._facts(talk, item)))
            show = talk.button("stuck.button.show", "show", item.name, page, place=f"{place}. ")
            rows.append([show, *self._buttons(talk, item, page)])
        if count > 1:
            rows.append([talk.button("stuck.button.all", "all", page)])
        turned = [talk.button(f"ban.button.{way}", "page", there) for way, there in turns(page, total)]
        return Html("\n\n".join(lines)), [*rows, turned] if turned else rows

    def _facts(self, talk: Talk, item: StuckRow) -> dict[str, str]:
        words, language = self._words, talk.language
        return {
            "what": words.title(item, language),
            "when": words.when(item, language),
            "why": words.why(item, language),
            "name": item.name,
        }

    def _buttons(self, talk: Talk, item: StuckRow, page: int) -> list[Button]:
        return [talk.button(f"stuck.button.{what}", what, item.name, page) for what in ("retry", "drop")]
