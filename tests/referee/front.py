"""One bot in one world, in process: what most of the referee's tests need."""

from typing import Any

from aiogram import Bot
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from sandbox import Customer, Operator, World, WorldSession
from sandbox.accounts import Json
from sandbox.wire.door import knock

HELPED = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Помогло", callback_data="helped")]]
)


class Desk:
    def __init__(self) -> None:
        self.world = World(seed=7)
        self.account = self.world.bot("support_bot", name="Support")
        self.group = self.world.forum("Операторы")
        rights = {"can_manage_topics": True, "can_delete_messages": True, "can_pin_messages": True}
        self.world.admit(self.group, self.account, **rights)
        self.bot = Bot(self.account.token, session=WorldSession(self.world))
        self.anna = Customer(self.world, self.account, "Анна")
        self.oleg = Operator(self.world, self.group, "Олег")

    async def call(self, name: str, /, **params: Any) -> tuple[int, str]:
        """Status and description of a call that aiogram itself might not let through."""
        answer = await knock(self.world, self.account.token, name, params)
        body: Json = self.bot.session.json_loads(answer.body)
        return answer.status, body.get("description") or ""

    async def refusal(self, name: str, /, **params: Any) -> str:
        status, description = await self.call(name, **params)
        assert status != 200, f"{name} was not refused"
        return description

    async def updates(self, kind: str | None = None) -> list[Json]:
        """What waits for the bot, of one kind perhaps; everything is confirmed."""
        found = [update.json() for update in self.world.mail[self.account.id].peek(100)]
        if found:
            self.world.mail[self.account.id].confirm(found[-1]["update_id"] + 1)
        return [update[kind] for update in found if kind in update] if kind else found
