#!/usr/bin/env bash
# Runs the tests under each setting of the runtime that changes how code is compiled, after one build.
#
#   eng/test-runtime-settings.sh [NAME]     NAME limits the run to the test projects whose name contains it
#
# SETTINGS names others, separated by spaces. The logs of each are in artifacts/test-logs-SETTING.
set -uo pipefail
cd "$(dirname "$0")/.."

# Optimised at once; without profiles; without code of the base library that was compiled ahead of time; with pages that
# are writable and executable at the same time.
default="DOTNET_TieredCompilation=0 DOTNET_TieredPGO=0 DOTNET_ReadyToRun=0 DOTNET_EnableWriteXorExecute=0"
failed=()

PLUGINS_BUILD_ONLY=1 ./test.sh || exit 1
for setting in ${SETTINGS:-$default}; do
    echo
    echo "$setting"
    env "$setting" PLUGINS_NO_BUILD=1 ./test.sh "$@" || failed+=("$setting")
    rm -rf "artifacts/test-logs-$setting"
    mv artifacts/test-logs "artifacts/test-logs-$setting"
done

if [ ${#failed[@]} -gt 0 ]; then
    echo "Failed: ${failed[*]}"
    exit 1
fi
