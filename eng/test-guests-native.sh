#!/usr/bin/env bash
# Runs the SDKs' native tests: the C header and its plugins under the address and undefined behaviour sanitizers, over
# the tables that hold the modules; the Rust crate and its plugins with cargo, in each set of features.
#
#   eng/test-guests-native.sh [c|rust]…
set -euo pipefail
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

test_c() { node tests/guests/run-native.mjs "$scratch"; }

test_rust() {
  (
    cd examples/Pdk-Rust
    cargo test --offline --quiet --workspace
    for features in "" alloc panic-messages; do
      cargo test --offline --quiet --package plugins-pdk --no-default-features --features "$features"
    done
  )
}

languages=("$@")
[ ${#languages[@]} -gt 0 ] || languages=(c rust)
for language in "${languages[@]}"; do
  case $language in
    c | rust) "test_$language" ;;
    *) sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
done
