"""The next call for a kept message: carried whole or in parts, and its copy brought up to date."""

from dataclasses import dataclass, replace
from typing import Any

from bot.engine.front import Keep, Step
from bot.rooms.desk_rooms import DeskRooms
from bot.telegram import render
from bot.telegram.addressing import addressed, sent_ids
from bot.telegram.context import TelegramContext
from bot.telegram.lighter import Rung, SendOptions
from bot.telegram.uploads import Call
from desk.content import TEXT_LIMIT, Content, can_join, joined
from desk.formatted import good_end
from desk.kinds import CAPTIONED
from desk.post import Carry
from desk.profile import DeskPlaces
from tickets.ticket import Message, Place

PIECE = 1000
"""The length of short pieces: what any limit on words is likely to let through."""


@dataclass(frozen=True, slots=True)
class CarrySteps:
    """Makes the steps for the kept messages of one run, as its options say."""

    context: TelegramContext
    places: DeskPlaces
    options: SendOptions

    def carry(self, body: Carry) -> Step:
        """The step that carries the run, a part of its message, or the header ahead of it."""
        if body.rest is not None:
            return self._rest(body, body.rest)
        contents = [message.content for message in self.context.messages]
        reply = self.context.places.reply
        quoting: Content | None = contents[0]
        if self._inside and reply is None:  # inside it may be shown; a customer sees no quoted cards
            contents[0] = contents[0].below_quote()
        content, header = self._headed(contents)
        if header and content is None:
            if not self.context.places.copies:  # no room for the header: it goes ahead
                call = render.answering({"method": "sendMessage", "text": header}, reply, quoting)
                step = self._step(call, last=False)
                return replace(step, left=body) if self.options.rungs else step  # keeps what was learnt
            reply, quoting = self.context.places.copies[-1], None
        if len(contents) > 1 and render.albums(contents):
            call = render.send_album([content or contents[0], *contents[1:]])
            return self._step(render.answering(call, reply, quoting))
        whole = content or (joined(contents) if len(contents) > 1 else contents[0])
        return self._whole(body, whole, reply, quoting)

    def amend(self, body: Carry, *, media: bool) -> Step:
        """The step that rewrites a copy from all messages it shows; nothing is due if there is no copy.

        What cannot stand there any more stands below it; `body` is the carriage of what will not fit there.
        """
        if not self.context.places.copies:
            return Step(None)
        copy, own = self.context.places.copies[-1], self.context.messages[0].content
        shown = [message.content for message in self.context.places.shown] or [own]
        together = len(shown) == 1 or all(
            can_join(shown[:count], shown[count]) for count in range(1, len(shown))
        )
        content = joined(shown) if together and len(shown) > 1 else own
        if self._inside and self.places.forum is False:
            content = content.headed(self._header) or content
        anew = Rung.ANEW in self.options and (own.text or media)
        if together and not anew:
            call = render.amend(content, copy.telegram_id, media=media)
            return Step({**self._suggesting(call), "chat_id": self.context.chat_id})
        if anew:  # the file stands above already, unless it is another
            content = own if media or own.kind == "text" else replace(own, kind="text", extra={})
        return self._whole(body, content, copy, None)

    @property
    def _inside(self) -> bool:
        return self.context.topic is not None

    @property
    def _header(self) -> str:
        return "" if self.context.topic is None else self.context.topic.header

    def _whole(self, body: Carry, content: Content, reply: Place | None, quoting: Content | None) -> Step:
        """The step that sends one content, or as much of it as may stand there now."""
        if Rung.WORDS in self.options and content.kind != "text" and content.text:
            words = replace(content, kind="text", extra={})
            step = self._step(render.answering(render.send(words, None, inside=True), reply, quoting))
            return replace(step, lost=True)
        end = self._end(content)
        if end >= len(content.text):
            return self._step(render.answering(self._sent(content), reply, quoting))
        call = render.answering(self._sent(content.part(0, end)), reply, quoting)
        above = len(content.text) - len(self.context.messages[0].content.text)  # a header, quoted words
        return self._step(call, left=replace(body, rest=max(0, end - above)))

    def _rest(self, body: Carry, start: int) -> Step:
        """The step that sends what is left of the words, below what has arrived."""
        whole = self.context.messages[0].content
        copies = self.context.places.copies
        words = replace(whole.part(min(start, len(whole.text))), kind="text", extra={}, file_id=None)
        if not words.text.strip():  # edited meanwhile: nothing is left
            return Step(None)
        end = good_end(words.text, PIECE if Rung.PIECES in self.options else TEXT_LIMIT)
        call = render.send(words.part(0, end), None, inside=self._inside)
        call = render.answering(call, copies[-1] if copies else None, None)
        more = end < len(words.text)
        return self._step(call, left=replace(body, rest=start + end) if more else None)

    def _end(self, content: Content) -> int:
        """How many characters of the content may go with this call."""
        if not content.takes_words:
            return len(content.text)
        if content.kind != "text" and Rung.BELOW in self.options:
            return 0
        if content.kind == "text" and Rung.PIECES in self.options:
            return good_end(content.text, PIECE)
        return good_end(content.text, content.limit) if Rung.CUT in self.options else len(content.text)

    def _sent(self, content: Content) -> Call:
        """The call that sends it anew, or copies or forwards the original where that shows no other words."""
        original, as_written = self.context.places.original, self.context.messages[0].content.as_written
        if Rung.FORWARDED in self.options and original is not None and self._inside and as_written:
            return render.forward(original)
        own_words = content.html is None and content.kind in CAPTIONED  # given with the call
        if Rung.COPIED in self.options and original is not None and (own_words or as_written):
            return render.copy(content, original, inside=False)
        return render.send(content, original, inside=self._inside)

    def _headed(self, contents: list[Content]) -> tuple[Content | None, str]:
        """The content below a header where there are no topics; None where both cannot stand together."""
        whole = joined(contents) if all(content.kind == "text" for content in contents) else contents[0]
        if not self._inside or self.places.forum is not False or Rung.UNANNOUNCED in self.options:
            return whole, ""
        as_it_is = Rung.FORWARDED in self.options or (
            Rung.COPIED in self.options and whole.kind not in CAPTIONED
        )
        return None if as_it_is else whole.headed(self._header), self._header

    def _suggesting(self, call: Call) -> Call:
        """The call with buttons that suggest answers, if its method takes buttons."""
        if self.context.suggestions and call["method"] not in render.BARE:
            return {**call, "reply_markup": render.keyboard(self.context.suggestions)}
        return call

    def _step(self, call: Call, *, last: bool = True, left: Carry | None = None) -> Step:
        """The step of a call; buttons stand under the last one of several."""
        last = last and left is None
        call = self._suggesting(call) if last else call
        return Step(addressed(call, self.context, self.places), _pairs(self.context), last=last, left=left)


def _pairs(context: TelegramContext) -> Keep:
    """Keeps where each message of the run stands after the call."""
    chat_id = context.chat_id
    messages: tuple[Message, ...] = context.messages

    def keep(rooms: DeskRooms, result: Any) -> None:
        ids = sent_ids(result)
        for index, message in enumerate(messages):
            telegram_id = ids[index] if len(ids) == len(messages) else ids[0]
            rooms.stores.messages.pair(message.id, Place(chat_id, telegram_id))

    return keep
