#!/bin/sh
# Starts blog in its container: migrates first when RUN_MIGRATIONS=true; then the service waits for the database and its schema.
set -eu
cd /app
if [ "${RUN_MIGRATIONS:-}" = true ]; then node blog/migrate.ts; fi
exec node blog/server.ts
