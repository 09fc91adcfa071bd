#!/bin/sh
# Builds plugin.wasm and runs its cases.
set -eu
cd "$(dirname "$0")"
if ! [ -d "$("${RUSTC:-rustc}" --print sysroot)/lib/rustlib/wasm32-unknown-unknown" ]; then
    echo "rustc lacks the target. Install it: rustup target add wasm32-unknown-unknown" >&2
    exit 1
fi
cargo build --release --target wasm32-unknown-unknown
cp "target/wasm32-unknown-unknown/release/{{crate}}.wasm" plugin.wasm
plugins test .
