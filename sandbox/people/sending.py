"""The kinds of message a person can send, each as a verb."""

from abc import ABC, abstractmethod

from sandbox.accounts import Json
from sandbox.chats import Message, Topic
from sandbox.content import samples
from sandbox.forwards import forwarded
from sandbox.world import World


class Sender(ABC):
    """Verbs for everything but text; an operator names the topic first."""

    world: World

    @abstractmethod
    async def sends(
        self,
        content: Json,
        topic: Topic | None = None,
        *,
        caption: str | None = None,
        to: Message | None = None,
    ) -> Message:
        """Send ready content, as the samples make it."""

    async def sends_photo(
        self,
        topic: Topic | None = None,
        *,
        caption: str | None = None,
        data: bytes | None = None,
        to: Message | None = None,
    ) -> Message:
        return await self.sends(samples.photo(self.world, data), topic, caption=caption, to=to)

    async def sends_video(
        self, topic: Topic | None = None, *, caption: str | None = None, to: Message | None = None
    ) -> Message:
        return await self.sends(samples.video(self.world), topic, caption=caption, to=to)

    async def sends_animation(
        self, topic: Topic | None = None, *, caption: str | None = None, to: Message | None = None
    ) -> Message:
        return await self.sends(samples.animation(self.world), topic, caption=caption, to=to)

    async def sends_voice(
        self, topic: Topic | None = None, *, caption: str | None = None, to: Message | None = None
    ) -> Message:
        return await self.sends(samples.voice(self.world), topic, caption=caption, to=to)

    async def sends_audio(
        self, topic: Topic | None = None, *, caption: str | None = None, to: Message | None = None
    ) -> Message:
        return await self.sends(samples.audio(self.world), topic, caption=caption, to=to)

    async def sends_document(
        self,
        topic: Topic | None = None,
        *,
        caption: str | None = None,
        name: str = "document.pdf",
        data: bytes | None = None,
        to: Message | None = None,
    ) -> Message:
        return await self.sends(samples.document(self.world, name, data), topic, caption=caption, to=to)

    async def sends_video_note(self, topic: Topic | None = None, *, to: Message | None = None) -> Message:
        return await self.sends(samples.video_note(self.world), topic, to=to)

    async def sends_sticker(
        self, topic: Topic | None = None, *, emoji: str = "👋", to: Message | None = None
    ) -> Message:
        return await self.sends(samples.sticker(self.world, emoji), topic, to=to)

    async def sends_location(
        self,
        topic: Topic | None = None,
        *,
        latitude: float = 55.7539,
        longitude: float = 37.6208,
        to: Message | None = None,
    ) -> Message:
        return await self.sends(samples.location(latitude, longitude), topic, to=to)

    async def sends_venue(
        self,
        topic: Topic | None = None,
        *,
        title: str = "Пункт выдачи",
        address: str = "ул. Примерная, 1",
        to: Message | None = None,
    ) -> Message:
        return await self.sends(samples.venue(title, address), topic, to=to)

    async def sends_contact(
        self,
        topic: Topic | None = None,
        *,
        phone: str = "+70000000000",
        name: str = "Пример",
        to: Message | None = None,
    ) -> Message:
        return await self.sends(samples.contact(phone, name), topic, to=to)

    async def sends_poll(
        self,
        topic: Topic | None = None,
        *,
        question: str = "Когда удобно?",
        options: tuple[str, ...] = ("Утром", "Вечером"),
        to: Message | None = None,
    ) -> Message:
        return await self.sends(samples.poll(self.world, question, options), topic, to=to)

    async def sends_dice(
        self, topic: Topic | None = None, *, emoji: str = "🎲", to: Message | None = None
    ) -> Message:
        return await self.sends(samples.dice(self.world, emoji), topic, to=to)

    async def sends_album(
        self,
        items: list[str] | list[Json],
        topic: Topic | None = None,
        *,
        caption: str | None = None,
        to: Message | None = None,
    ) -> list[Message]:
        """Several at once: ready contents, or just kinds as "photo" and "video"; the caption on the first."""
        contents = [samples.of(self.world, item) if isinstance(item, str) else item for item in items]
        group = {"media_group_id": self.world.album_id()}
        return [
            await self.sends(content | group, topic, caption=caption if n == 0 else None, to=to)
            for n, content in enumerate(contents)
        ]

    async def forwards(self, message: Message, topic: Topic | None = None) -> Message:
        """Pass a message on from wherever it stands."""
        return await self.sends(forwarded(message), topic)
