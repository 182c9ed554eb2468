"""Letters of what is long over go, with their rounds; of what lives still, they stay."""

from dataclasses import replace
from datetime import datetime, timedelta

from broadcasts.backup.kept import ConsentedAddress, KeptLetter, LetterState
from broadcasts.incident import IncidentPlan, Notice, NoticeKind, Severity
from desk.formatted import Html
from desk.letters.letter import BackupAddress
from storage.tables import backup_letters, backup_rounds
from tests.persistence.conftest import Archive
from tests.persistence.retention.test_sweeps import DAY, NOON, OLD, count, sweep

ANNA, BORIS = BackupAddress("email", "anna@example.com"), BackupAddress("email", "boris@example.com")


def told(kind: NoticeKind, number: int, at: datetime) -> Notice:
    text, red = Html("Не проходит оплата"), Severity.RED
    return Notice(number=number, kind=kind, severity=red, text=text, author_id=1, at=at)


async def incident(archive: Archive, at: datetime, *, over: bool = True) -> int:
    """An incident with a letter about its first notice; over an hour later, or not."""
    plan = IncidentPlan(title="Не проходит оплата")

    def happens(stores: object) -> int:
        number: int = stores.incidents.open(plan, told(NoticeKind.OPENED, 1, at), str(at))  # type: ignore[attr-defined]
        if over:
            ended = told(NoticeKind.RESOLVED, 2, at + timedelta(hours=1))
            stores.incidents.tell(number, plan, ended, f"over {at}")  # type: ignore[attr-defined]
        stores.rounds.begin(number, 1, everybody=True, at=at)  # type: ignore[attr-defined]
        return number

    number = await archive.run(happens)
    await posts(archive, f"{number}:1", at, number)
    return number


async def posts(archive: Archive, subject: str, at: datetime, incident_id: int | None = None) -> None:
    letter = KeptLetter(
        subject=subject,
        incident_id=incident_id,
        person="email:anna",
        at=ANNA,
        state=LetterState.TAKEN,
        posted_at=at,
    )
    await archive.run(lambda stores: stores.letters.post([letter]))


async def test_letters_go_with_their_rounds_once_the_incident_is_over_and_old(archive: Archive) -> None:
    for at, over in ((OLD, True), (OLD + timedelta(minutes=1), False), (NOON, True)):
        await incident(archive, at, over=over)
    await posts(archive, "away:1", OLD)
    await sweep(archive, "letters", desk="second")
    assert (await count(archive, backup_letters), await count(archive, backup_rounds)) == (4, 3)
    assert await sweep(archive, "letters") is None
    assert (await count(archive, backup_letters), await count(archive, backup_rounds)) == (2, 2)
    assert await archive.run(lambda stores: [stores.rounds.any_of(each) for each in (1, 2, 3)]) == [
        False,
        True,
        True,
    ]


async def test_a_round_stays_while_a_letter_of_it_does(archive: Archive) -> None:
    number = await incident(archive, OLD)
    await posts(archive, f"{number}:2", NOON, number)
    await sweep(archive, "letters")
    assert (await count(archive, backup_letters), await count(archive, backup_rounds)) == (1, 1)


async def test_who_has_left_is_not_enrolled_again_by_an_older_consent(archive: Archive) -> None:
    given = ConsentedAddress(at=ANNA, consented_at=NOON)
    assert await archive.run(lambda stores: stores.addresses.give(given))
    await archive.run(lambda stores: stores.addresses.withdraw(ANNA, NOON + DAY))
    loud = replace(ANNA, address="Anna@Example.com")
    assert await archive.run(lambda stores: stores.addresses.withdrawn([loud, BORIS])) == {loud}
    assert await archive.run(lambda stores: stores.addresses.withdrawn([ANNA]), desk="second") == set()
    assert not await archive.run(lambda stores: stores.addresses.give(given))
    assert await archive.run(lambda stores: stores.addresses.count([""])) == 0
    again = replace(given, consented_at=NOON + 2 * DAY)
    assert await archive.run(lambda stores: stores.addresses.give(again))
    assert await archive.run(lambda stores: stores.addresses.withdrawn([ANNA])) == set()
