// SPDX-License-Identifier: Apache-2.0
#include "spotter/track/presence_filter.h"

#include <vector>

namespace spotter::track {

void PresenceFilter::Apply(Perception& perception) {
  std::erase_if(perception.people,
                [this](const PerceivedPerson& person) { return options_.areas.Hide(person.box, person.pose); });
  if (!perception.reflections) reflections_.Update(perception);
}

}  // namespace spotter::track
