"""What a person sees in a chat, and waiting to see it."""

from sandbox.accounts import Account, Json
from sandbox.changes import Change
from sandbox.chats import Chat, Message
from sandbox.world import World

WITHIN = 30.0


def words(message: Message) -> str:
    """Whatever can be read in a message."""
    poll: Json = message.get("poll") or {}
    parts = [message.get("text"), message.get("caption"), poll.get("question")]
    return "\n".join(part for part in parts if part)


def buttons(message: Message) -> list[str]:
    rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def line(message: Message) -> str:
    """One message on one line, for a failure to be read."""
    who = (message.get("sender_chat") or message.get("from") or {}).get("title") or message.get(
        "from", {}
    ).get("first_name", "?")
    kinds = [key for key in message if key in KINDS]
    what = words(message) or ", ".join(kinds) or "service message"
    held = " ".join(f"[{text}]" for text in buttons(message))
    return f"  {message['message_id']:>4} {who}: {what!r} {held}".rstrip()


KINDS = frozenset(
    str.split(
        "photo video voice video_note document audio sticker animation location venue contact poll dice "
        "forum_topic_created forum_topic_edited forum_topic_closed forum_topic_reopened pinned_message"
    )
)


class Eyes:
    """One person's view of one chat: remembers what was already noticed."""

    def __init__(self, world: World, chat: Chat, who: Account) -> None:
        self.world = world
        self.chat = chat
        self.who = who
        self._noticed: set[tuple[int, int]] = set()

    def all(self, thread: int | None = None) -> list[Message]:
        ids = self.chat.threads.get(thread, [])
        found = (self.chat.messages[message_id] for message_id in ids)
        return [message for message in found if not message.get("_deleted")]

    async def notice(
        self, text: str, thread: int | None = None, *, kind: str | None = None, within: float = WITHIN
    ) -> Message:
        """The oldest message of somebody else, not noticed before, that fits; waits for it if need be."""

        def fits(message: Message) -> bool:
            return self._is_news(message, thread) and text in words(message) and (not kind or kind in message)

        found = next(filter(fits, self.all(thread)), None)
        if found is None:
            change = await self.world.changes.until(
                lambda c: self._is_here(c) and fits(c.message or {}), within
            )
            found = change.message if change else None
        if found is None:
            wanted = kind or repr(text)
            raise AssertionError(f"{self.who.first_name} does not see {wanted}:\n{self.describe(thread)}")
        self._noticed.add(_sight(found))
        return found

    async def nothing(self, seconds: float, thread: int | None = None) -> None:
        """Nothing new comes for so long."""
        for message in self.all(thread):
            self._noticed.add(_sight(message))
        change = await self.world.changes.until(
            lambda c: self._is_here(c) and self._is_news(c.message or {}, thread), seconds
        )
        if change is not None:
            raise AssertionError(f"{self.who.first_name} sees something:\n{self.describe(thread)}")

    async def button(
        self, caption: str, thread: int | None = None, *, on: Message | None = None, within: float = WITHIN
    ) -> tuple[Message, Json]:
        """The newest message that has such a button, and the button; waits for it if need be."""

        def found() -> tuple[Message, Json] | None:
            return find_button([on] if on else self.all(thread), caption)

        if found() is None:
            await self.world.changes.until(lambda c: self._is_here(c) and found() is not None, within)
        pressed = found()
        if pressed is None:
            raise AssertionError(
                f"{self.who.first_name} finds no button {caption!r}:\n{self.describe(thread)}"
            )
        return pressed

    def describe(self, thread: int | None = None) -> str:
        lines = [line(message) for message in self.all(thread)]
        return "\n".join(lines) or "  (an empty chat)"

    def _is_here(self, change: Change) -> bool:
        return change.chat is self.chat and change.what in {"message", "edited"}

    def _is_news(self, message: Message, thread: int | None) -> bool:
        place = message.get("message_thread_id") if message.get("is_topic_message") else None
        return (
            message["_by"] != self.who.id
            and place == thread
            and not message.get("_deleted")
            and _sight(message) not in self._noticed
        )


def _sight(message: Message) -> tuple[int, int]:
    """A message as it stands now: an edit makes it new to the eye."""
    return message["message_id"], message.get("_version", 0)


def find_button(messages: list[Message], wanted: str) -> tuple[Message, Json] | None:
    """The very caption if there is one, else a caption that contains it."""
    for exact in (True, False):
        for message in reversed(messages):
            for row in (message.get("reply_markup") or {}).get("inline_keyboard", []):
                for button in row:
                    if button["text"] == wanted or (not exact and wanted in button["text"]):
                        return message, button
    return None
