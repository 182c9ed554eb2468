"""The bot's standing in a chat: whether it is there, and what it may do."""

from dataclasses import dataclass

IN_FORUM = ("can_manage_topics", "can_delete_messages", "can_pin_messages")
IN_CHANNEL = ("can_post_messages", "can_edit_messages")
"""The rights that a desk needs in a group with topics, and in its channel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the bot is in a chat: `present` there, an `administrator`, and with which rights."""

    present: bool
    administrator: bool = False
    rights: frozenset[str] = frozenset()

    def lacks(self, needed: tuple[str, ...]) -> list[str]:
        """The needed rights that it does not have; a place apart is "administrator", which goes first."""
        if not self.administrator:
            return ["administrator"] if needed else []
        return [right for right in needed if right not in self.rights]
