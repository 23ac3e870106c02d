"""Secrets are found in every syntax, and placeholders are none. All of these are invented."""

from collections.abc import Callable

import pytest

Find = Callable[..., list[tuple[str, str]]]
RULE = "any/no-secrets"
# Written in two pieces, so that no scanner takes this file for a leak.
TOKENS = {
    "an AWS access key": "AKIA" + "QYLPMN5HFIQR7XYA",
    "a GitHub token": "ghp_" + "9aB3dE5fG7hJ1kL2mN4pQ6rS8tU0vW2xY4zA",
    "a GitLab token": "glpat-" + "9aB3dE5fG7hJ1kL2mN4p",
    "a Slack token": "xoxb-" + "201984736251-Kj8sLq2Pw9Xz7Rt4",
    "a live Stripe key": "sk_live_" + "9aB3dE5fG7hJ1kL2mN4p",
    "a Google API key": "AIza" + "SyD9aB3dE5fG7hJ1kL2mN4pQ6rS8tU0vW2x",
    "a SendGrid key": "SG." + "9aB3dE5fG7hJ1kL2mN4pQ6" + "." + "rS8tU0vW2xY4zA9aB3dE5fG7hJ1kL2mN4pQ6rS8tU0v",
    "an npm token": "npm_" + "9aB3dE5fG7hJ1kL2mN4pQ6rS8tU0vW2xY4zA",
    "a JSON Web Token": "eyJ" + "hbGciOiJIUzI1NiJ9.eyJ" + "pc3MiOiJvcmRlcnMifQ.Qm9yZWQ5b3JkZXJzQm9yZWQ5b3JkZXJz",
    "a storage key": "AccountKey=" + "Zm9vYmFyMTIzNDU2Nzg5MFpvb2JhcjEyMzQ1Njc4OTBab29iYXI=",
    "a password in a connection string": "Server=db;Uid=app;Pwd=" + "Winter2024!;",
    "a password in a URL": "amqps://app:" + "s3cr3tPa55@broker.internal:5671",
}


@pytest.mark.parametrize("what", TOKENS)
def test_shapes_of_tokens(what: str, find: Find) -> None:
    [(at, message)] = find(RULE, f"openapi: 3.1.0\nx-a: {{b: ['{TOKENS[what]}']}}\n")
    assert at == "/x-a/b/0"
    assert what in message
    assert TOKENS[what] not in message


def test_a_private_key_on_many_lines(find: Find) -> None:
    body = "\n".join(f"      MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC{number}" for number in range(3))
    text = f"name: x\nkeys:\n  - |\n      -----BEGIN PRIVATE KEY-----\n{body}\n      -----END PRIVATE KEY-----\n"
    assert [at for at, _ in find(RULE, text)] == ["/keys/0"]


@pytest.mark.parametrize(
    "value",
    [
        "${db.password}",
        "{{vault.password1}}",
        "#[vars.password1]",
        "![Zm9vYmFyMTIzNA==]",
        "{cipher}9aB3dE5f",
        "<your-password1>",
        "changeme123",
        "xxxxxxxx1",
        "@appsetting('KEY1')",
        "[parameters('key1')]",
        "arn:aws:secretsmanager:eu-central-1:123456789012:secret:orders",
        "request.header.token1",
        "password",
        "ORDERS_DB_PASSWORD",
        "short1",
        "two words 1",
        "11111111111",
    ],
)
def test_placeholders_are_no_secrets(value: str, find: Find) -> None:
    assert find(RULE, f'config: {{password: "{value}"}}\n') == []


@pytest.mark.parametrize(
    "name", ["password", "db.password", "clientSecret", "PASSPHRASE", "spring.datasource.password"]
)
def test_values_of_telling_names(name: str, find: Find) -> None:
    assert [at for at, _ in find(RULE, f'config: {{"{name}": "tr0ub4dor-and-3"}}\n')] == [f"/config/{name}"]


def test_a_key_must_look_random_as_well(find: Find) -> None:
    assert find(RULE, "apiKey: orders-key-number-1\naccessKey: aaaabbbbcccc1111\n") == []
    assert [at for at, _ in find(RULE, "apiKey: 9aB3dE5fG7hJ1kL2mN4p\n")] == ["/apiKey"]


def test_names_in_contracts_are_examples(find: Find) -> None:
    schema = "{properties: {password: {type: string, example: tr0ub4dor-and-3, default: Winter2024}}}"
    assert find(RULE, f"openapi: 3.1.0\ncomponents: {{schemas: {{A: {schema}}}}}\n") == []


def test_xml_attributes_texts_and_named_properties(find: Find) -> None:
    text = (
        '<beans><bean password="Winter2024!"/><property name="password" value="Winter2025!"/>'
        '<property name="db.password">Winter2026!</property><secret>Winter2027!</secret></beans>'
    )
    assert [at for at, _ in find(RULE, {"beans.xml": text})] == [
        "/beans[1]/bean[1]/@password",
        "/beans[1]/property[1]/@value",
        "/beans[1]/property[2]",
        "/beans[1]/secret[1]",
    ]


def test_columns_of_tables(find: Find) -> None:
    text = "system,user,password\norders,app,Winter2024!\ncrm,app,${crm.password}\n"
    assert [at for at, _ in find(RULE, {"systems.csv": text})] == ["/2/3"]


def test_comments_are_found_where_they_are(catalog: object, find: Find) -> None:
    text = f"name: x\n# key {TOKENS['an AWS access key']}\nother: y\n"
    [(at, _)] = find(RULE, text)
    assert at == ""


def test_own_patterns_and_exceptions(find: Find) -> None:
    text = f"a: org-1234-key\nb: {TOKENS['a GitLab token']}\nc: {{password: Winter2024!}}\n"
    found = find(RULE, text, patterns=["^org-\\d{4}-key$"], allow=["^glpat-", "^Winter"])
    assert [at for at, _ in found] == ["/a"]
