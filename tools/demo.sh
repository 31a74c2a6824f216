#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Counts and annotates the sample videos; results lie in build/demo.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
spotter=build/release/bin/spotter
mkdir -p build/demo
for video in samples/*.mp4; do
  name=$(basename "$video" .mp4)
  printf '\n== %s ==\n' "$video"
  "$spotter" count "$video"
  "$spotter" annotate "$video" "build/demo/$name.mp4" --contact-sheet "build/demo/$name.png"
done
printf '\nLook at the annotated videos and their contact sheets:\n'
for video in samples/*.mp4; do
  name=$(basename "$video" .mp4)
  printf '  %s\n  %s\n' "$PWD/build/demo/$name.mp4" "$PWD/build/demo/$name.png"
done
printf 'Next: %s count MY_VIDEO.mp4\n' "$spotter"
