"""Sealed blobs: they open where they were sealed and nowhere else, and tell no length."""

import itertools
import json
import uuid

from django.template import Context, Template

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varna.foundation.keys.rules import Compartment
from varna.foundation.vault import rules
from varna.foundation.vault.fields import Sealed
from varna.foundation.vault.rules import Place, SealBrokenError


KEY = bytes(range(32))
PLACE = Place(uuid.UUID(int=1), uuid.UUID(int=2), "cases.case", "label", uuid.UUID(int=3))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
    max_leaves=20,
)


@given(JSON)
def test_whatever_json_can_say_comes_back(value):
    clear = json.dumps(value).encode()
    blob = rules.seal(KEY, Compartment.CONTENT, 1, PLACE, clear)
    assert json.loads(rules.unseal(KEY, PLACE, blob)) == value


@given(st.binary(max_size=3000))
def test_any_bytes_come_back_also_those_that_look_like_padding(clear):
    blob = rules.seal(KEY, Compartment.CONTENT, 1, PLACE, clear)
    assert rules.unseal(KEY, PLACE, blob) == clear


@given(st.integers(0, 2_000_000))
def test_the_length_is_hidden_in_few_steps_and_costs_at_most_twelve_percent(length):
    padded = rules.padded_length(length + 1)
    assert padded >= length + 1
    if length + 1 <= 1024:
        assert padded in {32, 64, 128, 256, 512, 1024}
    else:
        assert padded <= (length + 1) * 1.12
        exponent = padded.bit_length() - 1
        assert padded % (1 << (exponent - exponent.bit_length())) == 0


def test_between_one_and_a_hundred_thousand_bytes_there_are_few_lengths():
    lengths = {rules.padded_length(length) for length in range(1, 100_001)}
    assert len(lengths) < 120


@given(st.integers(1, 100_000))
def test_a_longer_text_is_never_padded_to_something_shorter(length):
    assert rules.padded_length(length) <= rules.padded_length(length + 1)


SWAPS = {
    "tenant": {"tenant": uuid.UUID(int=9)},
    "owner": {"owner": uuid.UUID(int=9)},
    "model": {"model": "cases.note"},
    "field": {"field": "exposed"},
    "row": {"row": uuid.UUID(int=9)},
    "a part moved between two names": {"model": "cases.casel", "field": "abel"},
}


@pytest.mark.parametrize("swap", SWAPS)
def test_in_another_place_it_does_not_open(swap):
    parts = {name: getattr(PLACE, name) for name in ("tenant", "owner", "model", "field", "row")}
    blob = rules.seal(KEY, Compartment.CONTENT, 1, PLACE, b"hemligt")
    with pytest.raises(SealBrokenError):
        rules.unseal(KEY, Place(**(parts | SWAPS[swap])), blob)


@pytest.mark.parametrize(
    "head", [(b"V1", 1, Compartment.PROTECTION, 1), (b"V1", 1, Compartment.CONTENT, 2)]
)
def test_named_as_another_compartment_or_version_it_does_not_open(head):
    blob = rules.seal(KEY, Compartment.CONTENT, 1, PLACE, b"hemligt")
    forged = rules.HEAD.pack(*head) + blob[rules.HEAD.size :]
    with pytest.raises(SealBrokenError):
        rules.unseal(KEY, PLACE, forged)


def test_with_another_key_it_does_not_open():
    blob = rules.seal(KEY, Compartment.CONTENT, 1, PLACE, b"hemligt")
    with pytest.raises(SealBrokenError):
        rules.unseal(bytes(32), PLACE, blob)


def test_every_single_changed_bit_is_noticed():
    blob = rules.seal(KEY, Compartment.CONTENT, 1, PLACE, b"hemligt")
    for number in range(8 * len(blob)):
        changed = bytearray(blob)
        changed[number // 8] ^= 1 << (number % 8)
        with pytest.raises(SealBrokenError):
            rules.unseal(KEY, PLACE, bytes(changed))


@given(st.binary(max_size=200))
def test_rubbish_is_refused_in_one_way(blob):
    for read in (lambda: rules.unseal(KEY, PLACE, blob), lambda: rules.named_key(blob)):
        try:
            read()
        except SealBrokenError:
            continue


@pytest.mark.parametrize("cut", [0, 1, 5, 6, 17, 18, 33])
def test_a_blob_cut_short_is_refused(cut):
    blob = rules.seal(KEY, Compartment.CONTENT, 1, PLACE, b"hemligt")
    with pytest.raises(SealBrokenError):
        rules.unseal(KEY, PLACE, blob[:cut])


# Made once with key 00…1f and nonce a0…ab. If this does not open, old cases do not either.
FROZEN = bytes.fromhex(
    "563101010001a0a1a2a3a4a5a6a7a8a9aaaba46a195b65bf6bd30e45e910a317aeba15c2d91092b7426c9c0e26867fab750160f8a21553285f8e53d27ca9f07a1167"
)


def test_what_was_sealed_with_the_first_algorithm_still_opens():
    assert rules.named_key(FROZEN) == (Compartment.CONTENT, 1)
    assert rules.unseal(KEY, PLACE, FROZEN) == "Brev till nämnden".encode()


def test_no_two_lists_of_parts_are_bound_alike():
    from varna.foundation.keys.rules import join

    words = [b"", b"a", b"ab", b"b", "a", 1, 0]
    seen = {}
    for parts in itertools.chain.from_iterable(itertools.product(words, repeat=n) for n in (1, 2)):
        plain = tuple(
            part.encode() if isinstance(part, str) else part.to_bytes(4, "big")
            if isinstance(part, int) else part for part in parts
        )  # fmt: skip
        assert seen.setdefault(join(*parts), plain) == plain


@given(st.binary(min_size=1))
def test_however_it_is_printed_a_sealed_value_shows_three_dots(blob):
    sealed = Sealed(blob)
    context = Context({"it": sealed, "inside": [sealed], "row": {"label": sealed}})
    ways = "{{ it }} {{ it|safe }} {{ it|upper }} {{ inside }} {{ row }} {{ it|stringformat:'s' }}"
    printed = Template(ways).render(context)
    assert printed.count("•••") == 6
    assert f"{sealed}" == f"{sealed:>40}" == str(sealed) == repr(sealed) == "•••"


def test_a_blob_of_another_algorithm_or_another_kind_names_no_key():
    blob = rules.seal(KEY, Compartment.CONTENT, 1, PLACE, b"x")
    assert rules.named_key(blob) == (Compartment.CONTENT, 1)
    for magic, algorithm in ((rules.MAGIC, rules.AES_256_GCM + 1), (b"V9", rules.AES_256_GCM)):
        head = rules.HEAD.pack(magic, algorithm, Compartment.CONTENT, 1)
        with pytest.raises(SealBrokenError):
            rules.named_key(head + blob[rules.HEAD.size :])
