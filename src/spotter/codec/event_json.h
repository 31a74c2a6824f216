// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "spotter/core/event.h"
#include "spotter/core/file_result.h"

namespace spotter::codec {

// The wire form of an Event, version 1: one JSON object, no line break (docs/formats/event.md).
std::string EventToJson(const Event& event);

// The result of one file as JSON, no line break (docs/formats/result.md).
std::string FileResultToJson(const FileResult& result);

}  // namespace spotter::codec
