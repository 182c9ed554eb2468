"""Telegram's entities turned back into Telegram HTML."""

from aiogram.types import MessageEntity
from aiogram.utils.text_decorations import html_decoration

from desk.content import Content


def html_of(content: Content) -> str:
    """The text or the caption as HTML, with the formatting its author chose."""
    if content.html is not None:
        return content.html
    entities = [MessageEntity.model_validate(each) for each in content.formatting]
    return html_decoration.unparse(content.text, entities)
