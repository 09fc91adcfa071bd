#!/usr/bin/env bash
# Compares the embedded engine with native code, V8 and Wasmtime on programs of some size and on modules from npm, and
# prints tables in Markdown.
#
#   bench/real.sh [ROUNDS] [SETTING]…      3 rounds; compiled-guards and compiled-fuel by default
#
# Settings of the embedded engine are MODE-guards and MODE-fuel, for the modes of ModuleOptions.Mode. Wasmtime has
# epochs in all its settings. PARTS chooses among kernels, programs, work, modules and limits, RECIPES among the modules
# in bench/real/recipes.mjs, CPU the processor for the first three; LINES keeps what was measured in that file, and adds
# to what it holds. BENCHMARKS is a folder with Plugins.Benchmarks.dll, built before, to measure another state of the
# engine. The modules, 150 MB, are downloaded once, by npm, into bench/real/node_modules and, those
# that tests use as well, tests/guests/real/node_modules.
#
# Every round measures each setting once, each in a process of its own; tables have the best round, since other work on
# the machine only ever adds time, and work is measured as processor time. What the settings compute must be equal. The
# engine's assembly is compiled ahead of time, as it is in the packages.
set -euo pipefail
cd "$(dirname "$0")"

rounds=${1:-3}
settings=("${@:2}")
[ ${#settings[@]} -gt 0 ] || settings=(compiled-guards compiled-fuel)
parts=" ${PARTS:-kernels programs work modules limits} "
repetitions=5
for tool in clang-19 wasm-ld-19 node npm taskset; do
    command -v "$tool" > /dev/null || { echo "$tool is not installed: nothing to compare."; exit 0; }
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
lines=${LINES:-$work/lines.txt}
touch "$lines"
has() { [[ $parts == *" $1 "* ]]; }

if [ -n "${BENCHMARKS:-}" ]; then
    benchmarks=$BENCHMARKS
else
    benchmarks=$work/benchmarks
    dotnet build Plugins.Benchmarks -c Release -v q -nologo > "$work/build.log" || { cat "$work/build.log"; exit 1; }
    cp -r Plugins.Benchmarks/bin/Release/net10.0 "$benchmarks"
    dotnet publish ../src/Plugins.Wasm -c Release -r linux-x64 -p:PublishReadyToRun=true -o "$work/ready" -v q \
        -nologo > "$work/build.log" || { cat "$work/build.log"; exit 1; }
    cp "$work/ready/Plugins.Wasm.dll" "$benchmarks/"
fi
ours=(dotnet "$benchmarks/Plugins.Benchmarks.dll")
others=(wasmtime-guards wasmtime-fuel)

# A part that measures work keeps to one processor; from bytes to a result, engines may use what there is.
run() { taskset -c "${CPU:-1}" "$@" >> "$lines"; }

# measure_program <measure> <module> <export> <argument>
measure_program() {
    local setting
    run node real/real.mjs program "$@" "$repetitions"
    for setting in "${others[@]}" "${settings[@]}"; do
        run "${ours[@]}" real program "$setting" "$@" "$repetitions"
    done
}

measure_kernels() {
    local kernel
    for kernel in $(sed -n 's/^#define ARG_\([a-z0-9]*\) \([0-9]*\)$/\1=\2/p' kernels/list.h); do
        run "$work/${kernel%=*}" "$repetitions" native "kernel/${kernel%=*}" "${kernel#*=}"
        measure_program "kernel/${kernel%=*}" "$work/kernels.wasm" "run_${kernel%=*}" "${kernel#*=}"
    done
}

measure_programs() {
    local program level name
    for program in json=2000 regex=1500 script=8 deflate=24; do
        for level in O2 Os; do
            name=${program%=*}
            run "$work/$name-$level" "$repetitions" native "program/$name-$level" "${program#*=}"
            measure_program "program/$name-$level" "$work/$name-$level.wasm" "run_$name" "${program#*=}"
        done
    done
}

measure_work() {
    local recipe setting
    for recipe in quickjs sql.js; do
        run node real/real.mjs work "$work/recipes.json" "$recipe" "$repetitions"
        for setting in "${others[@]}" "${settings[@]}"; do
            run "${ours[@]}" real work "$setting" "$work/recipes.json" "$recipe" "$repetitions"
        done
    done
}

measure_modules() {
    local recipe setting temperature
    for recipe in ${RECIPES:-$(grep -o '"name":"[^"]*","file"' "$work/recipes.json" | cut -d '"' -f 4)}; do
        for temperature in cold warm; do
            node real/real.mjs "$temperature" "$work/recipes.json" "$recipe" >> "$lines"
            # Guards alone take about as long to compile as with fuel.
            for setting in wasmtime-fuel $(printf '%s\n' "${settings[@]}" | grep -v guards); do
                "${ours[@]}" real "$temperature" "$setting" "$work/recipes.json" "$recipe" >> "$lines"
            done
            # The first time fills the cache.
            [ -f "$work/$recipe.cache" ] ||
                "${ours[@]}" real cold wasmtime-cached "$work/recipes.json" "$recipe" "$work/$recipe.cache" > /dev/null
            "${ours[@]}" real "$temperature" wasmtime-cached "$work/recipes.json" "$recipe" "$work/$recipe.cache" \
                >> "$lines"
        done
    done
}

if has kernels; then
    clang-19 -O2 -c -o "$work/native.o" kernels/kernels.c
    for kernel in $(sed -n 's/^#define ARG_\([a-z0-9]*\) .*$/\1/p' kernels/list.h); do
        clang-19 -O2 "-DRUN=run_$kernel" -o "$work/$kernel" programs/native.c "$work/native.o" -lm
    done
    clang-19 --target=wasm32-unknown-unknown -O2 -mbulk-memory -c -o "$work/kernels.o" kernels/kernels.c
    clang-19 --target=wasm32-unknown-unknown -nostdlib -Wl,--no-entry -o "$work/kernels.wasm" "$work/kernels.o"
fi
if has programs; then
    ./programs.sh "$work"
fi
if has work || has modules || has limits; then
    npm ci --prefix ../tests/guests/real --ignore-scripts --no-audit --no-fund --silent
    npm install --prefix real --no-package-lock --ignore-scripts --legacy-peer-deps --omit=optional --no-audit \
        --no-fund --silent
    for size in 20 200; do "${ours[@]}" compare sample "$size" "$work/$size.wasm"; done
    node real/recipes.mjs "$work" ../tests/guests/real/node_modules real/node_modules > "$work/recipes.json"
fi

# .NET would wait ten times as long on one processor before it optimises, longer than anything is warmed up here.
export DOTNET_TC_DelaySingleProcMultiplier=1
for ((round = 1; round <= rounds; round++)); do
    for part in kernels programs work modules; do
        if has "$part"; then
            echo "round $round of $rounds: $part" >&2
            "measure_$part"
        fi
    done
done
"${ours[@]}" real tables "$lines"
if has limits; then
    "${ours[@]}" real limits "$work/recipes.json"
fi
