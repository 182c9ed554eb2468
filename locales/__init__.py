"""What we say: gettext catalogues and Jinja2 templates."""

from locales.texts import MissingTextError, Texts
from locales.time_words import clock, date, moment, spell

__all__ = ["MissingTextError", "Texts", "clock", "date", "moment", "spell"]
