#!/bin/sh
# The tour in two steps: lint a good estate, then see what a change to it breaks, and whom.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
git="git -c user.name=Demo -c user.email=demo@example.com -c commit.gpgsign=false"

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }

cp -R "$here/orders/good/." "$work"
cd "$work"
$git init --quiet --initial-branch=main .
$git add --all
$git commit --quiet --message "Orders, as they are"

say '$ integrationlint detect'
integrationlint detect

say '$ integrationlint lint'
integrationlint lint

say '# somebody changes the contract and the schema ...'
cp -R "$here/orders/changed/." "$work"
$git add --all
$git commit --quiet --message "Orders name the customer; the ERP wants Incoterms"
$git log -1 --oneline --stat --format='%s'

say '$ integrationlint diff HEAD~1 HEAD'
status=0
integrationlint diff HEAD~1 HEAD || status=$?
say "(exit code $status: the change breaks somebody)"
test "$status" -eq 1
