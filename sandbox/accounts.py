"""Who exists: people and bots, as Telegram shows them to others."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

TELEGRAM_ID = 777000
ANONYMOUS_ADMIN_ID = 1087968824


@dataclass(eq=False)
class Account:
    """Somebody with an id: a person or a bot."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language: str | None = None
    is_bot: bool = False
    deactivated: bool = False
    accepts_voice: bool = True
    portraits: list[list[Json]] = field(default_factory=list)
    """Profile photos, the newest first, each in its sizes."""

    def card(self) -> Json:
        """The `User` object others see."""
        card: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.last_name:
            card["last_name"] = self.last_name
        if self.username:
            card["username"] = self.username
        if self.language and not self.is_bot:
            card["language_code"] = self.language
        return card

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name


@dataclass(eq=False)
class BotAccount(Account):
    """A bot: an account with a token and the things BotFather keeps for it."""

    token: str = ""
    is_bot: bool = True
    privacy: bool = True
    revoked: bool = False
    fancy: bool = False
    """Whether it may use custom emoji, which Telegram sells."""
    commands: dict[str, list[Json]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    pays: bool = False
    """Whether BotFather lets it broadcast for Stars; it needs ten thousand users a month for that."""
    star_tenths: int = 0
    """Its balance, in tenths of a Telegram Star."""

    def me(self) -> Json:
        """What getMe answers."""
        return self.card() | {
            "can_join_groups": True,
            "can_read_all_group_messages": not self.privacy,
            "supports_inline_queries": False,
            "supports_guest_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
            "has_topics_enabled": False,
            "allows_users_to_create_topics": False,
            "can_manage_bots": False,
        }


FOUNDER = Account(5_100_000_001, "Founder")
"""Who made a chat, where a story names nobody."""
TELEGRAM = Account(TELEGRAM_ID, "Telegram")
ANONYMOUS_ADMIN = Account(ANONYMOUS_ADMIN_ID, "Group", username="GroupAnonymousBot", is_bot=True)
