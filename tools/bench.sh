#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs every micro-benchmark (*_bench.cc; BENCH_FILTER=regex picks some), then the whole program on the samples. Figures are for reading:
# nothing fails because it is slow. bench/speed.py compares with other programs.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
for program in build/bench/bin/*_bench; do
  [ -x "$program" ] || continue
  echo "bench: $(basename "$program")"
  "$program" --benchmark_filter="${BENCH_FILTER:-.}"
done
for video in samples/*.mp4; do
  echo "bench: $video"
  build/bench/bin/spotter bench "$video"
done
