// SPDX-License-Identifier: Apache-2.0
// A painted room: a textured wall and floor, things that come and go, people as flickering boxes.
#include "spotter/background/object_watch.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spotter::background {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

constexpr int kWidth = 160;  // pixels
constexpr int kHeight = 90;
constexpr double kRate = 4;  // frames a second
constexpr Box kBody = {0.4F, 0.2F, 0.6F, 0.8F};
constexpr Box kTowel = {0.45F, 0.6F, 0.55F, 0.7F};  // of 16 x 9 pixels, where the body is
constexpr double kForever = 1e9;

// Something of one brightness in the picture, from one second to another.
struct Thing {
  Box box;
  double from = 0;
  double to = kForever;
  int level = 230;
  bool flickers = false;  // as somebody does who breathes and moves
};

struct Somebody {
  Box box;
  double from = 0;
  double to = kForever;
};

struct Room {
  std::vector<Thing> things{};
  std::vector<Somebody> people{};  // whom the network finds; they are drawn in front of the things
  std::function<float(double)> gain = [](double) { return 1.0F; };
  std::function<float(int)> gain_of_column = [](int) { return 1.0F; };
  float noise = 2;  // grey levels, standard deviation
};

bool IsThere(const auto& what, double t) { return t >= what.from && t < what.to; }

class ObjectWatchTest : public testing::Test {
 protected:
  // Shows the room from where the last call stopped until `until`.
  const std::vector<LeftObject>& Show(const Room& room, double until) {
    for (; t_ < until; t_ += 1 / kRate) {
      Paint(room);
      std::vector<PerceivedPerson> people;
      for (const Somebody& person : room.people) {
        if (!IsThere(person, t_)) continue;
        people.emplace_back();
        people.back().box = person.box;
      }
      Frame frame;
      frame.pts = FromSeconds(t_);
      frame.width = kWidth;
      frame.height = kHeight;
      frame.planes[0] = {pixels_.data(), kWidth};
      objects_ = watch_.Update(frame, people);
      most_ = std::max(most_, objects_.size());
    }
    return objects_;
  }

  // The camera is away.
  void SkipTo(double time) { t_ = time; }

  std::vector<LeftObject> objects_;
  std::size_t most_ = 0;  // objects at one time, so far

 private:
  void Paint(const Room& room) {
    std::normal_distribution<float> noise(0, room.noise);
    for (int y = 0; y < kHeight; ++y) {
      for (int x = 0; x < kWidth; ++x) {
        const float level = static_cast<float>(LevelAt(room, x, y)) * room.gain(t_) * room.gain_of_column(x);
        pixels_[static_cast<std::size_t>(y) * kWidth + static_cast<std::size_t>(x)] =
            static_cast<std::uint8_t>(std::clamp(std::lround(level + noise(random_)), 0L, 255L));
      }
    }
  }

  int LevelAt(const Room& room, int x, int y) {
    const auto covers = [&](const Box& box) {
      const float u = static_cast<float>(x) / kWidth;
      const float v = static_cast<float>(y) / kHeight;
      return u >= box.x0 && u < box.x1 && v >= box.y0 && v < box.y1;
    };
    int level = (y < kHeight / 2 ? 140 : 90) + 10 * ((x / 12 + y / 12) % 2);
    for (const Thing& thing : room.things) {
      if (IsThere(thing, t_) && covers(thing.box)) level = thing.flickers && x % 3 == 0 ? Flicker() : thing.level;
    }
    for (const Somebody& person : room.people) {
      if (IsThere(person, t_) && covers(person.box)) level = Flicker();
    }
    return level;
  }

  int Flicker() { return std::uniform_int_distribution(20, 200)(random_); }

  ObjectWatch watch_;
  std::vector<std::uint8_t> pixels_ = std::vector<std::uint8_t>(kWidth * kHeight);
  std::mt19937 random_{7};
  double t_ = 0;
};

// Somebody is there from the 10th to the 20th second and leaves these things.
Room LeftBySomebody(std::vector<Thing> things) { return {.things = std::move(things), .people = {{kBody, 10, 20}}}; }

TEST_F(ObjectWatchTest, ATowelIsFoundWhereItLiesAndGoneWhenItIsTaken) {
  Room room = LeftBySomebody({{kTowel, 15, 42}});
  room.people.push_back({kBody, 40, 44});
  EXPECT_THAT(Show(room, 23), IsEmpty()) << "it may still be somebody's hand";
  ASSERT_THAT(Show(room, 28), SizeIs(1));
  EXPECT_GT(Iou(objects_[0].box, kTowel), 0.8F);
  EXPECT_NEAR(ToSeconds(objects_[0].since), 20, 1) << "when it was first seen";
  EXPECT_THAT(Show(room, 43), SizeIs(1)) << "somebody is before it";
  EXPECT_THAT(Show(room, 48), IsEmpty());
}

TEST_F(ObjectWatchTest, SmallDarkThingsCountAsWell) {
  EXPECT_THAT(Show(LeftBySomebody({{{0.5F, 0.6F, 0.525F, 0.7F}, 15, kForever, 30}}), 30), SizeIs(1));
}

TEST_F(ObjectWatchTest, WhatNobodyBroughtIsNoObject) {
  Show({.things = {{kTowel, 15}}}, 40);
  EXPECT_EQ(most_, 0U) << "a screen, a lamp";
}

TEST_F(ObjectWatchTest, WhatWasAlwaysThereOrIsTakenIsNoObject) {
  Show(LeftBySomebody({{kTowel, 0, 15}, {{0.2F, 0.6F, 0.28F, 0.7F}}}), 40);
  EXPECT_EQ(most_, 0U);
}

TEST_F(ObjectWatchTest, WhileSomebodyIsWithinReachItIsNotLeft) {
  Room room = LeftBySomebody({{kTowel, 15}});
  room.people.push_back({{0.58F, 0.2F, 0.78F, 0.8F}, 20, 40});
  EXPECT_THAT(Show(room, 39), IsEmpty());
  EXPECT_THAT(Show(room, 46), SizeIs(1));
}

TEST_F(ObjectWatchTest, WhatLiesBesideItsOwnerForLongIsLeftWhenTheOwnerGoes) {
  Room room;
  room.people = {{kBody, 10, 130}};
  room.things = {{{0.65F, 0.6F, 0.7F, 0.75F}, 12}};
  EXPECT_THAT(Show(room, 129), IsEmpty());
  ASSERT_THAT(Show(room, 135), SizeIs(1));
  EXPECT_NEAR(ToSeconds(objects_[0].since), 12, 1);
}

TEST_F(ObjectWatchTest, SomebodyWhoIsNoLongerFoundIsNoObject) {
  Show(LeftBySomebody({{{0.44F, 0.3F, 0.54F, 0.6F}, 19, 60, 200, true}}), 60);
  EXPECT_EQ(most_, 0U) << "who sits there stirs a little";
}

TEST_F(ObjectWatchTest, LightOverTheWholeRoomIsNoObjectAndHidesNone) {
  Room room = LeftBySomebody({{kTowel, 15, kForever, 170}});
  room.gain = [](double t) { return t < 20 ? 1.0F : (t < 60 ? 1 - 0.01F * static_cast<float>(t - 20) : 1.3F); };
  EXPECT_THAT(Show(room, 30), SizeIs(1));
  EXPECT_THAT(Show(room, 59), SizeIs(1)) << "it gets dark";
  EXPECT_THAT(Show(room, 80), SizeIs(1)) << "and suddenly bright";
  EXPECT_EQ(most_, 1U);
}

TEST_F(ObjectWatchTest, AShadowThatFadesOutIsNoObject) {
  Room room = LeftBySomebody({});
  const auto shade = [](int column) {
    const float from_middle = std::abs(static_cast<float>(column) - 0.5F * kWidth) / 20;
    return 1 - 0.45F * std::max(0.0F, 1 - from_middle);
  };
  Show(room, 15);
  room.gain_of_column = shade;
  Show(room, 60);
  EXPECT_EQ(most_, 0U);
}

TEST_F(ObjectWatchTest, AnotherSceneIsLearnedAnew) {
  Room room = LeftBySomebody({{{0, 0, 0.35F, 1}, 18, kForever, 240}, {kTowel, 15}});
  Show(room, 60);
  EXPECT_EQ(most_, 0U) << "the camera was moved";
  room.people.push_back({kBody, 60, 66});
  room.things.push_back({{0.45F, 0.45F, 0.53F, 0.55F}, 63, kForever, 20});
  EXPECT_THAT(Show(room, 75), SizeIs(1));
}

TEST_F(ObjectWatchTest, SomebodyBeforeMostOfThePictureMakesItNoOtherPlace) {
  Room room = LeftBySomebody({{kTowel, 15}});
  EXPECT_THAT(Show(room, 30), SizeIs(1));
  room.people.push_back({{0, 0, 1, 0.8F}, 30, 40});
  room.things.push_back({{0, 0.95F, 1, 1}, 31, 40, 20});  // what is left to be seen is the shadow at the feet
  EXPECT_THAT(Show(room, 39), SizeIs(1));
  EXPECT_THAT(Show(room, 50), SizeIs(1));
}

TEST_F(ObjectWatchTest, KnowsSomeObjectsAtMost) {
  std::vector<Thing> things;
  for (int i = 0; i < 40; ++i) {
    const float x = 0.35F + 0.04F * static_cast<float>(i % 8);
    const int row = i / 8;
    const float y = 0.15F + 0.15F * static_cast<float>(row);
    things.push_back({{x, y, x + 0.025F, y + 0.045F}, 15});
  }
  EXPECT_THAT(Show(LeftBySomebody(std::move(things)), 40), SizeIs(32));
}

TEST_F(ObjectWatchTest, ABenchThatWasMovedIsNoObject) {
  Show(LeftBySomebody({{{0.35F, 0.6F, 0.55F, 0.75F}, 0, 15, 30}, {{0.45F, 0.6F, 0.65F, 0.75F}, 15, kForever, 30}}), 60);
  EXPECT_EQ(most_, 0U);
}

TEST_F(ObjectWatchTest, AWeightThatWasPutBackElsewhereIsNoObject) {
  Show(LeftBySomebody({{{0.4F, 0.65F, 0.46F, 0.72F}, 0, 15, 30}, {{0.5F, 0.65F, 0.56F, 0.72F}, 15, kForever, 30}}), 60);
  EXPECT_EQ(most_, 0U);
}

TEST_F(ObjectWatchTest, NeitherFurnitureNorCrumbsAreObjects) {
  Show(LeftBySomebody({{{0.3F, 0.5F, 0.7F, 0.8F}, 15}, {{0.5F, 0.3F, 0.51F, 0.32F}, 15}}), 90);
  EXPECT_EQ(most_, 0U);
}

TEST_F(ObjectWatchTest, NoiseAndPassersByAreNoObjects) {
  Room room{.noise = 6};
  for (int i = 0; i < 20; ++i) {
    const float x = 0.04F * static_cast<float>(i);
    room.people.push_back({{x, 0.2F, x + 0.2F, 0.8F}, 10.0 + i, 11.0 + i});
  }
  Show(room, 120);
  EXPECT_EQ(most_, 0U);
}

TEST_F(ObjectWatchTest, AfterAnHourItBelongsToThePlace) {
  const Room room = LeftBySomebody({{kTowel, 15}});
  Show(room, 30);
  SkipTo(3600);
  EXPECT_THAT(Show(room, 3610), SizeIs(1));
  EXPECT_THAT(Show(room, 3640), IsEmpty());
}

}  // namespace
}  // namespace spotter::background
