// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spotter/base/time.h"
#include "spotter/core/event.h"

namespace spotter::exercise {

// Something that one person did, without the envelope of an Event.
struct Finding {
  Pts at{0};  // when it truly happened
  EventData data;
};

}  // namespace spotter::exercise
