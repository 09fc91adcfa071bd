#!/usr/bin/env bash
# Builds the modules that the benchmarks run, beside their sources. Needs clang-19 and wasm-ld-19.
set -euo pipefail
cd "$(dirname "$0")"

# build <module> <source> <flag>…
build() {
    clang-19 --target=wasm32-unknown-unknown -O2 -ffreestanding -nostdlib -mbulk-memory -Wall -Wextra -Werror \
        -Wl,--no-entry,--stack-first,-zstack-size=16384,--strip-all -o "$1" "$2" "${@:3}"
}

build engine.wasm engine.c
build small.wasm abi.c -DBUFFER=4096 -DCAPABILITY
build large.wasm abi.c -DBUFFER=1048576
