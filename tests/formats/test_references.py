"""References to the keys of uses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrationlint.formats.references import reference_key


@pytest.mark.parametrize(
    ("reference", "key"),
    [
        ("#/a/b", "pointer:api/a.yaml#/a/b"),
        ("#/a%20b/~1c", "pointer:api/a.yaml#/a b/~1c"),
        ("#", "pointer:api/a.yaml#"),
        ("", "pointer:api/a.yaml#"),
        ("#name", "anchor:api/a.yaml#name"),
        ("b.yaml", "pointer:api/b.yaml#"),
        ("./b.yaml#/x", "pointer:api/b.yaml#/x"),
        ("../b.yaml#name", "anchor:b.yaml#name"),
        ("../../b.yaml", "pointer:../b.yaml#"),
        ("sub/../b%20c.yaml#/x", "pointer:api/b c.yaml#/x"),
        ("/b.yaml", "pointer:/b.yaml#"),
        ("https://example.com/b.yaml#/x", "id:https://example.com/b.yaml#/x"),
        ("https://example.com/b.yaml#", "id:https://example.com/b.yaml"),
        ("urn:example:b", "id:urn:example:b"),
        ("//example.com/b", "id://example.com/b"),
        ("http://[", "id:http://["),
    ],
)
def test_keys(reference: str, key: str) -> None:
    assert reference_key("api/a.yaml", reference) == key


@given(st.text(), st.text())
def test_any_text_has_a_key(path: str, reference: str) -> None:
    assert reference_key(path, reference).partition(":")[0] in ("pointer", "anchor", "id")
