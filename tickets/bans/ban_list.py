"""The managers' conversation about the banned: who, by whom, why, and a press that undoes it."""

from desk.authority import Attempt
from desk.conversation import Command, Conversation, Press, number
from desk.formatted import Html, cut
from desk.pages import pages
from desk.people import Customers
from desk.post import Button
from desk.talk import Talk
from tickets.bans.ban import Ban, Bans
from tickets.bans.banning import Banning

SHOWN = 5
NAME, REASON = 30, 200


class BanList(Conversation):
    """Shows /banned a page at a time, and lets people in again."""

    PRESSES = "ban"
    REFUSED = "ban.refused"
    REFUSED_ANONYMOUS = "ban.refused_anonymous"
    COMMANDS = frozenset({"banned"})

    def __init__(self, bans: Bans, customers: Customers, banning: Banning) -> None:
        self._bans, self._customers, self._banning = bans, customers, banning

    def attempt(self, wish: Press | Command) -> Attempt:
        """The attempt that a press or a command makes, for the audit."""
        if isinstance(wish, Command):
            return Attempt("banned")
        return Attempt(f"ban {wish.action}", wish.subject)

    def commanded(self, talk: Talk, command: Command) -> None:
        """Show the first page."""
        talk.say(*self._page(talk, 0))

    def pressed(self, talk: Talk, press: Press) -> str | None:
        """Turn a page, or undo a ban; returns the toast, if any."""
        match press.action, [number(word) for word in press.words]:
            case "page", [int(page)]:
                talk.rewrite(press.message_id, *self._page(talk, page))
                return None
            case "lift", [int(ban_id), int(page)]:
                done = self._lift(talk, ban_id)
                talk.rewrite(press.message_id, *self._page(talk, page))
                return talk.plain("ban.toast.lifted" if done else "ban.toast.already")
        return talk.plain("ban.toast.already")

    def _lift(self, talk: Talk, ban_id: int) -> bool:
        ban = self._bans.get(ban_id)
        if ban is None or ban.lifted_at is not None:
            return False
        return self._banning.lift(talk.person, self._customers.get(ban.customer_id)) is None

    def _page(self, talk: Talk, page: int) -> tuple[Html, list[list[Button]]]:
        """A page of the list, the last one if there are no longer so many."""
        count = self._bans.count()
        if not count:
            return Html(talk.text("ban.nobody")), []
        total = pages(count, SHOWN)
        page = min(page, total - 1)
        shown = self._bans.standing(SHOWN, page * SHOWN)
        lines = [self._line(talk, ban, page * SHOWN + place) for place, ban in enumerate(shown, 1)]
        rows = [[self._button(talk, ban, page, page * SHOWN + place)] for place, ban in enumerate(shown, 1)]
        turns = [
            talk.button(f"ban.button.{way}", "page", there)
            for way, there in (("back", page - 1), ("on", page + 1))
            if 0 <= there < total
        ]
        html = Html("\n\n".join([talk.text("ban.list", n=count), *lines]))
        return html, [*rows, turns] if turns else rows

    def _line(self, talk: Talk, ban: Ban, place: int) -> str:
        customer = self._customers.get(ban.customer_id)
        facts = {**self._banning.facts(ban), "reason": cut(ban.reason, REASON)}
        username = customer.person.username
        name = customer.name if username is None else f"{customer.name} (@{username})"
        return talk.text("ban.line", number=place, customer=name, **facts)

    def _button(self, talk: Talk, ban: Ban, page: int, place: int) -> Button:
        name = cut(self._customers.get(ban.customer_id).name, NAME)
        return talk.button("ban.button.lift", "lift", ban.id, page, number=place, customer=name)
