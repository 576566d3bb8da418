#!/bin/sh
# Which services a change concerns: reads paths, one a line, and prints the names of the apps, one a line.
#   git diff --name-only BASE HEAD | deploy/changed-apps.sh
# Used by deploy.sh and by CI, so that both decide alike.
set -eu
apps="blog market cart events federation account"
changed=""
while IFS= read -r path; do
  case $path in
    *.test.ts | *.md) continue ;; # in no image
    */bp/fragments/*.html) changed=$apps; break ;; # other services show these pieces: their style sheets hold what the pieces need
    shared/dev/* | datalog/cli/* | datalog/tests/*) continue ;;
    shared/* | datalog/* | migrations/* | patches/* | _config/*) changed=$apps; break ;;
    package.json | pnpm-lock.yaml | pnpm-workspace.yaml | docker-compose.yml | .dockerignore | scripts/assets.ts) changed=$apps; break ;;
  esac
  for app in $apps; do
    case $path in "$app"/dev/*) ;; "$app"/*) changed="$changed $app" ;; esac
  done
done
for app in $apps; do
  case " $changed " in *" $app "*) echo "$app" ;; esac
done
