#!/usr/bin/env bash
#
# Compiles network.wasm from the C++ files beside this script. The file is part
# of the project, so only who changes the C++ needs this.

set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
cd -- "$here"

usage() {
  cat <<EOF
Usage: engine/learning/network/build-wasm.sh [--help]

Compiles network.wasm, the kernels of learning in the page and of --backend
wasm. It needs clang with a C++ library for WebAssembly (Debian 12: clang, lld,
wasi-libc, libc++-14-dev-wasm32, libc++abi-14-dev-wasm32 and
libclang-rt-14-dev-wasm32).

Environment: CXX (default: clang++)
EOF
}

case ${1-} in
  '') ;;
  --help | -h) usage && exit 0 ;;
  *) echo "build-wasm: unknown option '$1' (see --help)" >&2 && exit 1 ;;
esac

cxx=${CXX:-clang++}
command -v "$cxx" >/dev/null || {
  echo "build-wasm: the C++ compiler '$cxx' was not found (see --help)" >&2
  exit 1
}

# Without fused multiply-adds and relaxed vectors, every machine computes the same bits.
"$cxx" --target=wasm32-wasi -O3 -msimd128 -ffp-contract=off -fno-math-errno -std=c++17 -fno-exceptions -fno-rtti \
  -Wall -Wextra -mexec-model=reactor -nostartfiles -Wl,--no-entry -Wl,--strip-all \
  network.cc wasm.cc -o network.wasm
chmod 644 network.wasm
# A test compares these with the sources.
cat matrix.h network.h network.cc wasm.cc build-wasm.sh | sha256sum | cut -d ' ' -f 1 >network.wasm.sha256
echo "build-wasm: compiled $here/network.wasm"
