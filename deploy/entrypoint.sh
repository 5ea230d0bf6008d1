#!/bin/sh
# Runs cva with the arguments it is given. The passwords of the database's roles come as files and
# go into the file that PostgreSQL's client reads (PGPASSFILE), so that no address, environment or
# list of processes holds one. A container has only the files of the roles it works as.
set -eu
umask 077

for role in cva_owner cva_app; do
  file="${SECRETS:-/run/secrets}/$role"
  if [ -r "$file" ]; then
    # A colon ends a field there and a backslash keeps the next character.
    printf '*:*:*:%s:%s\n' "$role" "$(sed 's/[\\:]/\\&/g' "$file")"
  fi
done >"$PGPASSFILE"

exec cva "$@"
