#!/usr/bin/env bash
# Loads, runs and drops modules on several threads while their functions are compiled in the background: memory stays
# flat, and nothing of a dropped module is left.
#
#   eng/soak.sh [ROUNDS]      rounds of 4,000 modules; 20
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build tests/Plugins.Wasm.Tests -c Release -v q -nologo > /dev/null
exec dotnet tests/Plugins.Wasm.Tests/bin/Release/net10.0/Plugins.Wasm.Tests.dll soak "${1:-20}"
