#!/usr/bin/env bash
# Installs what eng/build-guests.sh and the templates of `plugins new` need: on Debian 12 clang, lld, rustc and cargo from
# apt, AssemblyScript from npm.
# gcc and zlib link examples/NativeAot.
# With `node` and `npm` at hand (20 or later); the modules come out the same with the same compiler versions.
set -euo pipefail
cd "$(dirname "$0")/.."

sudo=
if [ "$(id -u)" -ne 0 ]; then sudo=sudo; fi
$sudo apt-get update -q
# rustc 1.63 links with lld-14.
$sudo apt-get install -y -q --no-install-recommends clang-19 lld-19 rustc cargo libstd-rust-dev-wasm32 lld-14 \
  wasi-libc libclang-rt-19-dev-wasm32 tmux gcc zlib1g-dev

# The lock file holds hashes, not addresses, so any registry will do.
npm ci --prefix examples/Pdk-AssemblyScript --no-audit --no-fund
npm ci --prefix tests/Plugins.Host.MessagePack.Tests/node --no-audit --no-fund
# Modules of other people's, 100 MB, for tests/Plugins.Real.Tests and bench/real.sh. No script of theirs is run.
npm ci --prefix tests/guests/real --ignore-scripts --no-audit --no-fund

clang-19 --version | head -1
/usr/bin/rustc --version
/usr/bin/cargo --version
node examples/Pdk-AssemblyScript/node_modules/assemblyscript/bin/asc.js --version
