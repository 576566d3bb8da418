#!/bin/sh
# Runs the database tests of the release before this one on the schema of this one: while an update rolls, both run on it.
#   deploy/test-previous-release.sh COMMIT      the release before: what production runs
set -eu
cd "$(dirname "$0")/.."
before=${1:?which commit is the release before?}
git cat-file -e "$before^{commit}" 2>/dev/null || { echo "there is no release $before to test: nothing to do"; exit 0; }
git diff --quiet "$before" -- migrations && { echo "no migration since $before"; exit 0; }
work=$(mktemp -d)
trap 'git worktree remove --force "$work/release" 2>/dev/null; rm -rf "$work"' EXIT
git worktree add --quiet --detach "$work/release" "$before"
# its code, its tests, our migrations
rm -r "$work/release/migrations"
cp -r migrations "$work/release/migrations"
cd "$work/release"
npm test --silent -- --project db
