#!/bin/sh
# Builds the plugin and runs its cases in process.
set -eu
cd "$(dirname "$0")"
if ! command -v dotnet > /dev/null; then
    echo "There is no .NET SDK. Install version 10: https://dot.net (Debian: sudo apt-get install dotnet-sdk-10.0)" >&2
    exit 1
fi
if ! dotnet restore --verbosity quiet tests; then
    echo "If it is Plugins.Pdk that was not found, name the folder of its packages:" >&2
    echo "  dotnet nuget add source FOLDER" >&2
    exit 1
fi
dotnet run --no-restore --project tests
