#!/usr/bin/env bash
#
# Builds the native addon of @tensorflow/tfjs-node-gpu against the TensorFlow
# libraries of a Python installation. See README.md for the reasons.

set -euo pipefail

readonly TENSORFLOW_VERSION_DEFAULT=2.21.0

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
readonly here
readonly package_dir="$here/node_modules/@tensorflow/tfjs-node-gpu"

usage() {
  cat <<EOF
Usage: ./build-addon.sh [options]

Makes the backend 'tensorflow' loadable from this folder's node_modules:
installs @tensorflow/tfjs-node-gpu without its install script, compiles its
addon against the TensorFlow of a Python installation, and runs a smoke test.
A second run with the same options only repeats the smoke test.

Options:
  --flavor cpu|gpu      which TensorFlow a new virtual environment gets:
                        tensorflow-cpu, or tensorflow[and-cuda]  (default: cpu)
  --python PATH         use this interpreter's TensorFlow (tensorflow,
                        tensorflow-cpu or tensorflow[and-cuda]) and make no
                        virtual environment
  --venv DIR            where the virtual environment is made
                        (default: ~/.cache/nca-training-native/FLAVOR-VERSION)
  --tensorflow VERSION  version for a new environment (default: $TENSORFLOW_VERSION_DEFAULT)
  --node-include DIR    folder that holds node_api.h
                        (default: looked for beside node)
  --force               compile even if the addon is up to date
  --help                show this text

Environment: CXX (default g++), PYTHON (makes the environment; default python3).
EOF
}

fail() {
  printf 'build-addon: %s\n' "$*" >&2
  exit 1
}

say() {
  printf 'build-addon: %s\n' "$*"
}

# Runs a command quietly; on failure shows the end of its output and the message.
quietly() {
  local message=$1
  shift
  if ! "$@" >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    fail "$message"
  fi
}

flavor=cpu
python=
venv=
tensorflow_version=$TENSORFLOW_VERSION_DEFAULT
node_include=
force=false

while (($# > 0)); do
  case $1 in
    --flavor | --python | --venv | --tensorflow | --node-include)
      (($# > 1)) || fail "$1 needs a value (see --help)"
      case $1 in
        --flavor) flavor=$2 ;;
        --python) python=$2 ;;
        --venv) venv=$2 ;;
        --tensorflow) tensorflow_version=$2 ;;
        --node-include) node_include=$2 ;;
      esac
      shift 2
      ;;
    --force)
      force=true
      shift
      ;;
    --help | -h)
      usage
      exit 0
      ;;
    *) fail "unknown option '$1' (see --help)" ;;
  esac
done

[[ $flavor == cpu || $flavor == gpu ]] || fail "--flavor is cpu or gpu, not '$flavor'"
[[ $(uname -s) == Linux ]] || fail "only Linux is supported (the wheels of other systems are laid out differently)"

log=$(mktemp)
trap 'rm -f -- "$log"' EXIT

# --- tools -----------------------------------------------------------------

command -v node >/dev/null || fail "node not found (20 or newer is needed)"
command -v npm >/dev/null || fail "npm not found"
cxx=${CXX:-g++}
command -v "$cxx" >/dev/null || fail "C++ compiler '$cxx' not found (Debian: apt-get install g++)"

if [[ -z $node_include ]]; then
  node_prefix=$(dirname -- "$(dirname -- "$(readlink -f -- "$(command -v node)")")")
  node_version=$(node -p process.versions.node)
  for candidate in \
    "$node_prefix/include/node" \
    "${npm_config_nodedir:-/usr}/include/node" \
    "$HOME/.cache/node-gyp/$node_version/include/node"; do
    if [[ -f $candidate/node_api.h ]]; then
      node_include=$candidate
      break
    fi
  done
  [[ -n $node_include ]] || fail "node_api.h not found beside node: install Node's headers, or unpack the npm package node-api-headers and name its include folder with --node-include"
fi
[[ -f $node_include/node_api.h ]] || fail "no node_api.h in $node_include"

# --- TensorFlow ------------------------------------------------------------

# Finds the package without importing it: importing takes seconds and needs
# Python dependencies that the addon does not.
find_tensorflow() {
  "$1" -c '
import importlib.util, sys
spec = importlib.util.find_spec("tensorflow")
if spec is None or not spec.submodule_search_locations:
    sys.exit(1)
print(spec.submodule_search_locations[0])' 2>/dev/null
}

if [[ -n $python ]]; then
  command -v "$python" >/dev/null || fail "no Python interpreter at '$python'"
  tensorflow_dir=$(find_tensorflow "$python") || fail "'$python' has no tensorflow installed"
else
  base_python=${PYTHON:-python3}
  command -v "$base_python" >/dev/null || fail "$base_python not found (set PYTHON, or pass --python)"
  venv=${venv:-${XDG_CACHE_HOME:-$HOME/.cache}/nca-training-native/$flavor-$tensorflow_version}
  python=$venv/bin/python
  if [[ ! -x $python ]]; then
    say "making a virtual environment in $venv"
    quietly "could not make a virtual environment in $venv (Debian: apt-get install python3-venv)" \
      "$base_python" -m venv -- "$venv"
  fi
  if ! tensorflow_dir=$(find_tensorflow "$python"); then
    # The CPU wheel holds every library the addon needs, so its Python
    # dependencies are left out. The GPU wheel needs the CUDA wheels beside it.
    if [[ $flavor == cpu ]]; then
      requirement=(--no-deps "tensorflow-cpu==$tensorflow_version")
    else
      requirement=("tensorflow[and-cuda]==$tensorflow_version")
    fi
    say "installing ${requirement[-1]} (a large download)"
    quietly "pip could not install ${requirement[-1]}: no network, or no wheel for $("$python" --version 2>&1) on $(uname -m)" \
      "$python" -m pip install --disable-pip-version-check "${requirement[@]}"
    tensorflow_dir=$(find_tensorflow "$python") || fail "tensorflow is missing from $venv after its installation"
  fi
fi

readonly libraries=(libtensorflow_cc.so.2 libtensorflow_framework.so.2)
for library in "${libraries[@]}"; do
  [[ -f $tensorflow_dir/$library ]] || fail "$tensorflow_dir has no $library (TensorFlow 2.15 or newer is needed)"
done
[[ -f $tensorflow_dir/include/tensorflow/c/eager/c_api.h ]] || fail "$tensorflow_dir has no C API headers"

# --- npm package -----------------------------------------------------------

wanted=$(node -p 'require(process.argv[1]).dependencies["@tensorflow/tfjs-node-gpu"]' "$here/package.json")
installed=$(node -p 'require(process.argv[1]).version' "$package_dir/package.json" 2>/dev/null || true)
# npm writes the hidden lock file last: without it an installation broke off.
if [[ $installed != "$wanted" || ! -f $here/node_modules/.package-lock.json ]]; then
  say "installing @tensorflow/tfjs-node-gpu $wanted"
  # The package's install script would download a prebuilt libtensorflow.
  quietly "npm could not install @tensorflow/tfjs-node-gpu $wanted (is the registry reachable?)" \
    npm --prefix "$here" ci --ignore-scripts --no-audit --no-fund
fi

# The package asks node-pre-gyp where its addon lies, so the same question is
# asked here: the answer depends on the N-API versions of this Node.
addon=$(cd -- "$package_dir" && node -p \
  'require("@mapbox/node-pre-gyp").find(require("path").resolve("package.json"))')
napi_version=${addon%/*}
napi_version=${napi_version##*napi-v}

# --- compile ---------------------------------------------------------------

command=(
  "$cxx" -std=c++17 -O2 -fPIC -shared
  "-DNAPI_VERSION=$napi_version"
  -I "$node_include" -I "$tensorflow_dir/include"
  "$package_dir/binding/tfjs_backend.cc" "$package_dir/binding/tfjs_binding.cc"
  "${libraries[@]/#/$tensorflow_dir/}"
  "-Wl,-rpath,$tensorflow_dir"
)
stamp=$addon.txt
fingerprint=$(
  printf '%s\n' "${command[@]}"
  stat -c '%n %s %Y' "${libraries[@]/#/$tensorflow_dir/}"
)

if [[ $force == false && -f $addon && -f $stamp && $(<"$stamp") == "$fingerprint" ]]; then
  say "the addon is up to date"
else
  say "compiling against $tensorflow_dir"
  mkdir -p -- "$(dirname -- "$addon")"
  rm -f -- "$stamp"
  # Compiled to another name first: a running program keeps the file it loaded.
  quietly "compiling the addon failed" "${command[@]}" -o "$addon.new"
  mv -f -- "$addon.new" "$addon"
  printf '%s\n' "$fingerprint" >"$stamp"
fi

# --- smoke test ------------------------------------------------------------

smoke_options=()
[[ $flavor == gpu ]] && smoke_options=(--want-gpu)
TF_CPP_MIN_LOG_LEVEL=${TF_CPP_MIN_LOG_LEVEL:-2} TF_FORCE_GPU_ALLOW_GROWTH=true \
  node "$here/smoke-test.mjs" "${smoke_options[@]}" || fail "the smoke test failed"
