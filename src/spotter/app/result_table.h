// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "spotter/core/file_result.h"

namespace spotter::app {

// The result of a file for people: a table of persons and sets, and a closing line.
std::string ResultToTable(const FileResult& result);

// The same in full: a table of each set's repetitions, with what was measured of them, and what is known of the set.
// "-" for what was not assessable.
std::string ResultToRepTable(const FileResult& result);

// One row a set, with a header row (RFC 4180).
std::string ResultToCsv(const FileResult& result);

}  // namespace spotter::app
