#!/bin/sh
# Installs the ledger into a virtual environment of its own: deploy/install.sh FOLDER
# Every package is held against its hash in the lock; the ledger itself is built with the locked
# hatchling, without an index. PYTHON names another Python than python3.
set -eu
folder=$1
cd "$(dirname "$0")/.."

install() {
  "$folder/bin/python" -m pip --quiet --disable-pip-version-check install "$@"
}

"${PYTHON:-python3}" -m venv "$folder"
install --require-hashes --only-binary=:all: -r requirements.lock
install --no-build-isolation --no-deps --no-index .
