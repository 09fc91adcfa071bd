#!/usr/bin/env bash
# Builds the programs in bench/programs, as modules and natively, at -O2 and at -Os: json-O2.wasm, json-O2 and so on.
#
#   bench/programs.sh FOLDER
set -euo pipefail
folder=$(realpath "$1")
cd "$(dirname "$0")/programs"

flags=(-Wall -Wextra -Werror -Wno-unused-function)
for source in deflate json regex script; do
    for level in O2 Os; do
        to=$folder/$source-$level
        clang-19 "-$level" "${flags[@]}" "-DRUN=run_$source" -o "$to" "$source.c" native.c -lm
        # In two steps: clang that links and sees an -O runs whatever wasm-opt is installed.
        clang-19 --target=wasm32-unknown-unknown "-$level" -ffreestanding -mbulk-memory "${flags[@]}" -c -o "$to.o" \
            "$source.c"
        clang-19 --target=wasm32-unknown-unknown -nostdlib -o "$to.wasm" "$to.o" \
            -Wl,--no-entry,--stack-first,-zstack-size=65536,--strip-all
        rm "$to.o"
    done
done
