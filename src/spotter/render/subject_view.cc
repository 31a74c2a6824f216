// SPDX-License-Identifier: Apache-2.0
#include "spotter/render/subject_view.h"

#include <algorithm>

namespace spotter::render {

std::string DisplayName(std::string_view id) {
  std::string name(id);
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

}  // namespace spotter::render
