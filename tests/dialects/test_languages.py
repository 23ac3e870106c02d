"""Languages over a finite alphabet: inclusion, shortest words, and the limit."""

import itertools
from collections.abc import Hashable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrationlint.dialects.languages import END, UNBOUNDED, Letter, Pool, TooLargeError, compare, shortest


def letter(pool: Pool, symbol: str, *, weak: bool = False) -> int:
    return pool.letter(Letter(f"{symbol}{weak}", tuple(symbol), weak))


def test_an_included_language_lacks_nothing() -> None:
    pool = Pool()
    a, b = letter(pool, "a"), letter(pool, "b")
    both = pool.sequence(a, b)
    either = pool.times(pool.choice(a, b), 0, UNBOUNDED)
    assert compare(pool, both, either).missing is None
    assert compare(pool, either, both).missing == ()
    assert compare(pool, both, pool.mixture(b, a)).missing is None
    assert compare(pool, pool.mixture(a, b), both).missing == ("b", "a")


def test_bounds_are_counted() -> None:
    pool = Pool()
    a = letter(pool, "a")
    assert compare(pool, pool.times(a, 2, 5), pool.times(a, 1, 5)).missing is None
    assert compare(pool, pool.times(a, 0, 5), pool.times(a, 0, 4)).missing == ("a",) * 5
    assert pool.times(pool.times(a, 0, 1), 2, 3) == pool.times(pool.times(a, 0, 1), 0, 3)


def test_nothing_and_the_empty_word() -> None:
    pool = Pool()
    nothing = pool.letter(Letter("n", ()))
    assert pool.sequence(letter(pool, "a"), nothing) == nothing
    assert pool.times(nothing, 0, 3) == END
    assert pool.sequence() == END
    assert shortest(pool, nothing) is None
    assert compare(pool, nothing, END).missing is None


def test_a_shortest_word_may_be_asked_to_pass_a_symbol() -> None:
    pool = Pool()
    a, b, c = (letter(pool, one) for one in "abc")
    number = pool.choice(pool.sequence(a, c), pool.sequence(c, b, a), pool.times(c, 1, 2))
    assert shortest(pool, number) == ("c",)
    assert shortest(pool, number, "b") == ("c", "b", "a")
    assert shortest(pool, number, "d") is None


def test_a_weak_letter_yields() -> None:
    pool = Pool()
    a, anything = letter(pool, "a"), letter(pool, "ab", weak=True)
    opened = pool.mixture(a, pool.times(anything, 0, UNBOUNDED))
    walk = compare(pool, a, opened)
    assert walk.missing is None
    assert [(one.mine.weak, one.yours.weak) for one in walk.meetings] == [(False, False)]
    assert compare(pool, pool.sequence(letter(pool, "b"), a), opened).missing is None


def test_too_much_work_is_said() -> None:
    pool = Pool(work=500)
    parts = [pool.times(letter(pool, one), 0, 1) for one in "abcdefghijklmnop"]
    with pytest.raises(TooLargeError):
        compare(pool, pool.mixture(*parts), pool.mixture(*parts[1:], parts[0], letter(pool, "z")))


def expressions() -> st.SearchStrategy[object]:
    leaves = st.sampled_from("abc")
    many = st.tuples(st.sampled_from([(0, 1), (0, 2), (1, 2), (0, UNBOUNDED), (2, 3)]))
    return st.recursive(
        leaves,
        lambda inner: (
            st.tuples(st.sampled_from(["sequence", "choice", "mixture"]), st.lists(inner, min_size=1, max_size=3))
            | st.tuples(st.just("times"), inner, many)
        ),
        max_leaves=5,
    )


def built(pool: Pool, one: object) -> int:
    if isinstance(one, str):
        return letter(pool, one)
    assert isinstance(one, tuple)
    if one[0] == "times":
        return pool.times(built(pool, one[1]), *one[2][0])
    made: int = getattr(pool, one[0])(*(built(pool, part) for part in one[1]))
    return made


def takes(pool: Pool, number: int, word: tuple[Hashable, ...]) -> bool:
    reached = {number}
    for symbol in word:
        reached = {step.rest for one in reached for step in pool.takes(one).get(symbol, ())}
    return any(pool.empty[one] for one in reached)


@settings(max_examples=150)
@given(expressions(), expressions())
def test_inclusion_agrees_with_the_words(one: object, other: object) -> None:
    pool = Pool()
    mine, yours = built(pool, one), built(pool, other)
    missing = compare(pool, mine, yours).missing
    words = [word for length in range(5) for word in itertools.product("abc", repeat=length)]
    if missing is None:
        assert not any(takes(pool, mine, word) and not takes(pool, yours, word) for word in words)
    else:
        assert takes(pool, mine, missing)
        assert not takes(pool, yours, missing)
