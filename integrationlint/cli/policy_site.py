"""The policy of a site: what its configuration and the command line say, or what another revision said."""

from integrationlint.cli.policy import Asked, Policy, assembled_for, baseline_path, known_findings, laid_over
from integrationlint.cli.site import Site
from integrationlint.model.settings import Settings


def policy(site: Site, asked: Asked, *, known: bool = True) -> Policy:
    """The policy of a site; with `known` the baseline is read. ConfigError or UsageError for what is wrong."""
    own = _settings(site, asked)
    revision = asked.policy_from or own.policy
    if revision:
        from integrationlint.cli.policy_revision import from_revision

        return from_revision(site, asked, own, revision)
    said = laid_over(own, site, asked)
    path = baseline_path(said, site, asked)
    return Policy(said, assembled_for(said), path, known_findings(said, site, path) if known else {})


def _settings(site: Site, asked: Asked) -> Settings:
    """What the configuration file says; without what it extends when rulesets take its place."""
    if site.config is None:
        return Settings(root=site.root)
    from integrationlint.cli.configuration import from_file

    return from_file(site.config, site.root, alone=bool(asked.rulesets))
