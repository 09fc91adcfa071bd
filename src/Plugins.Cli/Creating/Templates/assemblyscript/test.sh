#!/bin/sh
# Installs the compiler where it is not yet, builds plugin.wasm and runs its cases. PLUGINS names another plugins.
set -eu
cd "$(dirname "$0")"
if ! command -v npm > /dev/null; then
    echo "There is no npm. Install node 20 or later: https://nodejs.org (Debian: sudo apt-get install nodejs npm)" >&2
    exit 1
fi
plugins="${PLUGINS:-plugins}"
if ! command -v "$plugins" > /dev/null; then
    echo "The command plugins is not on the path. Install it from the folder of its packages, or name it:" >&2
    echo "  dotnet tool install --global Plugins.Cli --add-source FOLDER" >&2
    echo "  PLUGINS=/path/to/plugins sh test.sh" >&2
    exit 1
fi

[ -d node_modules/assemblyscript ] || npm install --no-audit --no-fund
npm run --silent build
"$plugins" test .
