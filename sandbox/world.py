"""The world: everything the sandbox Telegram knows, and the few ways to set it up."""

import random
from typing import Any

from sandbox import linking, membership, migration
from sandbox.accounts import ANONYMOUS_ADMIN, TELEGRAM, Account, BotAccount
from sandbox.callbacks import Callbacks
from sandbox.changes import Changes, Watcher
from sandbox.chats import GENERAL, Chat, Kind, Member, Message, Status
from sandbox.clock import Clock
from sandbox.content import samples
from sandbox.content.files import LETTERS, Files
from sandbox.delivery import push
from sandbox.errors import ApiError, Refusal
from sandbox.faults import Faults
from sandbox.limits import Limits
from sandbox.log import Log
from sandbox.wire.mailbox import DAY, GARBLED, Mailbox, Update
from sandbox.wire.webhook import Webhooks


class World:
    """A synchronous state machine; both doors and all people act on it."""

    def __init__(self, seed: int = 7) -> None:
        self._seed = seed
        self.lenient = False  # whether what nobody knows is left out and written down, or refused
        self.changes = Changes()
        self.webhooks = Webhooks(self)
        self._update_ids: dict[int, int] = {}
        self._begin()

    def _begin(self) -> None:
        self.random = random.Random(self._seed)  # noqa: S311
        self.clock = Clock()
        self.log = Log()
        self.files = Files(self.clock, self.random)
        self.callbacks = Callbacks(self.clock)
        self.limits = Limits(self.clock)
        self.faults = Faults(self.random)
        self.accounts: dict[int, Account] = {a.id: a for a in (TELEGRAM, ANONYMOUS_ADMIN)}
        self.bots: dict[str, BotAccount] = {}
        self.mail: dict[int, Mailbox] = {}
        self.groups: dict[int, Chat] = {}
        self.private: dict[tuple[int, int], Chat] = {}
        self._albums = 0

    def reset(self) -> None:
        """Begin anew with nobody here; the same seed gives the same tokens, numbers of updates go on.

        Whoever waits for updates hears that there are none; webhooks are forgotten.
        """
        self._update_ids = {bot_id: box.end() for bot_id, box in self.mail.items()}
        self.webhooks.reset()
        self._begin()

    # who and where

    def bot(self, username: str, *, name: str | None = None, privacy: bool = True) -> BotAccount:
        bot_id = 7_100_000_001 + len(self.bots)
        token = f"{bot_id}:{''.join(self.random.choices(LETTERS, k=35))}"
        bot = BotAccount(bot_id, name or username, username=username, token=token, privacy=privacy)
        self.accounts[bot.id] = self.bots[token] = bot
        first = self.random.randrange(100_000_000, 900_000_000)
        self.mail[bot.id] = Mailbox(self.clock, self._update_ids.get(bot.id, first))
        return bot

    def person(
        self,
        first_name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        language: str | None = "ru",
        id: int | None = None,  # noqa: A002 - what everybody calls it
    ) -> Account:
        person_id = id or 5_200_000_001 + len(self.accounts)
        if person_id in self.accounts:
            return self.accounts[person_id]
        person = Account(person_id, first_name, last_name, username, language)
        self.accounts[person_id] = person
        return person

    def portray(self, person: Account, data: bytes | None = None) -> None:
        """Give somebody a profile photo, the newest of those there are."""
        person.portraits.insert(0, samples.photo(self, data)["photo"])

    def group(self, title: str) -> Chat:
        """A basic group: no topics, and one day it may migrate."""
        return self._chat(-(4_300_000_001 + len(self.groups)), "group", title)

    def supergroup(self, title: str, *, username: str | None = None) -> Chat:
        return self._chat(-(1_002_200_000_001 + len(self.groups)), "supergroup", title, username)

    def forum(self, title: str) -> Chat:
        forum = self.supergroup(title)
        forum.is_forum = True
        forum.last_id = GENERAL  # the number of the General topic is never a message's
        return forum

    def channel(self, title: str, *, linked: Chat | None = None, username: str | None = None) -> Chat:
        channel = self._chat(-(1_003_300_000_001 + len(self.groups)), "channel", title, username)
        if linked is not None:
            linking.watch(self, channel, linked)
        return channel

    def private_chat(self, bot: BotAccount, person: Account) -> Chat:
        """The chat of one person with one bot; both call it by the other's id."""
        key = bot.id, person.id
        if key not in self.private:
            self.private[key] = Chat(person.id, "private", person=person, bot=bot)
        return self.private[key]

    # who is what

    def admit(
        self,
        chat: Chat,
        account: Account,
        *,
        status: Status | None = None,
        anonymous: bool = False,
        title: str | None = None,
        by: Account | None = None,
        **rights: bool,
    ) -> Member:
        """Let somebody in; with any right, as an administrator."""
        status = status or ("administrator" if rights or anonymous else "member")
        if status == "administrator":
            rights = membership.admin_rights(chat, rights)
        return membership.become(
            self, chat, account, status, by=by, rights=rights, anonymous=anonymous, title=title
        )

    def demote(self, chat: Chat, account: Account, by: Account | None = None) -> Member:
        return membership.become(self, chat, account, "member", by=by)

    def restrict(self, chat: Chat, account: Account, by: Account | None = None, **rights: bool) -> Member:
        return membership.become(self, chat, account, "restricted", by=by, rights=rights)

    def expel(self, chat: Chat, account: Account, by: Account | None = None) -> Member:
        return membership.become(self, chat, account, "kicked", by=by)

    def migrate(self, group: Chat, *, forum: bool = False) -> Chat:
        """Turn a basic group into a supergroup; the old id answers with the new one."""
        return migration.migrate(self, group, forum=forum)

    # looking on

    def find_chat(self, chat_id: int, bot: BotAccount | None = None) -> Chat:
        """A chat by id; a private one needs the bot too when there are several."""
        if chat_id in self.groups:
            return self.groups[chat_id]
        bots = [bot] if bot else list(self.bots.values())
        found = [self.private[b.id, chat_id] for b in bots if (b.id, chat_id) in self.private]
        if len(found) != 1:
            raise LookupError(f"{len(found)} chats with id {chat_id}")
        return found[0]

    def by_username(self, name: str) -> Chat | None:
        """A public group or channel by its @name."""
        wanted = name.removeprefix("@").lower()
        return next((c for c in self.groups.values() if c.username and c.username.lower() == wanted), None)

    def history(
        self, chat_id: int, thread_id: int | None = None, *, bot: BotAccount | None = None
    ) -> list[Message]:
        """Messages as they stand, oldest first; in a forum, of one topic (or of General)."""
        chat = self.find_chat(chat_id, bot)
        if thread_id is None and not chat.is_forum:
            return list(chat.messages.values())
        return [chat.messages[n] for n in chat.threads.get(thread_id, [])]

    def subscribe(self, watcher: Watcher) -> Any:
        return self.changes.subscribe(watcher)

    # mischief

    def poison(self, bot: BotAccount) -> None:
        """An update that aiogram's models cannot parse."""
        push(self, bot, "message", {"message": {"message_id": "not a number", "chat": None}}, None)

    def garble(self, bot: BotAccount, anything: Any) -> None:
        """Something that is no update at all, handed out in the place of one."""
        push(self, bot, GARBLED, {GARBLED: anything}, None)

    def unknown_update(self, bot: BotAccount) -> None:
        """A kind of update nobody has heard of yet."""
        push(self, bot, "quantum_message", {"quantum_message": {"state": "both"}}, None)

    def duplicate(self, update_id: int) -> None:
        """Deliver an update once more under its old number."""
        made = next(u for u in reversed(self.log.updates()) if u.update_id == update_id)
        expires = self.clock.now() + DAY
        self.mail[made.bot].repeat(Update(update_id, made.kind, expires, f"repeat {update_id}", made.body))

    def gap(self, bot: BotAccount, count: int = 100) -> None:
        self.mail[bot.id].skip(count)

    def bot_by_token(self, token: str) -> BotAccount:
        bot = self.bots.get(token)
        if bot is None or bot.revoked:
            shaped = token.partition(":")[0].isdigit()
            raise ApiError(Refusal.UNAUTHORIZED if shaped else Refusal.INVALID_TOKEN)
        return bot

    def album_id(self) -> str:
        self._albums += 1
        return str(13_600_000_000_000_000 + self._albums)

    def _chat(self, chat_id: int, kind: Kind, title: str, username: str | None = None) -> Chat:
        chat = self.groups[chat_id] = Chat(chat_id, kind, title, username)
        return chat
