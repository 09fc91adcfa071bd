#!/usr/bin/env bash
# Builds every guest module next to its source. The result depends on the compilers' versions only, not on the machine:
# each is called by its path, and what else is installed or set in the environment stays out.
#
#   eng/build-guests.sh [--check] [rust|c|assemblyscript|hostile|wasi]…
#
# --check builds into a temporary folder instead, and fails with a list of the modules that differ from the committed.
# eng/install-guest-toolchains.sh installs what is needed here.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD

check=false
languages=()
for argument in "$@"; do
  case $argument in
    --check) check=true ;;
    rust | c | assemblyscript | hostile | wasi) languages+=("$argument") ;;
    *) sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
done
[ ${#languages[@]} -gt 0 ] || languages=(rust c assemblyscript hostile wasi)

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
out=$root
if $check; then out=$scratch/out; fi

CLANG=${CLANG:-/usr/bin/clang-19}
WASM_LD=${WASM_LD:-/usr/bin/wasm-ld-19}
# Debian's compiler; the one that rustup puts on the path may lack the WebAssembly target.
RUSTC=${RUSTC:-/usr/bin/rustc}
RUST_LLD=${RUST_LLD:-/usr/bin/rust-lld}
# Each of these would change what the compilers do.
unset CPATH C_INCLUDE_PATH CPLUS_INCLUDE_PATH OBJC_INCLUDE_PATH COMPILER_PATH LIBRARY_PATH CCC_OVERRIDE_OPTIONS \
  CLANG_CONFIG_FILE_SYSTEM_DIR CLANG_CONFIG_FILE_USER_DIR NODE_OPTIONS NODE_PATH RUSTC_BOOTSTRAP
stack=32768
plugins=(shout word_count slugify greeter invoice reserve)
built=()

# module <path>: tells where to build it.
module() {
  mkdir -p "$out/$(dirname "$1")"
  built+=("$1")
}

# clang <flag>…: no file of settings, no linker and no other tool but those named here.
clang() { "$CLANG" --no-default-config --target=wasm32-unknown-unknown -ffreestanding "$@"; }

# compile_c <source> <module> <flag>…
# In two steps: clang that links and sees an -O runs whatever wasm-opt is installed, which drops the names.
compile_c() {
  module "$2"
  local language=(-std=c99)
  [ "${1%.cpp}" = "$1" ] || language=(-std=c++17 -fno-exceptions -fno-rtti)
  clang -c "${language[@]}" "$c_level" -mbulk-memory -Wall -Wextra -Werror -Iexamples/Pdk-C/include \
    -o "$scratch/guest.o" "$1" "${@:3}"
  clang -nostdlib -fuse-ld="$WASM_LD" -o "$out/$2" "$scratch/guest.o" \
    -Wl,--no-entry,--stack-first,-zstack-size=$stack,--strip-all,--keep-section=name
}

# check_cpp <source>: the header is for C++ as well.
check_cpp() {
  clang -x c++ -std=c++17 -fsyntax-only -Wall -Wextra -Werror -Iexamples/Pdk-C/include "$1"
}

build_c() {
  local c_level=-O2
  for plugin in "${plugins[@]}"; do
    local source=examples/Pdk-C/$plugin/$plugin.c
    compile_c "$source" "examples/Pdk-C/$plugin/plugin.wasm"
    check_cpp "$source"
  done
  check_cpp tests/guests/pdk_c.c
  check_cpp tests/guests/messagepack_c.c
  compile_c tests/guests/kit/kit_c.c tests/guests/kit/kit_c.wasm
  check_cpp tests/guests/kit/kit_c.c
}

# rust_pdk <folder> <feature>…: compiles the crate for the plugins that follow.
rust_pdk() {
  mkdir -p "$scratch/$1"
  local features=()
  for feature in "${@:2}"; do features+=(--cfg "feature=\"$feature\""); done
  rust --crate-type rlib --crate-name plugins_pdk "${features[@]}" --out-dir "$scratch/$1" \
    examples/Pdk-Rust/pdk/src/lib.rs
}

rust() {
  "$RUSTC" --edition 2021 --target wasm32-unknown-unknown -C opt-level=2 -C panic=abort -C codegen-units=1 \
    -C embed-bitcode=yes -C target-feature=+bulk-memory -C linker="$RUST_LLD" -C linker-flavor=wasm-ld \
    -D warnings "$@"
}

# rust_plugin <pdk folder> <crate name> <source> <module>
rust_plugin() {
  module "$4"
  rust --crate-type cdylib --crate-name "$2" --extern plugins_pdk="$scratch/$1/libplugins_pdk.rlib" -C lto=fat \
    -C strip=debuginfo -C link-arg=-zstack-size=$stack -o "$out/$4" "$3"
}

build_rust() {
  rust_pdk pdk
  for plugin in "${plugins[@]}"; do
    # The one that uses the standard library.
    [ $plugin != reserve ] || continue
    rust_plugin pdk $plugin "examples/Pdk-Rust/$plugin/src/lib.rs" "examples/Pdk-Rust/$plugin/plugin.wasm"
  done
  rust_plugin pdk pdk_rust_core tests/guests/pdk_rust_core.rs tests/guests/pdk_rust_core.wasm
  rust_plugin pdk messagepack_rust tests/guests/messagepack_rust.rs tests/guests/messagepack_rust.wasm
  rust_plugin pdk kit_rust_core tests/guests/kit/kit_rust_core.rs tests/guests/kit/kit_rust_core.wasm
  check_serde
  rust_pdk pdk-std std alloc
  rust_plugin pdk-std reserve examples/Pdk-Rust/reserve/src/lib.rs examples/Pdk-Rust/reserve/plugin.wasm
  rust_plugin pdk-std pdk_rust tests/guests/pdk_rust.rs tests/guests/pdk_rust.wasm
  rust_plugin pdk-std kit_rust tests/guests/kit/kit_rust.rs tests/guests/kit/kit_rust.wasm
}

# check_serde: the features that need crates of a registry, against stand-ins of these.
check_serde() {
  local stand_ins=examples/Pdk-Rust/pdk/stand-ins folder=$scratch/serde
  mkdir -p "$folder"
  stand_in() { rust --crate-type rlib --out-dir "$folder" "$@"; }
  stand_in --crate-name serde $stand_ins/serde.rs
  local serde=(--extern "serde=$folder/libserde.rlib")
  stand_in --crate-name serde_json "${serde[@]}" $stand_ins/serde_json.rs
  stand_in --crate-name rmp_serde "${serde[@]}" $stand_ins/rmp_serde.rs
  stand_in --crate-name plugins_pdk "${serde[@]}" --extern "serde_json=$folder/libserde_json.rlib" \
    --extern "rmp_serde=$folder/librmp_serde.rlib" --cfg 'feature="std"' --cfg 'feature="alloc"' \
    --cfg 'feature="serde-json"' --cfg 'feature="serde-msgpack"' examples/Pdk-Rust/pdk/src/lib.rs
  stand_in --crate-name plugin "${serde[@]}" -L "$folder" \
    --extern "plugins_pdk=$folder/libplugins_pdk.rlib" $stand_ins/plugin.rs
}

# assemblyscript_plugin <source> <module> [<folder of its asconfig.json>]
assemblyscript_plugin() {
  module "$2"
  (cd "${3:-examples/Pdk-AssemblyScript}" &&
    node "$root/examples/Pdk-AssemblyScript/node_modules/assemblyscript/bin/asc.js" \
      "$(realpath --relative-to=. "$root/$1")" --config asconfig.json \
      --target release -o "$(realpath --relative-to=. "$out/$2")")
}

build_assemblyscript() {
  for plugin in "${plugins[@]}"; do
    local folder=examples/Pdk-AssemblyScript/$plugin
    assemblyscript_plugin $folder/index.ts $folder/plugin.wasm
  done
  local pricing=examples/AspNetPricing/plugin
  assemblyscript_plugin $pricing/index.ts $pricing/plugin.wasm $pricing
  assemblyscript_plugin examples/Pdk-AssemblyScript/tests/exercise.ts tests/guests/pdk_assemblyscript.wasm
  assemblyscript_plugin examples/Pdk-AssemblyScript/tests/messagepack.ts tests/guests/messagepack_assemblyscript.wasm
  assemblyscript_plugin examples/Pdk-AssemblyScript/tests/kit.ts tests/guests/kit/kit_assemblyscript.wasm
}

# A source with `#if defined(variant)` makes a module for each variant, in a folder named for it.
build_hostile() {
  local c_level=-Os
  for source in tests/guests/*.c; do
    local path=${source%.c} variants
    variants=$(sed -n 's/^#\(el\)\{0,1\}if defined(\([a-z_]*\))$/\2/p' "$source")
    [ -n "$variants" ] || compile_c "$source" "$path.wasm"
    for variant in $variants; do compile_c "$source" "$path/$variant.wasm" "-D$variant"; done
  done
  compile_c tests/guests/constructors.cpp tests/guests/constructors/cpp.wasm
}

# With Debian's wasi-libc, in two steps as compile_c.
build_wasi() {
  module tests/guests/wasi/facts.wasm
  local wasi=("$CLANG" --no-default-config --target=wasm32-wasi)
  "${wasi[@]}" -O1 -Wall -Wextra -Werror -c -o "$scratch/facts.o" tests/guests/wasi/facts.c
  "${wasi[@]}" -fuse-ld="$WASM_LD" -s -o "$out/tests/guests/wasi/facts.wasm" "$scratch/facts.o"
}

for language in "${languages[@]}"; do "build_$language"; done
(cd "$out" && node "$root/eng/tidy-wasm.mjs" "${built[@]}" && chmod 644 "${built[@]}")

$check || exit 0
different=0
for path in "${built[@]}"; do
  cmp "$root/$path" "$out/$path" || different=$((different + 1))
done
echo "${#built[@]} modules built, $different differ from the committed ones"
[ $different -eq 0 ]
