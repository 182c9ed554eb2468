"""A letter as an e-mail: headers as RFC 5322 wants them, the text plain and as HTML."""

import hashlib
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape

from bot.channels.markup import with_tags
from desk.formatted import cut
from desk.letters.letter import Letter
from desk.letters.mailbox import MailSender

SUBJECT = 150
TAGS = frozenset(
    {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "a", "code", "pre", "blockquote"}
)
POLICY = policy.SMTP.clone(cte_type="7bit")
"""Lines as they travel, nothing but ASCII: every server on the way takes that."""
SMALL = "margin-top:2em;font-size:.8em;color:#6b7580;overflow-wrap:anywhere"
PAGE = """\
<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head>
<body style="font:16px/1.5 sans-serif;max-width:40em;margin:1em auto;padding:0 1em">
<h1 style="font-size:1.2em">{title}</h1>
<p>{text}</p>
{link}{leaving}</body></html>
"""


def message(letter: Letter, sender: MailSender, to: str, now: datetime) -> EmailMessage:
    """The e-mail; the same letter to the same person has the same Message-ID, so that it is shown once."""
    made = EmailMessage(policy=POLICY)
    made["From"] = Address(sender.name, addr_spec=sender.address)
    made["To"] = Address(addr_spec=to)
    made["Subject"] = cut(_printable(letter.title), SUBJECT)
    made["Date"] = format_datetime(now)
    made["Message-ID"] = _message_id(letter.key, to, sender.address)
    made["Content-Language"] = letter.language
    made["Auto-Submitted"] = "auto-generated"
    made["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    if letter.unsubscribe:
        made["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
    if letter.unsubscribe.startswith("https:"):  # RFC 8058 knows no other
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made.set_content("\n\n".join(filter(None, (letter.plain, letter.link, _footer(letter)))) + "\n")
    made.add_alternative(_page(letter), subtype="html")
    return made


def _footer(letter: Letter) -> str:
    """How these letters are ended, below a line that programs know as the beginning of a signature."""
    return f"-- \n{letter.leaving} {letter.unsubscribe}".rstrip() if letter.leaving else ""


def _page(letter: Letter) -> str:
    href, way_out = escape(letter.link), escape(letter.unsubscribe)
    end = f' <a href="{way_out}">{way_out}</a>' if way_out else ""
    return PAGE.format(
        language=escape(letter.language),
        title=escape(letter.title),
        text=with_tags(letter.html, TAGS, "<br>\n"),
        link=f'<p><a href="{href}">{href}</a></p>\n' if letter.link else "",
        leaving=f'<p style="{SMALL}">{escape(letter.leaving)}{end}</p>\n' if letter.leaving else "",
    )


def _message_id(key: str, to: str, sender: str) -> str:
    digest = hashlib.sha256(f"{key}\0{to}".encode()).hexdigest()[:32]
    return f"<{digest}@{sender.rpartition('@')[2]}>"


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)
