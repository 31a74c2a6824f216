// SPDX-License-Identifier: Apache-2.0
#include "spotter/codec/field_reader.h"

#include <fmt/format.h>

namespace spotter::codec {

using nlohmann::json;

const json& Field(const json& object, const char* name) {
  const auto it = object.find(name);
  if (it == object.end()) throw FieldError{fmt::format("field '{}' is missing", name)};
  return *it;
}

double Number(const json& value, std::string_view name, double low, double high) {
  if (!value.is_number()) throw FieldError{fmt::format("field '{}' must be a number", name)};
  const auto number = value.get<double>();
  if (!(number >= low && number <= high))
    throw FieldError{fmt::format("field '{}' must lie between {} and {}", name, low, high)};
  return number;
}

std::int64_t Integer(const json& value, std::string_view name, std::int64_t low, std::int64_t high) {
  if (!value.is_number_integer()) throw FieldError{fmt::format("field '{}' must be a whole number", name)};
  if (value.is_number_unsigned() && value.get<std::uint64_t>() > static_cast<std::uint64_t>(high)) {
    throw FieldError{fmt::format("field '{}' must be at most {}", name, high)};
  }
  const auto number = value.get<std::int64_t>();
  if (number < low || number > high)
    throw FieldError{fmt::format("field '{}' must lie between {} and {}", name, low, high)};
  return number;
}

bool Flag(const json& value, std::string_view name) {
  if (!value.is_boolean()) throw FieldError{fmt::format("field '{}' must be true or false", name)};
  return value.get<bool>();
}

std::string Text(const json& value, std::string_view name) {
  if (!value.is_string()) throw FieldError{fmt::format("field '{}' must be text", name)};
  return value.get<std::string>();
}

}  // namespace spotter::codec
