#!/bin/bash
# Puts the database and the pictures back as they were. Runs on the node that holds the volumes, while the stack is down:
#   docker stack rm coop
#   docker run --rm -v coop_database:/var/lib/postgresql/data -v coop_media:/srv/media -v coop_backup:/backup \
#     -v "$PWD/deploy/restore.sh:/restore.sh:ro" --entrypoint bash postgres:16 /restore.sh [--until '2026-11-26 14:00:00+00'] [--force]
#   . ./.env && docker stack deploy -c docker-compose.yml coop
# Without --until: as late as the archive goes. PostgreSQL replays the WAL at its next start, and goes on in a new timeline: by that
# the site knows that it was restored, and sends nothing until an admin says so at /admin/outgoing.
set -euo pipefail
data=${PGDATA:-/var/lib/postgresql/data} until="" force=""
while [ $# -gt 0 ]; do
  case $1 in
    --until) until=$(date -u -d "$2" +'%Y-%m-%d %H:%M:%S+00'); shift 2 ;;
    --force) force=yes; shift ;;
    *) echo "unknown: $1" >&2; exit 2 ;;
  esac
done
[ -e "$data/postmaster.pid" ] && { echo "the database seems to run on these files: remove the stack first (--force does not help)" >&2; exit 1; }
[ -e "$data/PG_VERSION" ] && [ -z "$force" ] && { echo "there is a database already: --force replaces it" >&2; exit 1; }

# the newest copy that was whole before the moment asked for
base=""
for candidate in /backup/base/2*; do
  [ -f "$candidate/backup_label" ] || continue
  made=$(date -u -r "$candidate/backup_label" +'%Y-%m-%d %H:%M:%S+00')
  [ -n "$until" ] && [[ $made > $until ]] && continue
  base=$candidate
done
[ -n "$base" ] || { echo "there is no backup${until:+ from before $until}" >&2; exit 1; }

find "$data" -mindepth 1 -delete
tar --extract --file "$base/data.tar" --directory "$data"
cp "$base/backup_label" "$data/backup_label"
mkdir -p "$data/pg_wal"
touch "$data/recovery.signal"
{
  echo "restore_command = 'cp /backup/wal/%f %p'"
  echo "recovery_target_action = 'promote'"
  [ -n "$until" ] && echo "recovery_target_time = '$until'"
  [ -n "$until" ] || echo "recovery_target_time = ''"
} >>"$data/postgresql.auto.conf"
chown -R --reference="$data/PG_VERSION" "$data"
chmod 700 "$data"
cp --recursive --no-clobber --preserve=all /backup/media/. /srv/media/
echo "restored from ${base##*/}${until:+, up to $until}; start the stack: it sends nothing until an admin has compared and released it at /admin/outgoing"
