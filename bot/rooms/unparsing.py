"""Telegram's entities turned back into Telegram HTML.

aiogram is asked when there are any: commands at the terminal that work on a desk's data do without it.
"""

from desk.content import Content


def html_of(content: Content) -> str:
    """The text or the caption as HTML, with the formatting its author chose."""
    if content.html is not None:
        return content.html
    from aiogram.types import MessageEntity
    from aiogram.utils.text_decorations import html_decoration

    entities = [MessageEntity.model_validate(each) for each in content.formatting]
    return html_decoration.unparse(content.text, entities)
