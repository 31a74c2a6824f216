// SPDX-License-Identifier: Apache-2.0
#include "spotter/pipeline/clip_rule.h"

#include <algorithm>
#include <variant>

namespace spotter::pipeline {

std::optional<RecordClip> ClipRule::CommandFor(const Event& event) const {
  if (!events.contains(TypeName(event.data))) return std::nullopt;
  const auto* attempt = std::get_if<CleaningAttempt>(&event.data);
  const Pts end = attempt != nullptr ? std::max(event.pts, attempt->end) : event.pts;
  return RecordClip{.event_id = event.event_id,
                    .camera_id = event.camera_id,
                    .at = event.pts,
                    .from = event.pts - pre_roll,
                    .to = end + post_roll};
}

}  // namespace spotter::pipeline
