#!/usr/bin/env bash
# Fuzzes every mode of the embedded engine against the others, Wasmtime and, where there is node, V8. Seeds fix everything but when code that is
# compiled in the background is ready, so a run can be repeated.
#
#   eng/fuzz.sh [run] [COUNT] [FROM]      random modules, run on both engines in every mode; 10,000 from seed 0
#   eng/fuzz.sh mutate [COUNT] [FROM]     random modules with bytes changed, given to both validators
#   eng/fuzz.sh text [COUNT] [FROM]       random modules of all features as text, held against wasm-tools; each module and
#                                         its text changed in 100 ways, which may give typed exceptions only
#   eng/fuzz.sh check FILE [SEED]         one module, both ways, with the settings of a seed (0; the name of a file that
#                                         was kept has its seed)
#   eng/fuzz.sh shrink FILE [SEED]        makes FILE, on which the engines disagree, as small as it can
#
# Modules that they disagree on are kept in artifacts/fuzz. Needs wasm-tools (on the path, or PLUGINS_WASM_TOOLS).
# PLUGINS_WASMTIME_PATH names another library of Wasmtime than the NuGet package's; PLUGINS_FUZZ_V8=0 leaves V8 out.
# PLUGINS_FUZZ_STYLE=N makes modules of one style by wasm-tools only, 5 those with exceptions.
set -euo pipefail
cd "$(dirname "$0")/.."

mode=run
case "${1:-}" in
    run | mutate | text | check | shrink) mode=$1 && shift ;;
esac
project=tests/Plugins.Fuzz.Tests
log=$(mktemp)
dotnet build "$project" -c Release -v q -nologo > "$log" 2>&1 || { cat "$log"; exit 1; }
fuzz=(dotnet "$PWD/$project/bin/Release/net10.0/Plugins.Fuzz.Tests.dll")

# A smaller module may run for ever, since what ended it was left out; that is not what was looked for.
shrink() {
    local judge=$log
    printf '#!/usr/bin/env bash\ntimeout 10 %s check "$1" %s > /dev/null 2>&1\n[ $? = 3 ]\n' \
        "${fuzz[*]}" "$2" > "$judge"
    chmod +x "$judge"
    "$("${fuzz[@]}" tools)" shrink "$judge" "$1" -o "${1%.wasm}.small.wasm"
    "${fuzz[@]}" check "${1%.wasm}.small.wasm" "$2"
}

case "$mode" in
    run | mutate | text) "${fuzz[@]}" "$mode" "${2:-0}" "${1:-10000}" ;;
    check) "${fuzz[@]}" check "$1" "${2:-0}" ;;
    shrink) shrink "$1" "${2:-0}" ;;
esac
