"""The type of columns with a time, the same on both databases."""

from datetime import UTC, datetime

from sqlalchemy import BigInteger, Dialect, TypeDecorator


class Moment(TypeDecorator[datetime]):
    """An aware UTC time, kept as whole milliseconds: the same number on both databases."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Refuse naive times: they would silently mean the server's own zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return round(value.timestamp() * 1000)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Give the time back in UTC."""
        return None if value is None else datetime.fromtimestamp(value / 1000, UTC)
