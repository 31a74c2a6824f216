// SPDX-License-Identifier: Apache-2.0
#include "spotter/render/contact_sheet.h"

#include <gtest/gtest.h>

#include "spotter/render/palette.h"

namespace spotter::render {
namespace {

// Frame i is filled with a colour that tells its number: `value` of 0..255 in red.
Canvas Numbered(int value, int width, int height) {
  return Canvas(width, height, {static_cast<std::uint8_t>(value), 0, 200});
}

Scene At(double seconds) {
  Scene scene;
  scene.pts = FromSeconds(seconds);
  return scene;
}

Scene WithSet(double seconds, int count, double progress) {
  Scene scene = At(seconds);
  ScenePerson person;
  person.person_id = PersonId("p1");
  person.perceived.box = {0.1F, 0.1F, 0.2F, 0.2F};
  SetInProgress set;
  set.exercise = "squat";
  set.live_count = count;
  set.progress = progress;
  set.angle_rad = 3 - progress;
  person.set = set;
  scene.people = {person};
  return scene;
}

// The frame numbers shown, row by row: runs of blue along lines through the sheet (labels may interrupt them).
std::vector<int> Shown(const Canvas& sheet) {
  std::vector<int> numbers;
  int last_row = -1000;
  for (int y = 0; y < sheet.height(); ++y) {
    if (y - last_row < 60) continue;
    bool any = false;
    int last_x = -1000;
    for (int x = 0; x < sheet.width(); ++x) {
      const Color color = sheet.At(x, y);
      if (color.b != 200 || color.g != 0) continue;
      if (x - last_x > 3 && (numbers.empty() || numbers.back() != color.r)) numbers.push_back(color.r);
      last_x = x;
      any = true;
    }
    if (any) y = last_row = y + 240;
  }
  return numbers;
}

TEST(ContactSheet, ShowsEvenlySpreadFramesOfAStreamOfUnknownLength) {
  ContactSheet sheet({.title = "clip"});
  for (int i = 0; i < 250; ++i) sheet.Add(Numbered(i, 64, 36), At(i / 10.0));
  const std::vector<int> shown = Shown(sheet.Make());
  ASSERT_EQ(shown.size(), 12U);
  EXPECT_LT(shown.front(), 22);
  EXPECT_GE(shown.back(), 210);
  for (std::size_t i = 1; i < shown.size(); ++i) {
    EXPECT_GE(shown[i] - shown[i - 1], 12) << i;
    EXPECT_LE(shown[i] - shown[i - 1], 33) << i;
  }
}

TEST(ContactSheet, AShortStreamShowsEveryFrame) {
  ContactSheet sheet({});
  for (int i = 0; i < 5; ++i) sheet.Add(Numbered(40 * i, 64, 36), At(i));
  EXPECT_EQ(Shown(sheet.Make()), (std::vector<int>{0, 40, 80, 120, 160}));
}

TEST(ContactSheet, PrefersFramesThatTellSomething) {
  ContactSheet sheet({.pictures = 4, .chart = false});
  for (int i = 0; i < 200; ++i) {
    const bool deep = i % 50 == 20;
    sheet.Add(Numbered(i, 64, 36), WithSet(i / 10.0, 0, deep ? 1 : 0.1));
  }
  EXPECT_EQ(Shown(sheet.Make()), (std::vector<int>{20, 70, 120, 170}));
}

TEST(ContactSheet, AnEmptyStreamStillGivesAPicture) {
  const Canvas sheet = ContactSheet({.title = "nothing"}).Make();
  EXPECT_GT(sheet.width(), 500);
  EXPECT_GT(sheet.height(), 50);
}

TEST(ContactSheet, PortraitAndSmallFramesKeepTheirShape) {
  ContactSheet portrait({});
  for (int i = 0; i < 12; ++i) portrait.Add(Numbered(i, 72, 128), At(i));
  const Canvas sheet = portrait.Make();
  EXPECT_GT(sheet.width(), 1200);
  EXPECT_LT(sheet.width(), 2100);
  EXPECT_GT(sheet.height(), 2 * 480);
  EXPECT_LT(sheet.height(), 2 * 480 + 250);
}

TEST(ContactSheet, SkeletonOnlyKeepsNoPixels) {
  ContactSheet sheet({.overlay = {.skeleton_only = true}});
  for (int i = 0; i < 30; ++i) sheet.Add(Numbered(i, 64, 36), At(i));
  EXPECT_TRUE(Shown(sheet.Make()).empty());
}

TEST(ContactSheet, SaysWhoWasJustCounted) {
  const auto caption = [](int second_count) {
    ContactSheet sheet({.chart = false});
    sheet.Add(Numbered(1, 64, 36), WithSet(1, 4, 0));
    sheet.Add(Numbered(2, 64, 36), WithSet(2, second_count, 0));
    const Canvas picture = sheet.Make();
    int coloured = 0;  // in the second caption, right of its time
    for (int y = picture.height() - 60; y < picture.height(); ++y)
      for (int x = 28 + 480 + 90; x < picture.width(); ++x) coloured += picture.At(x, y) == SubjectColor("p1");
    return coloured;
  };
  EXPECT_GT(caption(5), 50);
  EXPECT_EQ(caption(4), 0);
}

TEST(ContactSheet, TheChartGrowsBelowThePicturesWhenSomebodyTrains) {
  ContactSheet idle({});
  ContactSheet busy({});
  for (int i = 0; i < 20; ++i) {
    idle.Add(Numbered(i, 64, 36), At(i));
    busy.Add(Numbered(i, 64, 36), WithSet(i, i / 5, 0.5));
  }
  EXPECT_GT(busy.Make().height(), idle.Make().height() + 100);
}

}  // namespace
}  // namespace spotter::render
