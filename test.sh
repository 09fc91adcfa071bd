#!/usr/bin/env bash
# Builds everything with warnings as errors, runs every test, and ends with the line "N passed, N failed, N skipped".
#
#   ./test.sh [NAME]     NAME limits the run to the test projects whose name contains it
#
# Needs the .NET SDK that global.json names. On Debian, as root, it installs the guests' compilers when they are missing
# (PLUGINS_NO_INSTALL=1 forbids it); tests that need a missing one are skipped. PLUGINS_NO_BUILD=1 runs what is built,
# PLUGINS_BUILD_ONLY=1 ends before the tests.
set -uo pipefail
cd "$(dirname "$0")"

filter="${1:-}"
logs="artifacts/test-logs"
passed=0 failed=0 skipped=0

# A build server that outlived this script would keep its output open.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

finish() {
    echo
    echo "$passed passed, $failed failed, $skipped skipped"
    exit "$1"
}

# Prints what a log says about each failed test, without the stack traces.
explain() {
    sed -n '/^  Failed /,/Stack Trace:/p' "$1" | grep -vE "Stack Trace:|Error Message:" | cut -c1-300 | head -60
    echo "  All of its output is in $1."
}

install_guest_compilers() {
    local missing=()
    for tool in openssl clang-19 wasm-ld-19 node npm tmux gcc; do
        command -v "$tool" > /dev/null || missing+=("$tool")
    done
    # Debian's compiler; the one that rustup puts on the path may lack the WebAssembly target.
    [ -d "$(/usr/bin/rustc --print sysroot 2> /dev/null)/lib/rustlib/wasm32-unknown-unknown" ] || missing+=(rustc)
    [ -x /usr/bin/cargo ] || missing+=(cargo)
    [ -f /usr/include/zlib.h ] || missing+=(zlib)
    [ -d /usr/include/wasm32-wasi ] && [ -d /usr/lib/llvm-19/lib/clang/19/lib/wasi ] || missing+=(wasi-libc)
    [ -d examples/Pdk-AssemblyScript/node_modules/assemblyscript ] || missing+=(assemblyscript)
    [ -d tests/Plugins.Host.MessagePack.Tests/node/node_modules/@msgpack ] || missing+=(@msgpack/msgpack)
    [ -d tests/guests/real/node_modules/@esbuild ] || missing+=("real modules from npm")
    if [ ${#missing[@]} -eq 0 ]; then
        return
    fi
    if [ -n "${PLUGINS_NO_INSTALL:-}" ] || [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
        echo "Not installed, so some tests are skipped: ${missing[*]}"
        return
    fi
    echo "Installing ${missing[*]}"
    eng/install-guest-toolchains.sh > "$logs/install.log" 2>&1 < /dev/null \
        || echo "Could not install them (see $logs/install.log); tests that need them are skipped."
}

build() {
    echo "Building"
    dotnet build Plugins.sln -c Release -v q -warnaserror > "$logs/build.log" 2>&1 < /dev/null && return
    failed=1
    grep -E "error|warning" "$logs/build.log" | sort -u | cut -c1-300 | head -40
    echo "The build failed; all of its output is in $logs/build.log."
    finish 1
}

# The number an attribute of the results file's <Counters> has, or 0.
count() {
    grep -o "<Counters [^>]*" "$1" 2> /dev/null | grep -oP "\\b$2=\"\\K[0-9]+" || echo 0
}

# The seconds of processor time that the processes of a session have used.
processor_seconds() {
    cat /proc/[0-9]*/stat 2> /dev/null | awk -v session="$1" -v tick="$(getconf CLK_TCK)" '
        { sub(/^.*\) /, ""); if ($4 == session) ticks += $12 + $13 + $14 + $15 }
        END { print int(ticks / tick) }'
}

# Ends a session that is stuck: less than 10 seconds of processor time in 15 minutes, or more than an hour in all. Not
# by the clock, since on a busy machine that does not tell what is stuck from what is slow.
end_if_stuck() {
    local session="$1" log="$2" used=0 seen=0 since=$SECONDS
    while sleep 5; do
        used="$(processor_seconds "$session")"
        if [ "$used" -lt "$seen" ] || [ "$used" -ge $((seen + 10)) ]; then
            seen="$used" since=$SECONDS
        fi
        if [ $((SECONDS - since)) -gt 900 ] || [ "$used" -gt 3600 ]; then
            echo "Ended as stuck, after $used seconds of processor time." >> "$log"
            kill -KILL -- "-$session" 2> /dev/null
            return
        fi
    done
}

run_tests() {
    local project="$1" name log results began status total ok bad session watcher
    name="$(basename "$project")" log="$logs/$name.log" results="$logs/$name.trx" began=$SECONDS
    setsid dotnet test "$project" -c Release --no-build \
        --results-directory "$logs" --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=normal" \
        > "$log" 2>&1 < /dev/null &
    session=$!
    trap 'kill -KILL -- "-$session" 2> /dev/null; exit 130' INT TERM
    end_if_stuck "$session" "$log" > /dev/null 2>&1 &
    watcher=$!
    wait "$session"
    status=$?
    kill "$watcher" 2> /dev/null
    wait "$watcher" 2> /dev/null
    total="$(count "$results" total)" ok="$(count "$results" passed)" bad="$(count "$results" failed)"
    if [ "$bad" = 0 ] && { [ $status != 0 ] || [ "$total" = 0 ]; }; then
        bad=1 total=$((total + 1))
        echo "$name ended with code $status after $((total - 1)) tests:"
        tail -5 "$log"
    fi
    passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + total - ok - bad))
    printf '%-36s %6d passed %4d failed %4d skipped %5d s\n' \
        "$name" "$ok" "$bad" $((total - ok - bad)) $((SECONDS - began))
    if [ "$bad" != 0 ]; then
        explain "$log"
    fi
}

rm -rf "$logs"
mkdir -p "$logs"
install_guest_compilers
[ -n "${PLUGINS_NO_BUILD:-}" ] || build
[ -z "${PLUGINS_BUILD_ONLY:-}" ] || exit 0
for project in tests/*/*.csproj; do
    case "$project" in
        *"$filter"*) run_tests "$(dirname "$project")" ;;
    esac
done
if [ "$failed" != 0 ] || [ "$passed" = 0 ]; then
    finish 1
fi
finish 0
