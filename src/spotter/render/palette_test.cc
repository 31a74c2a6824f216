// SPDX-License-Identifier: Apache-2.0
#include "spotter/render/palette.h"

#include <cmath>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace spotter::render {
namespace {

// WCAG 2.1 relative luminance and contrast.
double Luminance(Color color) {
  const auto linear = [](std::uint8_t value) {
    const double v = value / 255.0;
    return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b);
}

double Contrast(Color a, Color b) {
  const double one = Luminance(a) + 0.05;
  const double two = Luminance(b) + 0.05;
  return std::max(one, two) / std::min(one, two);
}

TEST(Palette, TheFirstEightPeopleLookDifferent) {
  std::set<std::tuple<int, int, int>> seen;
  for (int i = 1; i <= 8; ++i) {
    const Color color = SubjectColor(fmt::format("p{}", i));
    seen.emplace(color.r, color.g, color.b);
  }
  EXPECT_EQ(seen.size(), 8U);
}

TEST(Palette, TextOnAndInEveryColourHasEnoughContrast) {
  for (int i = 1; i <= 8; ++i) {
    EXPECT_GE(Contrast(SubjectColor(fmt::format("p{}", i)), kInk), 4.5) << i;  // WCAG AA
  }
  EXPECT_GE(Contrast(kMuted, kInk), 4.5);
}

TEST(Palette, AnyNameHasAColourThatDoesNotChange) {
  for (const char* name : {"", "p0", "Ana", "guest", "p99999999999999999999", "#7"}) {
    EXPECT_EQ(SubjectColor(name), SubjectColor(name)) << name;
  }
  EXPECT_EQ(SubjectColor("p1"), SubjectColor("p9"));
}

TEST(Palette, WithoutAPersonIdTheTrackIsTheName) {
  ScenePerson person;
  person.perceived.track_id = TrackId(7);
  EXPECT_EQ(SubjectName(person), "#7");
  person.person_id = PersonId("p2");
  EXPECT_EQ(SubjectName(person), "p2");
}

}  // namespace
}  // namespace spotter::render
