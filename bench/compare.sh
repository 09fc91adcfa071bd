#!/usr/bin/env bash
# Compares V8, Wasmtime and the embedded engine with native code and with each other, and writes one table into
# docs/engines.md.
#
#   bench/compare.sh [ROUNDS] [REPETITIONS]      5 rounds of 3 repetitions by default, about 6 minutes
#
# PLUGINS_WASMTIME_PATH names another library of Wasmtime than the NuGet package's, CPU the processor to run on. Every
# round runs each engine once, one after the other, so that a slow minute of the machine hits all alike; each cell is
# the median of the rounds. What engines compute must be equal.
set -euo pipefail
cd "$(dirname "$0")"

rounds=${1:-5} repetitions=${2:-3}
for tool in clang-19 wasm-ld-19 node taskset; do
    command -v "$tool" > /dev/null || { echo "$tool is not installed: nothing to compare."; exit 0; }
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
lines=$work/lines.txt
wasm=$work/kernels.wasm
clang-19 -O2 -o "$work/native" kernels/kernels.c kernels/native.c -lm
# In two steps: clang that links and sees an -O runs whatever wasm-opt is installed.
clang-19 --target=wasm32-unknown-unknown -O2 -mbulk-memory -c -o "$work/kernels.o" kernels/kernels.c
clang-19 --target=wasm32-unknown-unknown -nostdlib -Wl,--no-entry -o "$wasm" "$work/kernels.o"
dotnet build Plugins.Benchmarks -c Release -v q -nologo > "$work/build.log" || { cat "$work/build.log"; exit 1; }
ours=(dotnet "$PWD/Plugins.Benchmarks/bin/Release/net10.0/Plugins.Benchmarks.dll" compare)
readarray -t sizes < <(sed -n 's/^#define ARG_\([a-z0-9]*\) \([0-9]*\)$/\1=\2/p' kernels/list.h)
for size in 20 200; do "${ours[@]}" sample "$size" "$work/$size.wasm"; done

# run <engine> <command>…: its lines, the engine's name before each.
run() {
    "${@:2}" | sed "s/^/$1 /" >> "$lines"
}

# The native program's milliseconds, as the nanoseconds that the others print.
native() {
    "$work/native" "$repetitions" | awk '{ printf "%s %.2f %s\n", $1, $2 * 1e6, $3 }'
}

measure() {
    local size engine
    run native native
    run native "${ours[@]}" engine native
    run v8 node compare.mjs "$wasm" "$repetitions" "${sizes[@]}"
    for engine in wasmtime wasmtime-epochs wasmtime-fuel guards fuel; do
        run "$engine" "${ours[@]}" engine "$engine" "$wasm" "$repetitions" "${sizes[@]}"
    done
    for size in 20 200; do
        run v8 node compare.mjs first "first-$size" "$work/$size.wasm"
        for engine in wasmtime wasmtime-epochs wasmtime-fuel guards fuel; do
            run "$engine" "${ours[@]}" first "first-$size" "$engine" "$work/$size.wasm"
        done
    done
    for engine in wasmtime-epochs wasmtime-fuel guards fuel; do
        run "$engine" "${ours[@]}" hosted hosted-200 "$engine" "$work/200.wasm"
    done
    for engine in wasmtime-epochs wasmtime-fuel; do
        run "$engine" "${ours[@]}" hosted cached-200 "$engine" "$work/200.wasm" "$work/cache"
    done
}

# What is started from here on stays on the one processor. .NET would wait ten times as long there before it optimises,
# longer than anything here is warmed up.
export DOTNET_TC_DelaySingleProcMultiplier=1
taskset -cp "${CPU:-1}" $$ > /dev/null

# Once for the disk cache to be filled.
for engine in wasmtime-epochs wasmtime-fuel; do
    "${ours[@]}" hosted fill "$engine" "$work/200.wasm" "$work/cache" > /dev/null
done
for ((round = 1; round <= rounds; round++)); do
    echo "round $round of $rounds" >&2
    measure
done

clang=$(clang-19 --version | grep -oE '[0-9]+\.[0-9]+\.[0-9]+' | sed -n 1p)
processor=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | sed -n 1p)
dotnet=$(dotnet --list-runtimes | sed -n 's/^Microsoft.NETCore.App \([^ ]*\).*/\1/p' | sort -V | tail -1)
"${ours[@]}" table "$lines" "$processor; clang $clang, Node $(node --version | tr -d v), \
Wasmtime $("${ours[@]}" wasmtime-version), .NET $dotnet; medians of $rounds rounds, $(date -u +%F)." ../docs/engines.md
