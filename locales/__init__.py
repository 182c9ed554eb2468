"""What we say: gettext catalogues and Jinja2 templates."""

from locales.texts import MissingTextError, Texts

__all__ = ["MissingTextError", "Texts"]
