"""Close names, out of many, in little time."""

from time import process_time

import pytest

from integrationlint.checks.hints import hint, names


@pytest.mark.parametrize(
    ("word", "known", "said"),
    [
        ("orderID", ["orderId", "order", "id"], " (did you mean 'orderId'?)"),
        ("custmerId", ["customerId", "customer", "consumerId"], " (did you mean 'customerId'?)"),
        ("Xrder", ["Order"], " (did you mean 'Order'?)"),
        ("a", ["b", "c"], ""),
        ("", ["order"], ""),
        ("order", [], ""),
        ("completely", ["different"], ""),
    ],
)
def test_the_closest_name(word: str, known: list[str], said: str) -> None:
    assert hint(word, names(known)) == said


def test_the_order_of_the_names_does_not_matter() -> None:
    known = ["ordersA", "ordersB", "ordersC", "order"]
    assert hint("orders", names(known)) == hint("orders", names(reversed(known)))


def test_many_words_among_many_names_take_little_time() -> None:
    known = names(f"field{number}" for number in range(20_000))
    start = process_time()
    for number in range(300):
        hint(f"feild{number}x", known)
    assert process_time() - start < 2
