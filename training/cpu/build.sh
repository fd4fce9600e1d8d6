#!/usr/bin/env bash
#
# Compiles the addon of the backend "cpu" from addon.cc and
# engine/learning/network.
# See README.md.

set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
readonly here
readonly addon="$here/build/cpu.node"

usage() {
  cat <<EOF
Usage: training/cpu/build.sh [--force] [--help]

Compiles training/cpu/build/cpu.node, with which --backend cpu trains. It needs
Node and a C++ compiler (Debian: g++, macOS: the command line tools), and
installs the project's packages if they are missing. Does nothing if the addon
is up to date, unless --force is given.

Environment: CXX (default: g++, else clang++)
EOF
}

fail() {
  printf 'build: %s\n' "$*" >&2
  exit 1
}

force=false
while (($# > 0)); do
  case $1 in
    --force) force=true ;;
    --help | -h) usage && exit 0 ;;
    *) fail "unknown option '$1' (see --help)" ;;
  esac
  shift
done

root=$(cd -- "$here/../.." && pwd)
headers=$root/node_modules/node-api-headers/include
command -v node >/dev/null || fail "node was not found"
# The packages that the project needs, the headers among them.
node -e 'import(process.argv[1]).then(({ installMissing }) => installMissing(process.argv[2])).catch(({ message }) => {
  console.error(message);
  process.exit(1);
})' "file://$root/engine/cli/bootstrap.mjs" "$root" || fail "the project's packages are missing"

cxx=${CXX:-}
for candidate in g++ clang++; do
  [[ -n $cxx ]] || ! command -v "$candidate" >/dev/null || cxx=$candidate
done
[[ -n $cxx ]] || fail "no C++ compiler was found (Debian: apt-get install g++)"
command -v "$cxx" >/dev/null || fail "the C++ compiler '$cxx' was not found"

# One set of instructions for all processors of a kind, so that they train the same weights, bit for bit.
case "$(uname -m)" in
  x86_64 | amd64) target=(-mavx2 -mfma) ;;
  *) target=() ;;
esac
case "$(uname -s)" in
  Darwin) linking=(-shared -undefined dynamic_lookup) ;;
  *) linking=(-shared) ;;
esac

network=$root/engine/learning/network
sources=("$here/addon.cc" "$network/network.cc")
command=(
  "$cxx" -std=c++17 -O3 "${target[@]}" -ffp-contract=fast -fno-math-errno -fPIC "${linking[@]}"
  -Wall -Wextra -DNAPI_VERSION=8 -I "$headers"
  "${sources[@]}"
)
fingerprint=$(
  printf '%s\n' "${command[@]}"
  cat -- "${sources[@]}" "$network"/*.h | cksum
)
if [[ $force == false && -f $addon && -f $addon.txt && $(<"$addon.txt") == "$fingerprint" ]]; then
  echo "build: the addon is up to date"
  exit 0
fi

mkdir -p -- "$here/build"
rm -f -- "$addon.txt"
# Compiled to another name first: a running program keeps the file it loaded.
"${command[@]}" -o "$addon.new" || fail "compiling the addon failed"
mv -f -- "$addon.new" "$addon"
printf '%s\n' "$fingerprint" >"$addon.txt"
echo "build: compiled $addon"
