"""What is a URL without a base."""

import pytest

from integrationlint.dialects.urls import is_url


@pytest.mark.parametrize(
    "text",
    [
        "http://a",
        "http:a",
        "https:/a.b/c",
        "https://{x}.com",
        "http://a:80/",
        "http://a:/",
        "http://u:p@h/",
        "http://[::1]:8/",
        "http://1.2.3",
        "http://0x1.2",
        "http://a.b./",
        "http://a\\b",
        "  ws://x ",
        "mailto:x",
        "x://",
        "x://a:80",
        "file:x",
    ],
)
def test_absolute_urls(text: str) -> None:
    assert is_url(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/v1",
        "//a",
        "a.b",
        "1x:a",
        "http://",
        "http://@",
        "http:?a",
        "http://a b",
        "http://a:b",
        "http://a:99999",
        "http://[::1",
        "http://[::1%25a]",
        "http://1.2.3.256",
        "http://1.2.3.4.5",
        "http://a.1",
        "http://09",
        "http://a%zz",
        "http://a|b",
        "x://a b",
    ],
)
def test_no_urls(text: str) -> None:
    assert not is_url(text)
