"""What Telegram calls the files we have sent, so that each goes up once; and which it would not take."""

from sqlalchemy import Connection, delete, insert, select

from storage.tables import faq_files


class FileStore:
    """The files of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def known(self, digest: str) -> str | None:
        """The file_id of these bytes in this role."""
        return self._conn.execute(
            select(faq_files.c.file_id).where(faq_files.c.desk == self._desk, faq_files.c.digest == digest)
        ).scalar_one_or_none()

    def keep(self, digest: str, file_id: str) -> None:
        """Remember what Telegram called them."""
        self.forget(digest)
        self._insert(digest, file_id)

    def forget(self, digest: str) -> None:
        """Telegram does not know that name any more, or the trouble is over."""
        self._conn.execute(
            delete(faq_files).where(faq_files.c.desk == self._desk, faq_files.c.digest == digest)
        )

    def complain(self, digest: str) -> bool:
        """Note that something cannot be sent; False if that was noted before."""
        found = select(faq_files.c.digest).where(faq_files.c.desk == self._desk, faq_files.c.digest == digest)
        if self._conn.execute(found).one_or_none() is not None:
            return False
        self._insert(digest, None)
        return True

    def _insert(self, digest: str, file_id: str | None) -> None:
        self._conn.execute(insert(faq_files).values(desk=self._desk, digest=digest, file_id=file_id))
