"""Examples that may be somebody's: card and account numbers with right check digits, addresses that exist."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from integrationlint.model.element import Element
from integrationlint.model.location import child
from integrationlint.model.rule import Problem

_EXAMPLES: Final = frozenset({"example", "examples", "default", "const"})
_LONGEST: Final = 5_000
# Fifteen or sixteen digits (ISO/IEC 7812), alone in the text or in groups, of an issuer that banks use.
_CARD: Final = re.compile(
    r"(?<![\w.+-])(?:3[47]\d\d[ -]?\d{6}[ -]?\d{5}"
    r"|(?:4\d{3}|5[1-5]\d\d|2[2-7]\d\d|6011|65\d\d)(?:[ -]?\d{4}){3})(?![\w-])"
)
_IBAN: Final = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)")
# How long an IBAN is in the countries that have them (SWIFT IBAN registry, the most used ones).
_LENGTHS: Final = {
    country: int(length)
    for length, *countries in map(
        str.split,
        (
            "15 NO/16 BE/18 DK FI NL/19 SI/20 AT EE LT LU KZ/21 CH HR LI LV/22 BG DE GB IE GE RS BH/23 AE IL GI"
            "/24 AD CZ ES RO SE SK SA TN PK/25 PT/26 IS TR/27 FR GR IT MC SM/28 CY HU PL AL LB/29 BR EG QA UA"
        ).split("/"),
    )
    for country in countries
}
# What nobody has, whatever its check digits.
_MADE_UP: Final = re.compile(r"12345678|0000000|1111111|9999999")
_MAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@((?:[\w-]{1,63}\.){1,5}[A-Za-z]{2,24})(?![\w-])")
# RFC 2606 and RFC 6761: nobody can have these.
_INVENTED: Final = re.compile(
    r"(?:.*\.)?(?:example|test|invalid|localhost)(?:\.(?:com|org|net|edu|[a-z]{2}|co\.[a-z]{2}))?", re.IGNORECASE
)
# Published by card schemes and payment services for tests.
_TEST_CARDS: Final = frozenset(
    "4111111111111111 4242424242424242 4000056655665556 4012888888881881 4222222222222 4917610000000000"
    " 5555555555554444 5105105105105100 5200828282828210 5454545454545454 2223003122003222 2222405343248877"
    " 378282246310005 371449635398431 378734493671000 6011111111111117 6011000990139424 4005519200000004"
    " 4009348888881881 4012000033330026 4000000000000002 4508750015741019 4444333322221111".split()
)
_TEST_IBANS: Final = frozenset(
    "GB29NWBK60161331926819 DE89370400440532013000 GB82WEST12345698765432 FR1420041010050500013M02606"
    " NL91ABNA0417164300 BE68539007547034 ES9121000418450200051332 IT60X0542811101000000123456 CH9300762011623852957"
    " AT611904300234573201 GB33BUKB20201555555555 FR7630006000011234567890189 NL39RABO0300065264".split()
)


def invented(
    element: Element, *, mail: bool = False, allow: tuple[str, ...] = (), cards: frozenset[str] = frozenset()
) -> Iterable[Problem]:
    """No example holds a card number or IBAN that is valid and not published for tests.

    With `mail`, no mail address either but at domains that nobody has (RFC 2606) or that are in `allow`; `cards` adds
    test numbers of one's own.
    """
    if element.parent is not None or not isinstance(element.document.value, dict):
        return ()
    return _real(element, mail=mail, allow=frozenset(allow), cards=_TEST_CARDS | cards)


def _real(root: Element, *, mail: bool, allow: frozenset[str], cards: frozenset[str]) -> Iterator[Problem]:
    for element in root.walk():
        if _EXAMPLES.isdisjoint(element.facts):
            continue
        for name in _EXAMPLES & element.facts.keys():
            for pointer, text in _texts(element.facts[name], child(element.pointer, name)):
                what = _personal(text, mail=mail, allow=allow, cards=cards) if len(text) <= _LONGEST else ""
                if what:
                    yield Problem({"what": what}, element=element, at=pointer, key=False)


def _texts(value: object, pointer: str) -> Iterator[tuple[str, str]]:
    """The texts in an example, with their pointers."""
    stack = [(value, pointer)]
    while stack:
        one, at = stack.pop()
        if isinstance(one, dict):
            stack.extend((inner, child(at, key)) for key, inner in one.items())
        elif isinstance(one, list):
            stack.extend((inner, f"{at}/{index}") for index, inner in enumerate(one))
        elif isinstance(one, str) and len(one) > 5:
            yield at, one


def _personal(text: str, *, mail: bool, allow: frozenset[str], cards: frozenset[str]) -> str:
    what = _number(text, cards) if any(one.isdigit() for one in text[:200]) else ""
    if what or not mail or "@" not in text:
        return what
    return "" if all(_is_invented(one[1], allow) for one in _MAIL.finditer(text)) else "a mail address"


def _number(text: str, cards: frozenset[str]) -> str:
    for found in _CARD.finditer(text):
        digits = "".join(one for one in found[0] if one.isdigit())
        if digits not in cards and not _MADE_UP.search(digits) and _luhn(digits):
            return "a valid card number"
    for found in _IBAN.finditer(text):
        plain = found[0].replace(" ", "")
        fits = len(plain) == _LENGTHS.get(plain[:2]) and "01" < plain[2:4] < "99"
        if fits and plain not in _TEST_IBANS and not _MADE_UP.search(plain) and _mod97(plain):
            return "a valid IBAN"
    return ""


def _luhn(digits: str) -> bool:
    """ISO/IEC 7812-1 annex B."""
    total = 0
    for index, one in enumerate(reversed(digits)):
        number = int(one) * (2 if index % 2 else 1)
        total += number - 9 if number > 9 else number
    return total % 10 == 0


def _mod97(iban: str) -> bool:
    """ISO 13616-1: the rest by 97 of the number with the first four characters behind the others is 1."""
    return int("".join(str(int(one, 36)) for one in iban[4:] + iban[:4])) % 97 == 1


def _is_invented(domain: str, allow: frozenset[str]) -> bool:
    return domain.lower() in allow or _INVENTED.fullmatch(domain) is not None
