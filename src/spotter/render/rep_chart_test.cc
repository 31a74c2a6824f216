// SPDX-License-Identifier: Apache-2.0
#include "spotter/render/rep_chart.h"

#include <cmath>
#include <limits>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "spotter/render/palette.h"

namespace spotter::render {
namespace {

Scene Training(double seconds, const std::string& who, int count) {
  Scene scene;
  scene.pts = FromSeconds(seconds);
  ScenePerson person;
  person.person_id = PersonId(who);
  SetInProgress set;
  set.exercise = "squat";
  set.live_count = count;
  set.angle_rad = 2 + std::cos(seconds);
  person.set = set;
  scene.people = {person};
  return scene;
}

Canvas Drawn(const RepChart& chart) {
  Canvas canvas(1200, std::max(1, static_cast<int>(chart.Height())));
  chart.Draw(canvas, {0, 0, 1200, chart.Height()});
  return canvas;
}

// Columns of the plot in which the person's colour occurs.
int ColumnsOf(const Canvas& canvas, const std::string& who) {
  int columns = 0;
  for (int x = 215; x < canvas.width(); ++x) {
    bool found = false;
    for (int y = 0; y < canvas.height() && !found; ++y) found = canvas.At(x, y) == SubjectColor(who);
    columns += found ? 1 : 0;
  }
  return columns;
}

TEST(RepChart, IsEmptyWhenNobodyTrains) {
  RepChart chart;
  Scene scene;
  chart.Add(scene);
  EXPECT_EQ(chart.Height(), 0);
  Canvas canvas(10, 10);
  chart.Draw(canvas, {0, 0, 10, 10});
  EXPECT_EQ(canvas.At(5, 5), Color{});
}

TEST(RepChart, TheCurveSpansTheWholeTimeOfTheSet) {
  RepChart chart;
  for (int i = 0; i <= 200; ++i) chart.Add(Training(i / 10.0, "p1", i / 60));
  EXPECT_GT(ColumnsOf(Drawn(chart), "p1"), 900);
}

TEST(RepChart, ALongStreamIsHeldInFixedMemoryAndStillSpansThePlot) {
  RepChart chart;
  for (int i = 0; i <= 40'000; ++i) chart.Add(Training(i, "p1", 0));  // eleven hours
  EXPECT_GT(ColumnsOf(Drawn(chart), "p1"), 900);
}

TEST(RepChart, EachCountedRepetitionHasADot) {
  const auto dots = [](int counts) {
    RepChart chart;
    for (int i = 0; i <= 100; ++i) chart.Add(Training(i / 10.0, "p2", std::min(counts, i / 20)));
    const Canvas canvas = Drawn(chart);
    int white = 0;
    for (int x = 215; x < canvas.width(); ++x) white += canvas.At(x, 21) == kPaper;
    return white;
  };
  EXPECT_EQ(dots(0), 0);
  EXPECT_GT(dots(1), 2);
  EXPECT_EQ(dots(4), 4 * dots(1));
}

TEST(RepChart, SettledRepetitionsAreNotched) {
  RepChart chart;
  for (int i = 0; i <= 100; ++i) chart.Add(Training(i / 10.0, "p1", 0));
  const Canvas before = Drawn(chart);
  Set set{.exercise = "squat", .start = FromSeconds(2), .end = FromSeconds(8)};
  set.reps.resize(2);
  set.reps[0].turn = FromSeconds(3);
  set.reps[1].turn = FromSeconds(6);
  chart.AddSet(PersonId("p1"), set);
  const Canvas after = Drawn(chart);
  int runs = 0;  // along a line below the curve's range, the notches stand out from the shaded set
  bool inside = false;
  for (int x = 215; x < after.width(); ++x) {
    const bool notch = after.At(x, 110).r > before.At(x, 110).r + 60;
    runs += notch && !inside;
    inside = notch;
  }
  EXPECT_EQ(runs, 2);
}

TEST(RepChart, OnlyTheBusiestSixAreDrawn) {
  const auto height = [](int people) {
    RepChart chart;
    for (int who = 1; who <= people; ++who) chart.Add(Training(who, fmt::format("p{}", who), 9));
    return chart.Height();
  };
  EXPECT_GT(height(6), height(5));
  EXPECT_EQ(height(50), height(6));
}

TEST(RepChart, PeopleWithoutARepetitionAreLeftOutUnlessNobodyHasOne) {
  RepChart idle;
  idle.Add(Training(1, "p1", 0));
  idle.Add(Training(2, "p2", 0));
  RepChart one;
  one.Add(Training(1, "p1", 0));
  one.Add(Training(2, "p2", 3));
  EXPECT_GT(idle.Height(), one.Height());
  EXPECT_GT(one.Height(), 0);
}

TEST(RepChart, AnglesThatAreNoNumbersAreLeftOut) {
  RepChart chart;
  Scene scene = Training(1, "p1", 1);
  scene.people[0].set->angle_rad = std::numeric_limits<double>::quiet_NaN();
  chart.Add(scene);
  scene.pts = FromSeconds(2);
  chart.Add(scene);
  EXPECT_LT(ColumnsOf(Drawn(chart), "p1"), 20);
}

}  // namespace
}  // namespace spotter::render
