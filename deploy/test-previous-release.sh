#!/bin/sh
# Runs the database tests of the release before this one on the schema of this one: while an update rolls, both run on it.
#   deploy/test-previous-release.sh COMMIT      the release before: what production runs
# Exit 1 when something fails that does not fail on the schema that release was made for; each is named.
set -eu
cd "$(dirname "$0")/.."
before=${1:?which commit is the release before?}
git cat-file -e "$before^{commit}" 2>/dev/null || { echo "there is no release $before to test: nothing to do"; exit 0; }
git diff --quiet "$before" -- migrations && { echo "no migration since $before"; exit 0; }
work=$(mktemp -d)
trap 'git worktree remove --force "$work/release" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
git worktree add --quiet --detach "$work/release" "$before"
# its code, its tests, our migrations; but for the one file that asks whether the schema is its own to the letter
rm -f "$work/release/shared/models/drift.db.test.ts"
cp -r "$work/release/migrations" "$work/own"
ours=$PWD/migrations

# Runs its tests on the migrations of a folder; leaves the names of those that failed in a file. Files to run may follow.
run_on() {
  migrations=$1 failed=$2
  shift 2
  rm -rf "$work/release/migrations" "$work/report"
  cp -r "$migrations" "$work/release/migrations"
  (cd "$work/release" && npm test --silent -- --project db --retry 2 --testTimeout 30000 \
    --reporter=default --reporter=json --outputFile.json="$work/report" "$@") && : >"$failed" && return
  [ -s "$work/report" ] || { echo "the tests of $before did not run" >&2; exit 1; }
  node -e '
    const { readFileSync } = require("node:fs"), { relative } = require("node:path");
    for (const { name, status, assertionResults } of JSON.parse(readFileSync(process.argv[1], "utf8")).testResults) {
      const file = relative(process.argv[2], name), tests = assertionResults.filter((test) => test.status === "failed");
      for (const test of tests) console.log(`${file}\t${test.fullName}`);
      if (status === "failed" && tests.length === 0) console.log(`${file}\tbefore its first test`);
    }' "$work/report" "$work/release" | sort -u >"$failed"
  # red, and no test of it: what all of them need, the seed above all, does not work
  [ -s "$failed" ] || { echo "the tests of $before could not begin on $migrations: see above" >&2; exit 1; }
}
files_of() { cut -f1 "$1" | sort -u; }

run_on "$ours" "$work/first"
[ -s "$work/first" ] || { echo "the release before works on the new schema"; exit 0; }
# Some tests of a release fail on a busy machine, and can't be mended any more: what failed is asked once more, alone ...
# shellcheck disable=SC2046 # each name is an argument
run_on "$ours" "$work/again" $(files_of "$work/first")
[ -s "$work/again" ] || { echo "the release before works on the new schema; failed once, and not again:"; cat "$work/first"; exit 0; }
# ... and what fails on its own schema as well is not the doing of a migration
# shellcheck disable=SC2046
run_on "$work/own" "$work/without" $(files_of "$work/again")
comm -23 "$work/again" "$work/without" >"$work/broken"
[ -s "$work/broken" ] || { echo "the release before works on the new schema; these fail on its own as well:"; cat "$work/again"; exit 0; }
echo "The release before does not work on the new schema. Expand now, take away a release later (docs/operations.md). It breaks:" >&2
cat "$work/broken" >&2
exit 1
