"""Files of other programs that only look broken."""

import pytest

from integrationlint.parse.parsers import parse


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("tsconfig.json", '{\n  // strict\n  "a": 1,\n}', "notation"),
        ("a.json", '{"a": 1, // strict\n "b": 2}', "notation"),
        ("chart.yaml", "a: {{ .Values.a }}\n{{- if .b }}\nb: 1\n{{- end }}\n", "notation"),
        ("a.json", '{\n  // our contract\n  "openapi": "3.1.0"\n}', "syntax"),
        ("a.yaml", "openapi: 3.1.0\ninfo: {{ .Values.info }}\n", "syntax"),
        ("a.json", '{"a": 1', "syntax"),
        ("a.yaml", "a: [1\n", "syntax"),
        ("a.json", '{"a": "http://x", "b": }', "syntax"),
    ],
)
def test_other_notations_are_told_from_broken_files(name: str, text: str, code: str) -> None:
    assert [fault.code for fault in parse(name, text.encode()).faults][:1] == [code]


def test_a_template_that_is_valid_yaml_is_read() -> None:
    assert parse("a.yaml", b'a: "{{ .Values.a }}"\n').value == {"a": "{{ .Values.a }}"}
