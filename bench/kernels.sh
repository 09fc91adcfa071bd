#!/usr/bin/env bash
# Compares the engine with native code and V8 on C kernels, and prints one Markdown table.
#
#   bench/kernels.sh [ROUNDS] [REPETITIONS]      5 rounds of 3 repetitions by default
#
# KERNELS names another folder with kernels.c, list.h and native.c, such as vectors; WASM_FLAGS more of clang's flags for the
# module, such as -msimd128; CPU the processor to run on. Every round runs each engine once, one after the other, so that a slow
# minute of the machine hits all alike. Results must be equal.
set -euo pipefail
cd "$(dirname "$0")"

rounds=${1:-5} repetitions=${2:-3}
kernels=${KERNELS:-kernels}
if [ ! -f "$kernels/kernels.c" ]; then
    echo "No kernels in '$kernels': nothing to compare. KERNELS=folder names another place."
    exit 0
fi
for tool in clang-19 wasm-ld-19 node; do
    command -v "$tool" > /dev/null || { echo "$tool is not installed: nothing to compare."; exit 0; }
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
lines=$work/lines.txt
wasm=$work/kernels.wasm
clang-19 -O2 -o "$work/native" "$kernels/kernels.c" "$kernels/native.c" -lm
# In two steps: clang that links and sees an -O runs whatever wasm-opt is installed.
clang-19 --target=wasm32-unknown-unknown -O2 -mbulk-memory ${WASM_FLAGS:-} -c -o "$work/kernels.o" "$kernels/kernels.c"
clang-19 --target=wasm32-unknown-unknown -nostdlib -Wl,--no-entry -o "$wasm" "$work/kernels.o"
dotnet build Plugins.Benchmarks -c Release -v q -nologo > "$work/build.log" || { cat "$work/build.log"; exit 1; }
ours=$PWD/Plugins.Benchmarks/bin/Release/net10.0/Plugins.Benchmarks.dll
readarray -t sizes < <(sed -n 's/^#define ARG_\([a-z0-9]*\) \([0-9]*\)$/\1=\2/p' "$kernels/list.h")

# run <engine> <command>…: its lines, the engine's name before each.
run() {
    taskset -c "${CPU:-1}" "${@:2}" | sed "s/^/$1 /" >> "$lines"
}

for ((round = 0; round < rounds; round++)); do
    run native "$work/native" "$repetitions"
    run v8 node kernels.mjs "$wasm" "$repetitions" "${sizes[@]}"
    run guarded dotnet "$ours" kernels "$wasm" guarded "$repetitions" "${sizes[@]}"
    run fuel dotnet "$ours" kernels "$wasm" fuel "$repetitions" "${sizes[@]}"
done
dotnet "$ours" kernel-table "$lines"
