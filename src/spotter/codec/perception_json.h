// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "spotter/base/result.h"
#include "spotter/core/perception.h"

namespace spotter::codec {

// The wire form of a Perception, version 1: one JSON object, no line break (docs/formats/perception.md).
// REQUIRES: the numbers are rounded (RoundToWire), else reading the text back gives other ones.
std::string PerceptionToJson(const Perception& perception);

// Reads one line of a recording. Unknown fields are ignored; a missing or impossible one is an error that names it.
// PerceptionFromJson(PerceptionToJson(p)) == p for every rounded p.
Result<Perception> PerceptionFromJson(std::string_view line);

}  // namespace spotter::codec
