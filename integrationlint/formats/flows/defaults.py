"""What a platform does when a flow does not say: the documented defaults, each with its source."""

from collections.abc import Mapping
from typing import Final

from integrationlint.model.element import State, Value

_ASL: Final = "Amazon States Language, states-language.net"
_AWS: Final = "AWS Step Functions Developer Guide"
_MULE: Final = "docs.mulesoft.com/mule-runtime/latest"

# (platform, setting) to (value, source). Durations in milliseconds, 0 and -1 mean: without end; attempts are re-tries.
DEFAULTS: Final[Mapping[tuple[str, str], tuple[object, str]]] = {
    ("asl", "TimeoutSeconds"): (99_999_999_000, f"{_AWS}, Task workflow state: TimeoutSeconds is 99999999"),
    ("asl", "http:invoke"): (60_000, f"{_AWS}, Service quotas, HTTP Task: at most 60 seconds"),
    ("asl", "express"): (300_000, f"{_AWS}, Service quotas: an Express workflow runs for at most 5 minutes"),
    ("asl", "MaxAttempts"): (3, f"{_ASL}, Retriers"),
    ("asl", "IntervalSeconds"): (1000, f"{_ASL}, Retriers"),
    ("asl", "BackoffRate"): (2.0, f"{_ASL}, Retriers"),
    ("asl", "JitterStrategy"): (False, f"{_ASL}, Retriers: JitterStrategy is NONE"),
    ("asl", "MaxConcurrency"): (0, f"{_ASL}, Map State: MaxConcurrency is 0, no limit"),
    ("asl", "ToleratedFailurePercentage"): (False, f"{_AWS}, Map workflow state: no failure is tolerated"),
    ("asl", "AuthType"): ("NO_AUTH", f"{_AWS}, Create API Gateway REST APIs: AuthType is NO_AUTH"),
    ("asl", "LoggingConfiguration.Level"): ("OFF", "CloudFormation, AWS::StepFunctions::StateMachine: Level is OFF"),
    ("asl", "TracingConfiguration.Enabled"): (False, "CloudFormation, AWS::StepFunctions::StateMachine: X-Ray is off"),
    ("asl", "IncludeExecutionData"): (False, "CloudFormation, AWS::StepFunctions::StateMachine: it is false"),
    ("asl", "Function.Timeout"): (3000, "CloudFormation, AWS::Lambda::Function: Timeout is 3 seconds"),
    ("asl", "tls"): (True, f"{_AWS}, Infrastructure security: AWS APIs are called over TLS"),
    ("mule", "http.responseTimeout"): (10_000, f"{_MULE}/global-settings-configuration: defaultResponseTimeout"),
    ("mule", "http.protocol"): ("HTTP", "HTTP Connector reference: Protocol is HTTP"),
    ("mule", "http.method"): ("GET", "HTTP Connector reference: Request, Method is GET"),
    ("mule", "db.queryTimeout"): (0, "Database Connector, QuerySettings: no timeout"),
    ("mule", "vm.timeout"): (5000, "VM Connector, QueueDescriptor: 5 seconds"),
    ("mule", "jms.maximumWait"): (10_000, "docs.mulesoft.com/connectors/jms-consume: 10 seconds"),
    ("mule", "anypoint-mq.pollingTime"): (10_000, "docs.mulesoft.com/anypoint-mq-connector, Consume: 10 seconds"),
    ("mule", "jms.ackMode"): ("auto", "JMS Connector reference: Ack Mode is AUTO"),
    ("mule", "anypoint-mq.ackMode"): ("auto", "Anypoint MQ Connector reference: Subscriber acknowledges automatically"),
    ("mule", "jms.numberOfConsumers"): (4, "JMS Connector reference: On New Message, Number Of Consumers is 4"),
    ("mule", "vm.numberOfConsumers"): (4, "VM Connector reference: Listener, Number Of Consumers is 4"),
    ("mule", "until-successful.maxRetries"): (5, f"{_MULE}/until-successful-scope; UntilSuccessful.java"),
    ("mule", "until-successful.millisBetweenRetries"): (60_000, f"{_MULE}/until-successful-scope"),
    ("mule", "reconnect.count"): (2, "Mule runtime, SimpleRetryPolicyTemplate: DEFAULT_RETRY_COUNT"),
    ("mule", "reconnect.frequency"): (2000, f"{_MULE}/reconnection-strategy-about: 2000 ms"),
    ("mule", "tls.insecure"): (True, f"{_MULE}/tls-configuration: certificates are checked unless insecure is true"),
    ("mule", "logException"): (True, f"{_MULE}/on-error-scope-concept: logException is true"),
    ("mule", "foreach.bounded"): (True, f"{_MULE}/for-each-scope-concept: once for each item of the collection"),
}


def default(platform: str, setting: str) -> Value:
    """The documented default as a Value with its source; KeyError for a setting that the table does not know."""
    value, cite = DEFAULTS[platform, setting]
    return Value(State.DEFAULT, value, cite=cite)


def or_default(value: Value, platform: str, setting: str) -> Value:
    """The value, or the default where the file says nothing."""
    return default(platform, setting) if value.state is State.ABSENT else value
