"""Checks in Telegram itself what a desk's configuration needs, and says what to do about what is missing."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramUnauthorizedError,
)
from aiogram.types import Chat, ChatFullInfo, User

from bot.config import ConfigProblem, Desk, Settings
from bot.telegram.client import BotSession
from bot.telegram.routes import RouteLimits, TelegramRoutes
from desk.paid import LEAST_BALANCE, grouped
from desk.standing import IN_CHANNEL, IN_FORUM

PATIENCE = 15
ROUTE_PATIENCE = 10
GROUP_KINDS = ("group", "supergroup")


@dataclass
class Findings:
    """What must be put right, what is only a hint, and how each way to Telegram answers."""

    problems: list[ConfigProblem] = field(default_factory=list)
    remarks: list[ConfigProblem] = field(default_factory=list)
    routes: list[ConfigProblem] = field(default_factory=list)


async def check_online(settings: Settings) -> Findings:
    """Ask Telegram about every desk."""
    findings = Findings()
    for number, (name, desk) in enumerate(settings.desk.items()):
        token = desk.token.get_secret_value()
        routes = TelegramRoutes.of(settings.telegram, token, RouteLimits(patience=ROUTE_PATIENCE))
        async with Bot(token, session=BotSession(routes, timeout=PATIENCE)) as bot:
            found = await _ways(routes)
            if number == 0:  # for the others they are the same
                findings.routes += found.routes
                findings.remarks += found.remarks
            await DeskCheck(bot, f"desk.{name}", desk, findings).run(settings.telegram.updates)
    return findings


async def _ways(routes: TelegramRoutes) -> Findings:
    """Try every way to Telegram, and take the best one that answers."""
    findings = Findings()
    reasons = await asyncio.gather(*(routes.probe(route) for route in routes.all))
    for number, (route, reason) in enumerate(zip(routes.all, reasons, strict=True)):
        key = f"telegram.routes[{number}]"
        if reason is None:
            params = {"route": route.name, "ms": round(1000 * (route.latency or 0))}
            findings.routes.append(ConfigProblem(key, "check.route_answers", params))
        else:
            params = {"route": route.name, "reason": reason}
            findings.remarks.append(ConfigProblem(key, "check.route_silent", params))
    answering = (route for route, reason in zip(routes.all, reasons, strict=True) if reason is None)
    routes.current = next(answering, routes.current)
    return findings


class DeskCheck:
    """Checks one desk's bot, group, channel and managers."""

    def __init__(self, bot: Bot, where: str, desk: Desk, findings: Findings) -> None:
        self._bot, self._where, self._desk, self._findings = bot, where, desk, findings

    async def run(self, updates: str) -> None:
        """Ask Telegram, what others depend on first."""
        me = await self._me()
        if me is None:
            return
        checks: list[Callable[[], Awaitable[None]]] = [
            lambda: self._group(me),
            lambda: self._channel(me),
            lambda: self._managers(me),
            lambda: self._webhook(updates),
            self._stars,
        ]
        for check in checks:
            try:
                await check()
            except (TelegramAPIError, ClientDecodeError) as error:
                self._problem("telegram.api_url", "check.telegram_says", reason=_reason(error))

    async def _me(self) -> User | None:
        try:
            return await self._bot.get_me()
        except (TelegramUnauthorizedError, TelegramNotFound):
            self._problem("token", "check.token_refused")
        except TelegramNetworkError:
            self._problem("telegram.api_url", "check.no_connection")
        except (TelegramAPIError, ClientDecodeError) as error:
            self._problem("telegram.api_url", "check.telegram_says", reason=_reason(error))
        return None

    async def _group(self, me: User) -> None:
        chat = await self._chat("operators_group", self._desk.operators_group)
        if chat is None:
            return
        if chat.type not in GROUP_KINDS:
            self._problem("operators_group", "check.not_a_group")
        elif chat.is_forum:
            await self._rights("operators_group", chat, me, IN_FORUM)
        else:
            self._remark("operators_group", "check.plain_group")
            await self._rights("operators_group", chat, me, ())

    async def _channel(self, me: User) -> None:
        if self._desk.incident_channel is None:
            return
        chat = await self._chat("incident_channel", self._desk.incident_channel)
        if chat is None:
            return
        if chat.type != "channel":
            self._problem("incident_channel", "check.not_a_channel")
            return
        await self._rights("incident_channel", chat, me, IN_CHANNEL)
        if chat.linked_chat_id == self._desk.operators_group:
            self._problem("incident_channel", "check.linked_to_group")

    async def _managers(self, me: User) -> None:
        for person in self._desk.managers:
            try:
                await self._bot.get_chat(person)
            except TelegramAPIError:
                self._remark("managers", "check.manager_unreachable", person=person, bot=me.username)

    async def _webhook(self, updates: str) -> None:
        webhook = await self._bot.get_webhook_info()
        if updates == "polling" and webhook.url:
            self._problem("telegram.updates", "check.webhook_is_set")
        if updates == "webhook" and webhook.last_error_message:
            self._remark("telegram.webhook.url", "check.webhook_fails", reason=webhook.last_error_message)

    async def _stars(self) -> None:
        if not self._desk.paid_broadcast:
            return
        balance = (await self._bot.get_my_star_balance()).amount
        if balance < LEAST_BALANCE:
            self._remark(
                "paid_broadcast",
                "check.too_few_stars",
                balance=grouped(balance),
                least=grouped(LEAST_BALANCE),
            )

    async def _chat(self, key: str, number: int) -> ChatFullInfo | None:
        try:
            chat = await self._bot.get_chat(number)
            if (
                chat.type == "group"
            ):  # a group that has moved on can still be read; asked for members, it says so
                await self._bot.get_chat_member_count(number)
            return chat
        except TelegramMigrateToChat as moved:
            self._problem(key, "check.moved", number=moved.migrate_to_chat_id)
        except TelegramNetworkError:
            raise
        except TelegramAPIError:
            self._problem(key, "check.no_such_chat")
        return None

    async def _rights(self, key: str, chat: Chat, me: User, wanted: Sequence[str]) -> None:
        member = await self._bot.get_chat_member(chat.id, me.id)
        if member.status not in {"administrator", "creator"}:
            self._problem(key, "check.not_an_administrator", chat=chat.title)
            return
        for right in wanted:
            if not getattr(member, right, False):
                self._problem(key, f"check.right.{right}", chat=chat.title)

    def _problem(self, key: str, text: str, **params: Any) -> None:
        self._findings.problems.append(ConfigProblem(self._key(key), text, params))

    def _remark(self, key: str, text: str, **params: Any) -> None:
        self._findings.remarks.append(ConfigProblem(self._key(key), text, params))

    def _key(self, key: str) -> str:
        return key if "." in key else f"{self._where}.{key}"


def _reason(error: Exception) -> str:
    return str(getattr(error, "message", error)).partition("\n")[0]
