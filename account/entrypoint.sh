#!/bin/sh
# Starts account in its container: the service waits for the database and its schema.
set -eu
cd /app
exec node account/server.ts
