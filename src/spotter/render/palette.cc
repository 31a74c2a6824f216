// SPDX-License-Identifier: Apache-2.0
#include "spotter/render/palette.h"

#include <array>
#include <cstddef>
#include <cstdint>

#include <fmt/format.h>

namespace spotter::render {
namespace {

constexpr std::array<Color, 8> kSubjectColors = {{
    {255, 196, 61},   // amber
    {86, 180, 233},   // sky blue
    {38, 208, 154},   // bluish green
    {232, 137, 196},  // reddish purple
    {240, 228, 66},   // yellow
    {255, 122, 69},   // vermilion
    {129, 150, 255},  // blue
    {214, 218, 224},  // light grey
}};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// "p12" -> 11; other names -> a hash (FNV-1a) that is the same on every machine.
std::size_t PaletteIndex(const std::string& name) {
  std::size_t first = name.size();
  while (first > 0 && name.size() - first < 6 && IsDigit(name[first - 1])) --first;
  if (first < name.size()) {
    const std::size_t number = std::stoul(name.substr(first));
    return number > 0 ? number - 1 : 0;
  }
  std::uint32_t hash = 2166136261U;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash;
}

}  // namespace

std::string SubjectName(const ScenePerson& person) {
  if (!person.person_id.value().empty()) return person.person_id.value();
  return fmt::format("#{}", person.perceived.track_id.value());
}

Color SubjectColor(const std::string& name) { return kSubjectColors[PaletteIndex(name) % kSubjectColors.size()]; }

}  // namespace spotter::render
