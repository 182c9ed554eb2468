"""A letter as somebody's incident would make it."""

from desk.formatted import Html
from desk.letters.letter import Letter

TEXT = Html(
    "Не проходит <b>оплата</b> картой &amp; СБП.\nСледующее обновление в <tg-time unix='1'>15:30</tg-time>.\n"
    "<blockquote expandable>Подробности "
    "<a href='https://status.example.com/?a=1&amp;b=2'>на странице</a></blockquote>"
)


def letter(
    title: str = "Оплата не работает", html: str = TEXT, link: str = "https://status.example.com/i/7"
) -> Letter:
    """A letter about it."""
    return Letter(
        key="notice:7:1",
        title=title,
        html=Html(html),
        language="ru",
        link=link,
        unsubscribe="https://status.example.com/unsubscribe",
    )
