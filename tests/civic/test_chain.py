"""Is every part of an entry in its hash, and does a mark say nothing without its salt?"""

from datetime import UTC, datetime, timedelta, timezone

from civic.chain import FIRST, body_of, hash_of, mark_of, new_salt, person_in

AT = datetime(2026, 5, 4, 12, 30, 0, 7, tzinfo=UTC)
BODY = body_of(AT, "issue.followed", 3, {"how": "weekly", "n": 5}, "mark")


def test_an_entry_is_hashed_in_one_form_only() -> None:
    said = '["2026-05-04T12:30:00.000007+00:00","issue.followed",3,{"how":"weekly","n":5},"mark"]'
    assert said.encode() == BODY
    assert body_of(AT, "issue.followed", 3, {"n": 5, "how": "weekly"}, "mark") == BODY
    bishkek = AT.astimezone(timezone(timedelta(hours=6)))
    assert body_of(bishkek, "issue.followed", 3, {"how": "weekly", "n": 5}, "mark") == BODY
    assert body_of(AT, "x", None, {"how": "ө"}, None).decode().isascii()


def test_whatever_is_changed_in_an_entry_changes_its_hash() -> None:
    later = AT + timedelta(microseconds=1)
    ways = {
        hash_of(FIRST, 1, 1, BODY),
        hash_of("1" * 64, 1, 1, BODY),
        hash_of(FIRST, 2, 1, BODY),
        hash_of(FIRST, 1, 2, BODY),
        hash_of(FIRST, 1, 1, body_of(later, "issue.followed", 3, {"how": "weekly", "n": 5}, "mark")),
        hash_of(FIRST, 1, 1, body_of(AT, "issue.unfollowed", 3, {"how": "weekly", "n": 5}, "mark")),
        hash_of(FIRST, 1, 1, body_of(AT, "issue.followed", 4, {"how": "weekly", "n": 5}, "mark")),
        hash_of(FIRST, 1, 1, body_of(AT, "issue.followed", 3, {"how": "weekly", "n": "5"}, "mark")),
        hash_of(FIRST, 1, 1, body_of(AT, "issue.followed", 3, {"how": "weekly", "n": 5}, "mork")),
    }
    assert len(ways) == 9


def test_the_hash_can_be_computed_by_anybody() -> None:
    """docs/proof.md shows this very example: whoever computes it elsewhere must come to the same hash."""
    assert hash_of(FIRST, 1, 1, BODY) == "5dd3850e396cd44350da852ec0a28151a91ff74ea314dea6af81508f2bf9165d"


def test_a_person_stands_in_the_mark_only() -> None:
    assert person_in("person.confirmed", 7) == 7
    assert person_in("petition.signed", 7) is None
    assert body_of(AT, "person.confirmed", 7, {}, "mark") == body_of(AT, "person.confirmed", None, {}, "mark")


def test_the_same_actor_has_another_mark_in_every_entry() -> None:
    salts = {new_salt() for _ in range(100)}
    assert len(salts) == 100
    assert {len(salt) for salt in salts} == {32}
    assert len({mark_of(salt, 7, None) for salt in salts}) == 100
    salt = min(salts)
    assert len({mark_of(salt, 7, None), mark_of(salt, 8, None), mark_of(salt, None, 7), mark_of(salt, 7, 7)}) == 4
