"""Every threat, fault and attack has its test, or says why not."""

import pytest

import threats


def test_what_is_not_proved_says_so_and_what_is_proved_does_not():
    assert not threats.wrong()


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("T1", "T1 is proved, and is said not to be"),
        ("T99", "T99 is left and has no name"),
    ],
)
def test_a_gap_that_is_none_is_found(monkeypatch, key, told):
    monkeypatch.setitem(threats.REMAINS, key, "a gap")
    assert threats.wrong() == [told]


def test_what_is_forgotten_is_found(monkeypatch):
    monkeypatch.delitem(threats.REMAINS, "T11")
    assert threats.wrong() == ["T11 has neither a proof nor a reason"]


def test_a_mark_is_read_with_what_it_leaves():
    tests = [proof.test for proof in threats.proofs()["F-12"]]
    assert tests == ["faults/test_killed.py::test_twenty_posts_of_one_form_at_once_are_one_report"]
    assert threats.standing("F-12") == "yes"
    assert threats.standing("T13") == "in part"
