#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# make lint: layout, includes, style, static analysis. With --fix: only puts the layout right.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
mapfile -t code < <(git ls-files --cached --others --exclude-standard -- '*.h' '*.cc' | while read -r file; do [ -f "$file" ] && echo "$file"; done)

if [ "${1:-}" = --fix ]; then
  clang-format-16 -i "${code[@]}"
  exit 0
fi

clang-format-16 --dry-run -Werror "${code[@]}" || { echo "lint: the layout differs from .clang-format: run 'make fmt'." >&2; exit 1; }
python3 tools/check_includes.py
python3 tools/check_style.py
# clang-tidy needs the compile commands, not the build.
cmake --preset release -DSPOTTER_BUILD_TESTS=ON >build/configure-release.log 2>&1 ||
  { cat build/configure-release.log >&2; echo "lint: CMake could not configure the build: the reason stands above." >&2; exit 1; }
python3 tools/run_clang_tidy.py build/release --cache "${SPOTTER_CACHE:-${XDG_CACHE_HOME:-${HOME:-build}/.cache}/spotter}/clang-tidy"
echo "lint: all clean"
