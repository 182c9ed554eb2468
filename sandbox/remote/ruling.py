"""Setting the world up and upsetting it, over the wire."""

from collections.abc import Callable
from typing import Any

from sandbox.accounts import Account, Json
from sandbox.chats import Chat
from sandbox.faults import Fault
from sandbox.remote.troupe import Troupe
from sandbox.world import World

FAULTS = frozenset(
    str.split(
        "too_many_requests internal_error restart bad_gateway truncated_json reset_before reset_after hangs "
        "blocked deactivated topic_deleted topic_closed migrated rights_lost refusal unauthorized"
    )
)
PACE = {"enforced", "chat_per_second", "chat_burst", "group_per_minute", "bulk_per_second"}


class Ruling:
    def __init__(self, world: World, troupe: Troupe, furnish: Callable[[], Json]) -> None:
        self._world = world
        self._troupe = troupe
        self._furnish = furnish
        self._known: dict[str, Callable[..., Any]] = {
            "person": self._person,
            "bot": self._bot,
            "forum": lambda title: self._chat(world.forum(title)),
            "group": lambda title: self._chat(world.group(title)),
            "supergroup": lambda title: self._chat(world.supergroup(title)),
            "channel": self._channel,
            "admit": lambda chat, who, **rights: self._member("admit", chat, who, rights),
            "restrict": lambda chat, who, **rights: self._member("restrict", chat, who, rights),
            "demote": lambda chat, who: self._member("demote", chat, who, {}),
            "expel": lambda chat, who: self._member("expel", chat, who, {}),
            "migrate": lambda chat, forum=False: self._chat(
                world.migrate(world.find_chat(chat), forum=forum)
            ),
            "shift": lambda seconds: world.clock.shift(seconds),
            "pace": self._pace,
            "fault": self._fault,
            "no_faults": lambda: world.faults.clear(),
            "reset": self._reset,
            "poison": lambda bot=None: world.poison(troupe.bot(bot)),
            "garble": lambda anything, bot=None: world.garble(troupe.bot(bot), anything),
            "unknown_update": lambda bot=None: world.unknown_update(troupe.bot(bot)),
            "duplicate": world.duplicate,
            "gap": lambda bot=None, count=100: world.gap(troupe.bot(bot), count),
        }

    def do(self, asked: Json) -> Any:
        """One change: `{"does": "forum", "title": "…"}`."""
        params = dict(asked)
        name = str(params.pop("does", ""))
        if name not in self._known:
            raise ValueError(f"the world does not {name!r}; it does: {', '.join(sorted(self._known))}")
        return self._known[name](**params)

    def _reset(self) -> Json:
        """Everything as it was at the start; says what the first line of output said."""
        self._world.reset()
        self._troupe.people.clear()
        return self._furnish()

    def _person(self, who: str, role: str, place: Any = None, **about: Any) -> Json:
        return {"id": self._troupe.enter(who, role, place, **about).id}

    def _bot(self, username: str, name: str | None = None, *, privacy: bool = True) -> Json:
        bot = self._world.bot(username, name=name, privacy=privacy)
        return {"id": bot.id, "token": bot.token, "username": bot.username}

    def _channel(self, title: str, linked: int | None = None) -> Json:
        group = None if linked is None else self._world.find_chat(linked)
        return self._chat(self._world.channel(title, linked=group))

    def _member(self, verb: str, chat: int, who: str, rights: dict[str, bool]) -> str:
        person = self._troupe.people.get(who)
        account: Account = person.account if person else self._troupe.bot(who)
        member = getattr(self._world, verb)(self._world.find_chat(chat), account, **rights)
        return str(member.status)

    def _pace(self, **limits: Any) -> None:
        for name, value in limits.items():
            if name not in PACE:
                raise ValueError(f"no limit {name!r}")
            setattr(self._world.limits, name, value)

    def _fault(self, kind: str, details: Json | None = None, **where: Any) -> None:
        if kind not in FAULTS:
            raise ValueError(f"no fault {kind!r}; there are: {', '.join(sorted(FAULTS))}")
        self._world.faults.add(getattr(Fault, kind)(**(details or {})), **where)

    @staticmethod
    def _chat(chat: Chat) -> Json:
        return {"id": chat.id, "type": chat.kind}
