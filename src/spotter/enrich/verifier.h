// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "spotter/core/event_record.h"
#include "spotter/enrich/clip_evidence.h"

namespace spotter::enrich {

// The built-in look at an event's clip: was the machine wiped? Reads where the hands of the person were (poses),
// whether the pixels there moved, whether something was left behind, and how many people are in view; writes that as
// description, labels and confidence. What the event itself says about hands is compared: where it says otherwise, the
// verdict stands with less confidence; where no poses were stored, it decides. nullopt = there is nothing to go by.
std::optional<Enrichment> Verify(const EventRecord& event, const ClipEvidence& clip);

}  // namespace spotter::enrich
