// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "spotter/config/yaml_reader.h"
#include "spotter/geometry/polygon.h"

namespace spotter::config {

// Values that several parts of spotter.yaml have. What is wrong is reported to the node.

// An id by kIdRule.
std::string ReadId(const YamlNode& node);

// A name that others gave: any text of 1 to 256 bytes without control characters.
std::string ReadName(const YamlNode& node);

// A list of at least three [x, y], each coordinate between low and high, that encloses an area and does not cross
// itself.
Polygon ReadPolygon(const YamlNode& node, double low, double high);

// The same in fractions of the picture.
inline Polygon ReadImagePolygon(const YamlNode& node) { return ReadPolygon(node, 0, 1); }

}  // namespace spotter::config
