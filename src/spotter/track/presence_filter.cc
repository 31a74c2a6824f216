// SPDX-License-Identifier: Apache-2.0
#include "spotter/track/presence_filter.h"

#include <fmt/format.h>

namespace spotter::track {

void PresenceFilter::HideDetections(Pts pts, std::vector<Detection>& people) {
  const auto mirrored =
      std::erase_if(people, [this](const Detection& found) { return options_.mirrors.Hide(found.box, found.pose); });
  std::erase_if(people, [this](const Detection& found) { return options_.ignored.Hide(found.box, found.pose); });
  if (mirrored > 0) mirrored_.push_back(pts);
}

bool PresenceFilter::Apply(Perception& perception) {
  const auto mirrored = std::erase_if(
      perception.people, [this](const PerceivedPerson& p) { return options_.mirrors.Hide(p.box, p.pose); });
  std::erase_if(perception.people, [this](const PerceivedPerson& p) { return options_.ignored.Hide(p.box, p.pose); });
  if (!perception.reflections) reflections_.Update(perception);
  const bool was_mirrored = TakeMirrored(perception.pts);
  const bool reflection = mirrored > 0 || was_mirrored || !perception.reflections->empty();
  return mirror_.Update(perception.pts, !perception.people.empty(), reflection);
}

// Was somebody in a mirror found in the frame, or in one before it that was not applied?
bool PresenceFilter::TakeMirrored(Pts pts) {
  bool found = false;
  for (; !mirrored_.empty() && mirrored_.front() <= pts; mirrored_.pop_front()) found = true;
  return found;
}

std::optional<std::string> PresenceFilter::Warning() const {
  if (!mirror_.seen()) return std::nullopt;
  return fmt::format(
      "from {:.1f} s on somebody is seen only in a mirror ({:.1f} s in all); nothing is counted of a reflection: turn "
      "the camera so that it sees the people themselves",
      ToSeconds(mirror_.seen()->first), ToSeconds(mirror_.seen()->duration));
}

}  // namespace spotter::track
