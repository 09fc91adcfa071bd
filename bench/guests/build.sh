#!/usr/bin/env bash
# Builds the modules that the benchmarks run, beside their sources. Needs clang-19 and wasm-ld-19.
set -euo pipefail
cd "$(dirname "$0")"

# build <module> <source> <flag>…
# In two steps: clang that links and sees an -O runs whatever wasm-opt is installed.
build() {
    clang-19 --target=wasm32-unknown-unknown -O2 -ffreestanding -mbulk-memory -Wall -Wextra -Werror -c -o "$1.o" \
        "$2" "${@:3}"
    clang-19 --target=wasm32-unknown-unknown -nostdlib -o "$1" "$1.o" \
        -Wl,--no-entry,--stack-first,-zstack-size=16384,--strip-all
    rm "$1.o"
}

build engine.wasm engine.c
build small.wasm abi.c -DBUFFER=4096 -DCAPABILITY
build large.wasm abi.c -DBUFFER=1048576
