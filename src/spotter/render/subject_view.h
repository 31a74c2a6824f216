// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "spotter/base/time.h"
#include "spotter/core/scene.h"
#include "spotter/geometry/box.h"
#include "spotter/render/canvas.h"

namespace spotter::render {

// Which of their candidate places the label and the gauge took last time.
struct SubjectSpots {
  std::optional<std::size_t> label;
  std::optional<std::size_t> gauge;
};

// One person as they will be drawn. `person` outlives the view.
struct SubjectView {
  const ScenePerson* person = nullptr;
  std::string name;
  Color color;
  Box box;                   // pixels, inside the canvas
  float text_px = 0;         // em of the label
  float line_px = 0;         // width of box and limbs
  float flash = 0;           // 1 = a repetition was counted just now, 0 = long ago
  std::string finished_set;  // "squat 5", a little while after the set is over
  SubjectSpots spots;
};

// "bicep_curl" -> "bicep curl".
std::string DisplayName(std::string_view id);

}  // namespace spotter::render
