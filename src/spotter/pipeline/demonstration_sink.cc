// SPDX-License-Identifier: Apache-2.0
#include "spotter/pipeline/demonstration_sink.h"

namespace spotter::pipeline {

Result<void> DemonstrationSink::Consume(const SiteOutput& output) {
  const Scene& scene = output.scene;
  if (scene.width <= 0 || scene.height <= 0) return {};
  const float aspect = static_cast<float>(scene.width) / static_cast<float>(scene.height);
  for (const ScenePerson& person : scene.people) {
    if (person.person_id.value().empty()) continue;
    people_[person.person_id].Add(exercise::MakeJoints(person.perceived, scene.pts, aspect));
  }
  return {};
}

Result<void> DemonstrationSink::Finish(std::span<const Event> /*events*/) {
  for (auto& [id, person] : people_) person.Close();
  return {};
}

}  // namespace spotter::pipeline
