import pytest

from integrationlint.formats.flows.aws_names import Named, Names
from integrationlint.formats.flows.cloudformation_definitions import definition_file, definition_text, sub_variables
from integrationlint.formats.flows.keys import http_path, is_secret, join_paths, literal_parts


@pytest.mark.parametrize(
    ("written", "path", "known"),
    [
        ("/orders/{orderId}", "/orders/{}", True),
        ("orders/", "/orders", True),
        ("/orders/#[vars.list[0].id]/lines", "/orders/{}/lines", True),
        ("/orders/a-${x}?q=1#f", "/orders/a-{}", True),
        ("https://api.example.com:8443/v1/orders", "/v1/orders", True),
        ("https://${host}/v1/{% $x %}", "/v1/{}", True),
        ("${base}/orders", "/orders", False),
        ("#[vars.url]", "/", False),
        ("/", "/", True),
        ("x" * 3000, "/", False),
    ],
)
def test_request_paths_in_normal_form(written: str, path: str, known: bool) -> None:
    assert http_path(written) == (path, known)


def test_paths_are_joined_with_one_slash() -> None:
    assert join_paths("/erp/", "/orders") == "/erp/orders"
    assert join_paths("erp", "orders") == "erp/orders"
    assert join_paths("/", "/orders") == "/orders"


def test_literal_parts_of_a_concatenation() -> None:
    assert literal_parts("'/orders/' ++ vars.id ++ \"/x\"", "++") == "/orders/{}/x"
    assert literal_parts("vars.base ++ '/x'", "++") == ""
    assert literal_parts("'", "++") == ""


@pytest.mark.parametrize(
    "name", ["password", "keyPassword", "clientSecret", "apiKey", "x-api-key", "Authorization", "token", "passphrase"]
)
def test_names_of_secrets(name: str) -> None:
    assert is_secret(name)


@pytest.mark.parametrize(
    "name",
    ["TaskToken", "ClientToken", "maxTokens", "tokenUrl", "SecretArn", "secretName", "key", "host", "passwordPath"],
)
def test_names_of_no_secrets(name: str) -> None:
    assert not is_secret(name)


NAMES = Names(
    {"Queue": "AWS::SQS::Queue", "Stage": ""},
    {"Token": {"Fn::GetAtt": ["Queue", "Arn"]}, "Loop": "${Loop}", "Far": "arn:aws:sqs:eu-west-1:1:far"},
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"Ref": "Queue"}, Named("Queue", "declared", "AWS::SQS::Queue")),
        ({"Fn::GetAtt": ["Queue", "Arn"]}, Named("Queue", "declared", "AWS::SQS::Queue")),
        ({"Fn::GetAtt": "Queue.Arn"}, Named("Queue", "declared", "AWS::SQS::Queue")),
        ({"Fn::Sub": "${Queue.Arn}"}, Named("Queue", "declared", "AWS::SQS::Queue")),
        ("Queue.Arn", Named("Queue", "declared", "AWS::SQS::Queue")),
        ("${Token}", Named("Queue", "declared", "AWS::SQS::Queue")),
        ("${Far}", Named("far", "keyed", "AWS::SQS::Queue")),
        ("${Loop}", Named("Loop", "inferred")),
        ("${Unknown}", Named("Unknown", "inferred")),
        ({"Ref": "Stage"}, Named("Stage", "inferred")),
        (
            "arn:aws:states:eu-west-1:1:stateMachine:billing",
            Named("billing", "keyed", "AWS::StepFunctions::StateMachine"),
        ),
        ("arn:aws:lambda:eu-west-1:1:function:price:live", Named("price", "keyed", "AWS::Lambda::Function")),
        (
            "arn:${P}:states:${R}:${A}:stateMachine:${Billing}",
            Named("Billing", "inferred", "AWS::StepFunctions::StateMachine"),
        ),
        ("arn:aws:events:eu-west-1:1:event-bus/shop", Named("shop", "keyed", "AWS::Events::EventBus")),
        ("https://sqs.eu-west-1.amazonaws.com/1/orders", Named("orders", "keyed")),
        ("orders", Named("orders", "keyed")),
        ("arn:aws", None),
        ("$.queueUrl", None),
        ("{% $queue %}", None),
        ("a-${B}-c", None),
        ("", None),
        (None, None),
        (7, None),
        ([], None),
        ({"Ref": ["Queue"]}, Named("Queue", "declared", "AWS::SQS::Queue")),
        ({"a": 1, "b": 2}, None),
    ],
)
def test_what_an_aws_address_names(value: object, expected: Named | None) -> None:
    assert NAMES.find(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("{}", "{}"),
        ({"Fn::Sub": "a ${B}"}, "a ${B}"),
        ({"Fn::Sub": ["a ${B}", {"B": 1}]}, "a ${B}"),
        (["a ${B}", {"B": 1}], "a ${B}"),
        (
            {"Fn::Join": ["-", ["a", {"Ref": "B"}, {"Fn::GetAtt": ["C", "Arn"]}, {"Fn::Sub": "d"}, 7]]},
            "a-${B}-${C.Arn}-d-${}",
        ),
        (["", ["a", "b"]], "ab"),
        ({"Fn::ImportValue": "x"}, None),
        ([1, 2], None),
        (None, None),
    ],
)
def test_texts_that_functions_build(value: object, expected: str | None) -> None:
    assert definition_text(value) == expected


def test_variables_of_a_sub() -> None:
    assert sub_variables({"Fn::Sub": ["x", {"A": {"Ref": "B"}}]}) == {"A": {"Ref": "B"}}
    assert sub_variables("x") == {}


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("flows/a.asl.json", ("infra/flows/a.asl.json", "DefinitionUri")),
        ("../a.asl.json", ("a.asl.json", "DefinitionUri")),
        ("../../a.asl.json", None),
        ("s3://bucket/a.json", None),
        ({"Bucket": "b"}, None),
    ],
)
def test_files_of_definitions(uri: object, expected: tuple[str, str] | None) -> None:
    assert definition_file({"DefinitionUri": uri}, "infra/template.yaml") == expected
