#!/usr/bin/env bash
# Builds bench/Plugins.WebBenchmarks/pricing.wasm. Needs Debian's rustc with its WebAssembly target, and wasm-ld.
set -euo pipefail
cd "$(dirname "$0")/../.."
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
rust() {
    /usr/bin/rustc --edition 2021 --target wasm32-unknown-unknown -C opt-level=2 -C panic=abort -C codegen-units=1 \
        -C embed-bitcode=yes -C target-feature=+bulk-memory -C linker=wasm-ld-14 -C linker-flavor=wasm-ld -D warnings "$@"
}
rust --crate-type rlib --crate-name plugins_pdk --out-dir "$scratch" examples/Pdk-Rust/pdk/src/lib.rs
rust --crate-type cdylib --crate-name pricing --extern plugins_pdk="$scratch/libplugins_pdk.rlib" -C lto=fat \
    -C strip=debuginfo -C link-arg=-zstack-size=8192 -o bench/Plugins.WebBenchmarks/pricing.wasm bench/Plugins.WebBenchmarks/pricing.rs
