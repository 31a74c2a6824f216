// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spotter/core/rep.h"

namespace spotter {

// A hold of no time: it had been told, and turned out to be the first posture of repetitions. It is no set.
inline bool IsWithdrawn(const Set& set) { return set.hold && set.hold->count() == 0; }

}  // namespace spotter
