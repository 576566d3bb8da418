#!/bin/sh
# Starts federation in its container: the service waits for the database and its schema.
set -eu
cd /app
exec node federation/server.ts
