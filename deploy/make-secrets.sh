#!/bin/sh
# Makes a password for each role of the database that has none yet: deploy/make-secrets.sh [FOLDER]
# The folder is closed to all but its owner. The files in it are not, as each container reads those
# that are mounted into it as a user of its own.
set -eu
folder=${1:-$(dirname "$0")/secrets}

mkdir -p "$folder"
chmod 700 "$folder"
for role in postgres cva_owner cva_app; do
  if [ ! -e "$folder/$role" ]; then
    od -An -N24 -tx1 /dev/urandom | tr -d ' \n' >"$folder/$role"
    chmod 444 "$folder/$role"
  fi
done
