// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "read_file.h"

namespace spotter::golden {

inline const std::string kFolder = "tests/golden/";

// Compares with the file of that name beside this header. A wanted change: run with SPOTTER_UPDATE_GOLDEN=1, look at
// the difference, change docs/formats, and raise "v" where readers would break.
inline void ExpectGolden(const std::string& name, const std::string& printed) {
  if (std::getenv("SPOTTER_UPDATE_GOLDEN") != nullptr) {  // NOLINT(concurrency-mt-unsafe): one thread
    std::ofstream(SPOTTER_SOURCE_DIR "/" + kFolder + name, std::ios::binary) << printed;
    return;
  }
  EXPECT_EQ(ReadFile(kFolder + name), printed) << name;
}

}  // namespace spotter::golden
