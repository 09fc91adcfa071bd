#!/bin/sh
# Builds plugin.wasm and runs its cases. CARGO and RUSTC name others than those on the path, PLUGINS another plugins.
set -eu
cd "$(dirname "$0")"
cargo="${CARGO:-cargo}"
rustc="${RUSTC:-rustc}"
if ! command -v "$cargo" > /dev/null || ! command -v "$rustc" > /dev/null; then
    echo "There is no Rust. Install it: https://rustup.rs (Debian: sudo apt-get install cargo)" >&2
    exit 1
fi
if ! [ -d "$("$rustc" --print sysroot)/lib/rustlib/wasm32-unknown-unknown" ]; then
    echo "$rustc lacks the target wasm32-unknown-unknown. Install it: rustup target add wasm32-unknown-unknown" >&2
    echo "(Debian's own: sudo apt-get install libstd-rust-dev-wasm32 lld)" >&2
    exit 1
fi
plugins="${PLUGINS:-plugins}"
if ! command -v "$plugins" > /dev/null; then
    echo "The command plugins is not on the path. Install it from the folder of its packages, or name it:" >&2
    echo "  dotnet tool install --global Plugins.Cli --add-source FOLDER" >&2
    echo "  PLUGINS=/path/to/plugins sh test.sh" >&2
    exit 1
fi

RUSTC="$rustc" "$cargo" build --quiet --release --target wasm32-unknown-unknown
cp "${CARGO_TARGET_DIR:-target}/wasm32-unknown-unknown/release/{{crate}}.wasm" plugin.wasm
"$plugins" test .
