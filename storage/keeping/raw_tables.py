"""Our tables as the database holds them: times stay the numbers that they are there, whatever number."""

from sqlalchemy import BigInteger, MetaData, Table

from storage.engine.moment import Moment
from storage.tables import metadata

_raw = MetaData()


def raw_tables() -> list[Table]:
    """Those that others point at first."""
    if not _raw.tables:
        for table in metadata.sorted_tables:
            for column in table.to_metadata(_raw).columns:
                if isinstance(column.type, Moment):
                    column.type = BigInteger()
    return _raw.sorted_tables
