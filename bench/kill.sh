#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Kills edge and central with SIGKILL at 1,000 random points (KILLS=n for another number) and checks that nothing is lost, doubled or out of order, and that every
# clip plays or says why there is none.
#   bench/kill.sh [SPOTTER]      default build/release/bin/spotter
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
SPOTTER=$(realpath "${1:-build/release/bin/spotter}")
export SPOTTER SPOTTER_SOURCE_DIR=$PWD KILLS=${KILLS:-1000} KILL_SEED=${KILL_SEED:-$RANDOM}
echo "kill: $KILLS times, KILL_SEED=$KILL_SEED"
cd tests/e2e
exec python3 -m unittest -v test_delivery.Delivery.test_a_recorded_gym_with_kill_9_at_random_points
