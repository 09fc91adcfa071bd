#!/bin/sh
# Builds plugin.wasm and runs its cases. CC names another clang.
set -eu
cd "$(dirname "$0")"
for clang in "${CC:-clang}" clang-22 clang-21 clang-20 clang-19 clang-18 clang-17 clang-16 clang-15 clang-14; do
    command -v "$clang" > /dev/null && break
done
if ! command -v "$clang" > /dev/null; then
    echo "There is no clang. Install it: sudo apt-get install clang lld (macOS: brew install llvm lld)" >&2
    exit 1
fi
"$clang" --target=wasm32-unknown-unknown -std=c99 -Os -ffreestanding -nostdlib -mbulk-memory -Wall -Wextra -Iinclude \
    -Wl,--no-entry,--stack-first,-zstack-size=32768,--strip-all,--keep-section=name -o plugin.wasm plugin.c
plugins test .
