#!/bin/bash
# Builds, pushes and rolls out services of the stack; waits until each has converged.
#   ./deploy.sh                  those that changed since what runs now, by git
#   ./deploy.sh blog market      these
#   ./deploy.sh --all            all six
#   ./deploy.sh --dry-run [...]  says what it would do
#   ./deploy.sh --rollback blog  back to the version before
#   ./deploy.sh --status         what runs
# .env says where (see .env.example); the stack itself is put there by `docker stack deploy`. Exit 1 when a service did not converge.
set -euo pipefail
cd "$(dirname "$0")"
apps=(blog market cart events federation account)
logs=.data/deploy
docker=${DOCKER:-docker}

main() {
  local mode=changed dry="" wanted=()
  while [ $# -gt 0 ]; do
    case $1 in
      --all) mode=all ;;
      --dry-run) dry=yes ;;
      --rollback) mode=rollback ;;
      --status) mode=status ;;
      -h | --help) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit ;;
      -*) fail "unknown: $1 (--help says what there is)" ;;
      *) is_app "$1" || fail "there is no service called $1: ${apps[*]}"; wanted+=("$1") ;;
    esac
    shift
  done
  # shellcheck source=/dev/null
  if [ -f .env ]; then . ./.env; fi
  stack=${STACK:-coop}
  [ -n "${REGISTRY:-}" ] || fail "REGISTRY is not set: where do images lie? See .env.example"
  case $mode in
    status) status; exit ;;
    all) wanted=("${apps[@]}") ;;
    rollback) [ ${#wanted[@]} -gt 0 ] || fail "roll back what? ${apps[*]}" ;;
    changed) [ ${#wanted[@]} -gt 0 ] || mapfile -t wanted < <(changed_apps) ;;
  esac
  [ ${#wanted[@]} -gt 0 ] || { echo "nothing has changed since what runs now"; exit; }
  if [ "$mode" = rollback ]; then roll_back "${wanted[@]}"; else roll_out "${wanted[@]}"; fi
}

# The commit, and a hash of what is not committed: an image's name says what is in it.
revision() {
  local commit dirty
  commit=$(git rev-parse --short=12 HEAD)
  dirty=$({ git diff HEAD --binary; git ls-files --others --exclude-standard -z | xargs -0r cat; } | sha256sum | cut -c1-8)
  if [ -z "$(git status --porcelain)" ]; then echo "$commit"; else echo "$commit-$dirty"; fi
}

# The tag that a service runs with; nothing when it does not run.
running() {
  $docker service inspect --format '{{.Spec.TaskTemplate.ContainerSpec.Image}}' "${stack}_$1" 2>/dev/null | sed 's/@.*//; s/.*://'
}

# Each service is compared with the commit that it runs; one of no known commit has changed.
changed_apps() {
  local app commit
  for app in "${apps[@]}"; do
    commit=$(running "$app"); commit=${commit%%-*}
    if [ -z "$commit" ] || ! git cat-file -e "$commit^{commit}" 2>/dev/null; then echo "$app"; continue; fi
    { git diff --name-only "$commit"; git ls-files --others --exclude-standard; } | deploy/changed-apps.sh | grep -x "$app" || true
  done
}

roll_out() {
  local app tag; tag=$(revision)
  if [ -n "$dry" ]; then
    for app in "$@"; do echo "would build, push and roll out $REGISTRY/$app:$tag ($(running "$app" || true) runs)"; done
    return
  fi
  mkdir -p "$logs"
  local -A pids=() began=() before=()
  for app in "$@"; do build_and_push "$app" "$tag" >"$logs/$app.log" 2>&1 & pids[$app]=$!; before[$app]=$(running "$app"); done
  local failed=""
  for app in "$@"; do wait "${pids[$app]}" || { echo "$app was not built: $logs/$app.log" >&2; tail -5 "$logs/$app.log" >&2; failed=yes; }; done
  [ -z "$failed" ] || exit 1
  # blog first and alone: it migrates. When that fails nothing else has moved.
  rows=()
  for app in $(blog_first "$@"); do
    [ -n "${before[$app]}" ] || { rows+=("$app|$tag|not in stack $stack yet: docker stack deploy puts it there|-|-"); continue; }
    began[$app]=$SECONDS
    $docker service update --quiet --detach --with-registry-auth --image "$REGISTRY/$app:$tag" "${stack}_$app" >/dev/null
    [ "$app" != blog ] || settle blog "$tag" "${before[blog]}" "${began[blog]}" || { table; exit 1; }
  done
  for app in "$@"; do
    [ "$app" != blog ] && [ -n "${began[$app]:-}" ] && { settle "$app" "$tag" "${before[$app]}" "${began[$app]}" || failed=yes; }
  done
  table
  [ -z "$failed" ]
}

build_and_push() {
  local secrets=() npmrc
  [ -f "${NODE_EXTRA_CA_CERTS:-}" ] && secrets+=(--secret "id=ca,src=$NODE_EXTRA_CA_CERTS")
  npmrc=$(npm config get userconfig 2>/dev/null || true); [ -f "$npmrc" ] && secrets+=(--secret "id=npmrc,src=$npmrc")
  # the commit's own time: the same commit is the same image
  DOCKER_BUILDKIT=1 $docker build --file "$1/Dockerfile" ${BUILD_NETWORK:+--network "$BUILD_NETWORK"} "${secrets[@]}" \
    --build-arg REVISION="$2" --build-arg CREATED="$(git log -1 --format=%cI)" --build-arg SCHEMA="$(schema)" \
    --tag "$REGISTRY/$1:$2" --tag "$REGISTRY/$1:latest" .
  $docker push --quiet "$REGISTRY/$1:$2"
  $docker push --quiet "$REGISTRY/$1:latest"
}

# The number of the last migration.
schema() { grep -c '"idx"' migrations/meta/_journal.json; }

# Waits until an update has ended one way or the other, and notes a row for the table.
settle() {
  local app=$1 tag=$2 before=$3 began=$4 state end=$((SECONDS + ${PATIENCE_SECONDS:-300}))
  while [ $SECONDS -lt $end ]; do
    state=$($docker service inspect --format '{{if .UpdateStatus}}{{.UpdateStatus.State}}{{else}}completed{{end}}' "${stack}_$app")
    case $state in
      completed) [ "$(replicas "$app" | cut -d/ -f1)" = "$(replicas "$app" | cut -d/ -f2)" ] && { note "$app" "$before -> $tag" "$began" converged; return; } ;;
      rollback_completed | rollback_paused | paused) note "$app" "$before -> $tag" "$began" "$state: $(why "$app" "$tag")"; return 1 ;;
    esac
    sleep 0.5
  done
  note "$app" "$before -> $tag" "$began" "not converged after ${PATIENCE_SECONDS:-300} s"
  return 1
}

note() { rows+=("$1|$REGISTRY/$1|$2|$(replicas "$1")|$((SECONDS - $3)) s|$4"); }
replicas() { $docker service ls --filter "name=${stack}_$1" --format '{{.Name}} {{.Replicas}}' | sed -n "s/^${stack}_$1 \([0-9/]*\).*/\1/p"; }

# The last words of a task of the image that did not get well.
why() {
  local task
  task=$($docker service ps --no-trunc --format '{{.ID}} {{.Image}} {{.Error}}' "${stack}_$1" | grep -F ":$2" | head -1)
  $docker service logs --raw --tail 1 "$(echo "$task" | cut -d' ' -f1)" 2>&1 | cut -c1-200
}

roll_back() {
  local app failed=""; rows=()
  for app in "$@"; do
    local now before image; now=$(running "$app")
    image=$($docker service inspect --format '{{if .PreviousSpec}}{{.PreviousSpec.TaskTemplate.ContainerSpec.Image}}{{end}}' "${stack}_$app" 2>/dev/null) || fail "$app does not run"
    before=$(echo "$image" | sed 's/@.*//; s/.*://')
    [ -n "$before" ] || fail "$app has no version before this one"
    refuse_contraction "$app" "$image"
    if [ -n "$dry" ]; then echo "would take $app back from $now to $before"; continue; fi
    local began=$SECONDS
    $docker service rollback --quiet --detach "${stack}_$app" >/dev/null
    local end=$((SECONDS + ${PATIENCE_SECONDS:-300})) state=""
    while [ $SECONDS -lt $end ] && [ "$state" != rollback_completed ]; do
      state=$($docker service inspect --format '{{.UpdateStatus.State}}' "${stack}_$app"); sleep 0.5
    done
    note "$app" "$now -> $before" "$began" "$state"
    [ "$state" = rollback_completed ] || failed=yes
  done
  [ -n "$dry" ] || table
  [ -z "$failed" ]
}

# A migration that takes away what the version before still reads says so in its first line: -- contraction
refuse_contraction() {
  local file number schema
  $docker image inspect "$2" >/dev/null 2>&1 || $docker pull --quiet "$2" >/dev/null || fail "the image of $1's version before is gone: $2"
  schema=$($docker image inspect --format '{{index .Config.Labels "com.rose-ash.schema"}}' "$2")
  case $schema in '' | *[!0-9]*) fail "the image of $1's version before does not say which schema it needs" ;; esac
  number=0
  for file in migrations/[0-9]*.sql; do
    number=$((number + 1))
    [ $number -gt "$schema" ] && head -1 "$file" | grep -q '^-- contraction' &&
      fail "$1's version before needs what ${file#migrations/} took away: it can't come back. Mend forwards, or restore a backup (docs/operations.md)."
  done
  return 0
}

status() {
  rows=()
  local app
  for app in "${apps[@]}"; do
    if [ -z "$(running "$app")" ]; then rows+=("$app|-|-|-|-|not in stack $stack"); continue; fi
    rows+=("$app|$REGISTRY/$app|$(running "$app")|$(replicas "$app")|-|$($docker service inspect --format '{{if .UpdateStatus}}{{.UpdateStatus.State}}{{else}}deployed{{end}}' "${stack}_$app")")
  done
  table
}

table() { { echo "app|image|version|replicas|time|state"; printf '%s\n' "${rows[@]}"; } | column -t -s '|'; }
blog_first() { local app; for app in "$@"; do [ "$app" = blog ] && echo blog; done; for app in "$@"; do [ "$app" = blog ] || echo "$app"; done; }
is_app() { case " ${apps[*]} " in *" $1 "*) return 0 ;; *) return 1 ;; esac; }
fail() { echo "$*" >&2; exit 1; }

main "$@"
