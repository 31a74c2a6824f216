// SPDX-License-Identifier: Apache-2.0
#include "spotter/identity/person_linker.h"

#include <fmt/format.h>

namespace spotter::identity {

std::vector<Event> PersonLinker::Update(Scene& scene) {
  CameraPeople& people = cameras_.try_emplace(scene.camera_id, options_).first->second;
  const auto make_id = [this] { return PersonId(fmt::format("p{}", ++people_made_)); };
  people.Identify(scene, make_id);
  return {};
}

}  // namespace spotter::identity
