// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "spotter/base/result.h"

namespace spotter::infer {

// The files that make up a network: the .bin beside an .xml, else only the file itself.
std::vector<std::filesystem::path> FilesOfModel(const std::filesystem::path& model);

// SHA-256 of a file in hexadecimal digits; empty when it cannot be read.
std::string Checksum(const std::filesystem::path& path);

// Compares a network (for an .xml its .bin too) with the file SHA256SUMS in its folder, which set-up writes. Without
// that file, or without a line for the network, there is nothing to compare: a user's own model passes. kUnreadable
// when a sum differs.
Result<void> CheckChecksum(const std::filesystem::path& model);

}  // namespace spotter::infer
