#!/usr/bin/env bash
# Looks for guests that end the process by way of the runtime's compiler: loops that make it divide by zero, and functions
# of every shape whose frames could overflow the stack. Prints what it tries; an end before "found nothing" is a find.
# Also prints the functions that take the compiler longest, of all that the engine gives it, and how late interrupts land
# in guests that are costly to compile (docs/security.md).
#
#   eng/attack-compiler.sh [MINUTES]      about that long; 10 by default
set -euo pipefail
cd "$(dirname "$0")/.."

end=$((SECONDS + ${1:-10} * 60))
project=tests/Plugins.Wasm.Tests
log=$(mktemp)
trap 'rm -f "$log"' EXIT
dotnet build "$project" -c Release -v q -nologo > "$log" 2>&1 || { cat "$log"; exit 1; }

attack() {
    echo "$*"
    dotnet "$project/bin/Release/net10.0/Plugins.Wasm.Tests.dll" "$@" > "$log" 2>&1 || { tail -20 "$log"; exit 1; }
    tail -1 "$log"
}

# On all processors, on one, and with little address space.
attack hold 1024
taskset -c 0 dotnet "$project/bin/Release/net10.0/Plugins.Wasm.Tests.dll" hold 128
(ulimit -v 3000000 && DOTNET_GCHeapHardLimit=0x10000000 attack hold 128)

parts=32
attack frames 4000 6 0 1
for ((part = 0; SECONDS < end; part++)); do
    attack loops $((part * 2000)) 2000
    attack compilations $((part * 1024)) 1024
    if [ $part -lt $parts ]; then
        attack frames 40000 6 $part $parts
        attack frames 640000 5 $part $((parts * 4))
    fi
done
echo "found nothing"
