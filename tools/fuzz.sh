#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs every fuzz target for FUZZ_SECONDS (default 60) each. Inputs found are kept in build/fuzz/corpus, crashes in build/fuzz/crashes.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
found=0
for program in build/fuzz/bin/*_fuzz; do
  [ -x "$program" ] || continue
  found=1
  name=$(basename "$program")
  mkdir -p "build/fuzz/corpus/$name" build/fuzz/crashes
  seeds=()
  [ -d "fuzz/corpus/$name" ] && seeds=("fuzz/corpus/$name")
  echo "fuzz: $name"
  "$program" "build/fuzz/corpus/$name" "${seeds[@]}" -max_total_time="${FUZZ_SECONDS:-60}" -timeout=10 -rss_limit_mb=2048 \
    -artifact_prefix=build/fuzz/crashes/ -print_final_stats=0 2>"build/fuzz/$name.log" || {
    tail -n 40 "build/fuzz/$name.log" >&2
    echo "fuzz: $name failed: the input that does it lies in build/fuzz/crashes, the whole log in build/fuzz/$name.log." >&2
    exit 1
  }
done
[ "$found" = 1 ] || { echo "fuzz: no fuzz target was built." >&2; exit 1; }
