#!/bin/sh
# Starts events in its container: the service waits for the database and its schema.
set -eu
cd /app
exec node events/server.ts
