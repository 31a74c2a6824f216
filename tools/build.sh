#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Configures and builds one preset; a failure ends with one line that says what to do.
#   tools/build.sh PRESET [--tests] [TARGET...]
# Without --tests a fresh release build is configured without tests, so that `make demo` does not need their packages.
set -euo pipefail

SPOTTER_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$SPOTTER_ROOT"

explain() {
  local free
  free=$(df -Pm build | awk 'NR == 2 { print $4 }')
  if [ "${free:-1000}" -lt 50 ]; then
    echo "build: The disk is full ($free MB left at $SPOTTER_ROOT/build): free some space and run the same command again." >&2
  else
    echo "build: $1" >&2
  fi
  exit 1
}

preset=$1
shift
folder=build/$preset
options=()
if [ "${1:-}" = --tests ]; then
  shift
  options+=(-DSPOTTER_BUILD_TESTS=ON)
elif [ "$preset" = release ] && [ ! -f "$folder/CMakeCache.txt" ]; then
  options+=(-DSPOTTER_BUILD_TESTS=OFF)
fi
targets=()
[ $# -eq 0 ] || targets=(--target "$@")

mkdir -p build
# A checkout that was moved or copied with its build folder: CMake refuses another source folder, so begin anew.
if [ -f "$folder/CMakeCache.txt" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$SPOTTER_ROOT" "$folder/CMakeCache.txt"; then
  rm -rf "$folder"
fi
if ! cmake --preset "$preset" "${options[@]}" >"build/configure-$preset.log" 2>&1; then
  cat "build/configure-$preset.log" >&2
  explain "CMake could not configure the preset '$preset': the reason stands above; 'make setup' installs what is missing."
fi
cmake --build "$folder" -j "${SPOTTER_JOBS:-$(nproc)}" "${targets[@]}" || explain "The build of '$preset' failed: the first error stands above."
