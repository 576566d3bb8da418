#!/bin/sh
# Starts market in its container: the service waits for the database and its schema.
set -eu
cd /app
exec node market/server.ts
