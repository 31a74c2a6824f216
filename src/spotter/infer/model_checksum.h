// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "spotter/base/result.h"

namespace spotter::infer {

// Compares a network (for an .xml its .bin too) with the file SHA256SUMS in its folder, which set-up writes. Without
// that file, or without a line for the network, there is nothing to compare: a user's own model passes. kUnreadable
// when a sum differs.
Result<void> CheckChecksum(const std::filesystem::path& model);

}  // namespace spotter::infer
