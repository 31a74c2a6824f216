#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Everything that Spotter needs from outside: Debian packages, the OpenVINO runtime, the networks. A second run takes about a second.
#   tools/setup.sh [GROUP...]      groups of tools/setup/apt-packages.txt: build (default), test, lint, bench
# Downloads are kept in $SPOTTER_CACHE (default ~/.cache/spotter) by checksum, results lie in build/deps.
set -euo pipefail

SPOTTER_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
SPOTTER_DEPS=${SPOTTER_DEPS:-$SPOTTER_ROOT/build/deps}
SPOTTER_CACHE=${SPOTTER_CACHE:-${XDG_CACHE_HOME:-${HOME:-$SPOTTER_DEPS}/.cache}/spotter}
SPOTTER_MANIFEST=${SPOTTER_MANIFEST:-$SPOTTER_ROOT/models/models.yaml}

for step in common debian openvino models; do
  # shellcheck source=/dev/null
  . "$SPOTTER_ROOT/tools/setup/$step.sh"
done

main() {
  mkdir -p "$SPOTTER_DEPS" "$SPOTTER_CACHE" 2>/dev/null || fail "Cannot create $SPOTTER_DEPS and $SPOTTER_CACHE: make their folders writable."
  exec 9>"$SPOTTER_DEPS/.lock"
  flock 9  # two set-ups at the same time would download twice
  install_packages build "$@"
  check_tools
  install_openvino
  install_models
  convert_movenet
}

main "$@"
