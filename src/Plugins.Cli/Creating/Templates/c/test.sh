#!/bin/sh
# Builds plugin.wasm and runs its cases; with -g it has debug information. CC names another clang, PLUGINS another
# plugins.
set -eu
cd "$(dirname "$0")"
for clang in "${CC:-clang}" clang-22 clang-21 clang-20 clang-19 clang-18 clang-17 clang-16 clang-15 clang-14; do
    command -v "$clang" > /dev/null && break
done
if ! command -v "$clang" > /dev/null; then
    echo "There is no clang. Install it: sudo apt-get install clang lld (macOS: brew install llvm lld)" >&2
    exit 1
fi
plugins="${PLUGINS:-plugins}"
if ! command -v "$plugins" > /dev/null; then
    echo "The command plugins is not on the path. Install it from the folder of its packages, or name it:" >&2
    echo "  dotnet tool install --global Plugins.Cli --add-source FOLDER" >&2
    echo "  PLUGINS=/path/to/plugins sh test.sh" >&2
    exit 1
fi

debug='' strip=,--strip-all,--keep-section=name
if [ "${1:-}" = -g ]; then debug=-g strip=''; fi

# In two steps, because clang that links and sees an -O runs any wasm-opt that is installed, which drops the names.
"$clang" --target=wasm32-unknown-unknown -std=c99 -Os -ffreestanding -mbulk-memory -Wall -Wextra -Iinclude \
    $debug -c -o plugin.o plugin.c
"$clang" --target=wasm32-unknown-unknown -nostdlib -o plugin.wasm plugin.o \
    -Wl,--no-entry,--stack-first,-zstack-size=32768$strip
rm plugin.o
"$plugins" test .
