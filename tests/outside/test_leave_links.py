"""Links by which letters are ended: sealed, so that nobody makes one and nobody reads whose it is."""

import pytest

from desk.letters.leaving import LeaveLinks
from desk.letters.letter import BackupAddress

LINKS = LeaveLinks("https://status.example.com", b"of this desk")
ADDRESSES = [
    BackupAddress("email", "anna@example.com"),
    BackupAddress("email", "a" * 200 + "@" + "b" * 50 + ".рф"),
    BackupAddress("whatsapp", "+79990000001"),
    BackupAddress("other", "x:y@z"),
]


def token(at: BackupAddress) -> str:
    return LINKS.to(at).removeprefix("https://status.example.com/u/")


@pytest.mark.parametrize("at", ADDRESSES, ids=lambda at: at.channel)
def test_a_link_leads_back_to_its_address_alone_and_does_not_show_it(at: BackupAddress) -> None:
    assert LINKS.read(token(at)) == at
    assert LINKS.to(at) == LINKS.to(at)
    assert at.address not in token(at)
    assert LeaveLinks("https://status.example.com", b"of another desk").read(token(at)) is None


def test_whatever_is_changed_in_it_makes_it_nobodys() -> None:
    mine = token(ADDRESSES[0])
    changed = [
        mine[:n] + each + mine[n + 1 :] for n in range(len(mine) - 1) for each in "aZ-" if mine[n] != each
    ]
    longer_and_shorter = [mine[:n] for n in range(len(mine) - 1)] + [mine + "AAAA", "é", "a" * 5]
    assert [each for each in (*changed, *longer_and_shorter) if LINKS.read(each) is not None] == []


def test_without_a_page_there_is_no_link() -> None:
    assert LeaveLinks().to(ADDRESSES[0]) == ""
