#!/bin/sh
# Starts cart in its container: the service waits for the database and its schema.
set -eu
cd /app
exec node cart/server.ts
