"""People by name, doing what they are told over the wire."""

import inspect
from collections.abc import Callable
from typing import Any

from sandbox.accounts import BotAccount, Json
from sandbox.chats import Topic
from sandbox.delivery import view
from sandbox.people import Customer, Manager, Operator
from sandbox.world import World

Person = Customer | Operator
ROLES = {"customer": Customer, "manager": Manager}


class Troupe:
    def __init__(self, world: World) -> None:
        self._world = world
        self.people: dict[str, Person] = {}
        self.on_enter: Callable[[Person], None] = lambda person: None

    def enter(self, who: str, role: str, place: Any, **about: Any) -> Person:
        """A new person: customers and managers come to a bot, operators to a group."""
        if who in self.people:
            raise ValueError(f"{who} is already here")
        name = about.pop("name", who)
        if role == "operator":
            self.people[who] = Operator(self._world, self._world.find_chat(int(place)), name, **about)
        elif role in ROLES:
            self.people[who] = ROLES[role](self._world, self.bot(place), name, **about)
        else:
            raise ValueError(f"nobody is a {role}: customer, manager or operator")
        self.on_enter(self.people[who])
        return self.people[who]

    def bot(self, username: str | None) -> BotAccount:
        """A bot by its username; the first one if it is not said."""
        for bot in self._world.bots.values():
            if username in {None, bot.username}:
                return bot
        raise ValueError(f"no bot {username}")

    async def act(self, act: Json) -> Any:
        """One deed: `{"who": …, "does": …, "args": […], "kwargs": {…}}`."""
        person = self.people.get(str(act.get("who")))
        if person is None:
            raise ValueError(
                f"nobody called {act.get('who')!r}; here are: {', '.join(self.people) or 'none'}"
            )
        name = str(act.get("does"))
        verb = None if name.startswith("_") else getattr(person, name, None)
        if not inspect.iscoroutinefunction(verb):
            raise ValueError(f"{type(person).__name__} cannot {name}")
        args = [self._meant(person, value) for value in act.get("args", [])]
        kwargs = {key: self._meant(person, value) for key, value in act.get("kwargs", {}).items()}
        return shown(await verb(*args, **kwargs))

    def _meant(self, person: Person, value: Any) -> Any:
        """`{"message": 5}`, `{"topic": 7}` and `{"chat": -100…}` stand for the things themselves."""
        if not isinstance(value, dict) or len(value) != 1:
            return value
        chat = person.group if isinstance(person, Operator) else person.chat
        match value:
            case {"message": int(number)}:
                return chat.messages[number]
            case {"topic": int(number)}:
                return chat.topics[number]
            case {"chat": int(number)}:
                return self._world.find_chat(number)
        return value


def shown(value: Any) -> Any:
    """What came of a deed, as JSON."""
    if isinstance(value, Topic):
        return value.card() | {"closed": value.closed}
    if isinstance(value, dict):
        return view(value)
    if isinstance(value, list):
        return [shown(item) for item in value]
    return value if isinstance(value, str | int | float | None) else str(value)
