// SPDX-License-Identifier: Apache-2.0
#include <cstdio>

#include "spotter/app/command.h"
#include "spotter/app/version.h"

namespace spotter::app {

CommandAction SetUpVersion(CLI::App& /*app*/) {
  return []() -> Result<void> {
    std::printf("spotter %s\n", kVersion);
    return {};
  };
}

}  // namespace spotter::app
