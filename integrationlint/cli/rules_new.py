"""`integrationlint rules new`."""

import re
from typing import Final

from integrationlint.cli import console, gate
from integrationlint.cli.policy import Asked, rule_folders
from integrationlint.cli.policy_site import policy
from integrationlint.cli.site import locate
from integrationlint.model.errors import InputError, UsageError
from integrationlint.resources import folder, render
from integrationlint.source.write import write_atomic

_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)+")
_OWN: Final = "rules"
_TITLE: Final = "Say in a line what holds when the rule is followed"


def start(rule_id: str, title: str, config: str) -> int:
    """Write the file of a new rule; UsageError for an id that cannot be one or is taken."""
    if _ID.fullmatch(rule_id) is None:
        raise UsageError(f"'{rule_id}' cannot be the id of a rule: lower case and dashes, with a prefix: oas/path-case")
    site = locate((), config)
    found = policy(site, Asked(config))
    if any(rule_id in (rule.id, *rule.replaces) for rule in found.catalog.rules):
        raise UsageError(f"there is a rule {rule_id} already: 'integrationlint explain {rule_id}' shows it")
    folders = rule_folders(found.settings)
    name, place = folders[0] if folders else (f"./{_OWN}/", site.place(_OWN))
    file = place / f"{rule_id}.yaml"
    if file.exists():
        raise UsageError(f"{file} exists already; choose another id, or edit it")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{file.parent}: cannot be made ({error.strerror})") from None
    write_atomic(str(file), render("rule.yaml.j2", title=title or _TITLE).encode())
    console.result(f"{name.removeprefix('./')}{rule_id}.yaml\n")
    if not folders and place.resolve() != folder("rules").resolve():
        console.say(f"next: add {name} to 'extends' in the configuration, so that its rules run")
    console.say("next: fill it in, then 'integrationlint rules test' runs its examples")
    return gate.PASSED
