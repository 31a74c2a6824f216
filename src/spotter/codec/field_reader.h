// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace spotter::codec {

// What readers of JSON in this module throw at a wrong field; the public function that was called turns it into a
// Result.
struct FieldError {
  std::string message;  // "field 'pts' must be a number"
};

// All throw FieldError.
const nlohmann::json& Field(const nlohmann::json& object, const char* name);
double Number(const nlohmann::json& value, std::string_view name, double low, double high);
std::int64_t Integer(const nlohmann::json& value, std::string_view name, std::int64_t low, std::int64_t high);
bool Flag(const nlohmann::json& value, std::string_view name);
std::string Text(const nlohmann::json& value, std::string_view name);

}  // namespace spotter::codec
