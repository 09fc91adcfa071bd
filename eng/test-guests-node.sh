#!/usr/bin/env bash
# Runs every committed guest module in Node, against a second, small implementation of the ABI.
set -euo pipefail
cd "$(dirname "$0")/.."
exec node tests/guests/run-guests.mjs
