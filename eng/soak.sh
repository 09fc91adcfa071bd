#!/usr/bin/env bash
# Runs for long what must not grow, and prints what is left after each round.
#
#   eng/soak.sh [ROUNDS]             modules, loaded, run and dropped on several threads while their functions are compiled
#                                    in the background: rounds of 4,000; 20
#   eng/soak.sh reloads [RELOADS]    a plugin that is replaced again and again under constant load: 1,000
set -euo pipefail
cd "$(dirname "$0")/.."

# start <test project> <argument>…
start() {
    dotnet build "tests/$1" -c Release -v q -nologo > /dev/null
    exec dotnet "tests/$1/bin/Release/net10.0/$1.dll" "${@:2}"
}

case "${1:-}" in
    reloads) start Plugins.Host.Tests reload-soak "${2:-1000}" ;;
    *) start Plugins.Wasm.Tests soak "${1:-20}" ;;
esac
