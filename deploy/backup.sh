#!/bin/bash
# Copies the whole database once a day, and the pictures; with the archived WAL any moment since the oldest copy can come back.
# Runs in a postgres container beside the database: its data at /var/lib/postgresql/data and pictures at /srv/media, both read-only.
# /backup/base/TIME/{data.tar,backup_label}   /backup/wal/SEGMENT   /backup/media/…      restore.sh reads them.
# /backup/erased.csv: who was erased, by number and hashes; it only grows, and no restore takes anything out of it.
#   backup.sh          once a day, for ever; the first when there is none of the last 24 hours
#   backup.sh once     now, then ends
set -euo pipefail
base=/backup/base wal=/backup/wal
PGPASSWORD=$(cat "$PASSWORD_FILE")
export PGPASSWORD
mkdir -p "$base" "$wal" /backup/media
chown --reference=/var/lib/postgresql/data "$wal" # PostgreSQL archives as its own user

main() {
  [ "${1:-}" = once ] && { back_up; return; }
  while sleep "${CHECK_SECONDS:-60}"; do
    compare_erased || echo "the list of who was erased was not compared; the next try is in a minute" >&2
    [ -n "$(find "$base" -mindepth 1 -maxdepth 1 -name '2*' -mmin -1440)" ] && continue
    back_up || echo "backup failed; the next try is in a minute" >&2
  done
}

# PostgreSQL's own way (Continuous Archiving, low-level API): between start and stop, in one session, its files may be copied as they are.
back_up() {
  local name new
  name=$(date -u +%Y%m%dT%H%M%SZ)
  new=$base/.$name
  rm -rf "$base"/.2*
  mkdir "$new"
  coproc SESSION { psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1; }
  local pid=$SESSION_PID out=${SESSION[0]} in=${SESSION[1]}
  ask "select 'started' from pg_backup_start('$name', fast => true);" started
  # a file may change or go while it is read: replaying the WAL mends it
  tar --create --file "$new/data.tar" --directory /var/lib/postgresql/data --warning=no-file-changed --warning=no-file-removed \
    --exclude './pg_wal/*' --exclude ./postmaster.pid --exclude ./postmaster.opts . || [ $? -eq 1 ]
  ask "\\o $new/backup_label
select labelfile from pg_backup_stop(wait_for_archive => true);
\\o
select 'stopped';" stopped
  exec {in}>&-
  wait "$pid"
  cp --recursive --no-clobber --preserve=timestamps /srv/media/. /backup/media/
  mv "$new" "$base/$name"
  forget_old
  echo "backup $name: $(du -sh "$base/$name" | cut -f1)"
}

# What the list knows and a restored database does not, the database learns, and erases at its release; and the other way round.
compare_erased() {
  local list=/backup/erased.csv new=/backup/.erased.csv columns="user_id, joined_at, handle_hash, address_hashes, keeps_posts, keeps_comments, was_shown, erased_at"
  touch "$list"
  psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --single-transaction <<SQL
create temp table known (like erased_people) on commit drop;
\copy known ($columns) from '$list' with (format csv)
insert into erased_people ($columns) select $columns from known on conflict do nothing;
insert into erased_addresses (hash) select unnest(address_hashes) from known on conflict do nothing;
insert into erased_list (id, cluster, compared_at) values (1, cluster_here(), now())
  on conflict (id) do update set cluster = excluded.cluster, compared_at = excluded.compared_at;
\copy (select $columns from erased_people order by user_id, joined_at) to '$new' with (format csv)
SQL
  mv "$new" "$list"
}

# Sends SQL to the session and reads until it says the word.
ask() {
  printf '%s\n' "$1" >&"$in"
  local line
  while read -r -t 600 -u "$out" line; do [ "$line" = "$2" ] && return; done
  echo "PostgreSQL did not say: $2" >&2
  return 1
}

# Copies older than KEEP_DAYS go, never the newest; then the WAL that no copy needs. Segments sort by name within a timeline.
forget_old() {
  local newest oldest needed
  newest=$(find "$base" -mindepth 1 -maxdepth 1 -name '2*' | sort | tail -1)
  find "$base" -mindepth 1 -maxdepth 1 -name '2*' -mtime "+${KEEP_DAYS:-14}" ! -path "$newest" -exec rm -rf {} +
  oldest=$(find "$base" -mindepth 1 -maxdepth 1 -name '2*' | sort | head -1)
  needed=$(sed -n 's/^START WAL LOCATION: .*file \([0-9A-F]*\))$/\1/p' "$oldest/backup_label")
  [ -n "$needed" ] || return 0
  for segment in "$wal"/*; do
    case ${segment##*/} in *.history) continue ;; esac
    [[ ${segment##*/} < $needed ]] && rm "$segment"
  done
  return 0
}

main "$@"
