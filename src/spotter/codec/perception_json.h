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

// A line of a recording that another program may have written, less what could not be read of it.
struct RecordingLine {
  Perception perception;
  int lost_joints = 0;            // were no numbers or impossible ones: not seen; landmarks are lost all together
  int lost_people = 0;            // a field is missing or impossible, or every joint is lost
  std::string first_lost_person;  // why
};

// As PerceptionFromJson, but a joint or a person that cannot be read takes nobody else along. NaN and Infinity, which
// are no JSON but are written by some programs, are read as null.
Result<RecordingLine> ReadRecordingLine(std::string_view line);

}  // namespace spotter::codec
