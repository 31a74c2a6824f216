// SPDX-License-Identifier: Apache-2.0
#include "spotter/track/tracker.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <set>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spotter::track {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr float kAspect = 16.0F / 9.0F;
constexpr double kFps = 15;

// A person of height 0.6 who stands with the middle at `x` (fractions of the frame).
Detection Person(double x, double confidence = 0.9) {
  Detection detection;
  const auto center = static_cast<float>(x);
  detection.box = {center - 0.06F, 0.2F, center + 0.06F, 0.8F};
  detection.confidence = static_cast<float>(confidence);
  return detection;
}

// The same with joints in a column whose place in the box is the person's own.
Detection PersonWithPose(double x, double confidence, float joint_confidence) {
  Detection detection = Person(x, confidence);
  for (std::size_t i = 0; i < kKeypointCount; ++i) {
    const float side = (i % 2 == 0) ? -0.03F : 0.03F;
    detection.pose.keypoints[i] = {static_cast<float>(x) + side, 0.22F + 0.033F * static_cast<float>(i),
                                   joint_confidence};
  }
  return detection;
}

// The same in clothes of two colours, half and half, each a bin of the histogram.
Detection DressedInTwo(double x, std::size_t one, std::size_t other, double confidence = 0.9) {
  Detection detection = Person(x, confidence);
  Appearance::Histogram histogram{};
  histogram[one] += 0.5F;
  histogram[other] += 0.5F;
  detection.appearance = {.upper = histogram, .lower = histogram};
  return detection;
}

Detection Dressed(double x, std::size_t color, double confidence = 0.9) {
  return DressedInTwo(x, color, color, confidence);
}

constexpr std::size_t kRed = 1;
constexpr std::size_t kBlue = 7;
constexpr std::size_t kGreen = 4;

// Feeds frames at a fixed rate.
class Film {
 public:
  explicit Film(double fps = kFps, const TrackerOptions& options = {}) : fps_(fps), tracker_(options) {}

  std::vector<std::int64_t> Show(const std::vector<Detection>& detections) {
    people_ = tracker_.Update(FromSeconds(frames_++ / fps_), kAspect, detections);
    std::vector<std::int64_t> ids;
    ids.reserve(people_.size());
    for (const PerceivedPerson& person : people_) ids.push_back(person.track_id.value());
    return ids;
  }
  void ShowFor(double seconds, const std::vector<Detection>& detections) {
    for (int i = 0; i < static_cast<int>(std::round(seconds * fps_)); ++i) Show(detections);
  }
  double now() const { return frames_ / fps_; }
  const std::vector<PerceivedPerson>& people() const { return people_; }

 private:
  double fps_;
  int frames_ = 0;
  Tracker tracker_;
  std::vector<PerceivedPerson> people_;
};

TEST(Tracker, ConfirmsTheFirstPeopleOfAStreamAtOnce) {
  Film film;
  EXPECT_THAT(film.Show({}), IsEmpty());
  EXPECT_THAT(film.Show({Person(0.3), Person(0.7)}), ElementsAre(1, 2));
}

TEST(Tracker, ReturnsSomebodyWhoComesLaterAfterAQuarterOfASecondAtMost) {
  for (const double fps : {5.0, 10.0, 15.0, 30.0, 60.0}) {
    Film film(fps);
    film.ShowFor(1, {Person(0.3)});
    const double came = film.now();
    EXPECT_THAT(film.Show({Person(0.3), Person(0.7)}), ElementsAre(1)) << fps;
    while (film.Show({Person(0.3), Person(0.7)}).size() < 2) ASSERT_LT(film.now() - came, 1.0);
    EXPECT_LE(film.now() - came, std::max(0.25, 2.001 / fps)) << fps;
  }
}

TEST(Tracker, NeverReturnsAGhostOfOneFrame) {
  Film film;
  film.ShowFor(1, {Person(0.3)});
  for (int i = 0; i < 10; ++i) {
    EXPECT_THAT(film.Show({Person(0.3), Person(0.7)}), ElementsAre(1));
    EXPECT_THAT(film.Show({Person(0.3)}), ElementsAre(1));
  }
}

TEST(Tracker, ReturnsTheDetectionsOwnBoxPoseAndConfidence) {
  Film film;
  const Detection detection = PersonWithPose(0.3, 0.8, 0.7F);
  film.Show({detection});
  ASSERT_EQ(film.people().size(), 1U);
  EXPECT_EQ(film.people()[0].box, detection.box);
  EXPECT_EQ(film.people()[0].pose, detection.pose);
  EXPECT_EQ(film.people()[0].confidence, detection.confidence);
}

TEST(Tracker, KeepsTheIdOfSomebodyHiddenForAWhile) {
  Film film;
  film.ShowFor(1, {Person(0.3)});
  film.ShowFor(1.5, {});
  EXPECT_THAT(film.Show({Person(0.31)}), ElementsAre(1));
}

TEST(Tracker, NeverUsesAnIdAgain) {
  Film film;
  film.ShowFor(1, {Person(0.3)});
  film.ShowFor(4, {});
  film.ShowFor(0.4, {Person(0.3)});
  EXPECT_THAT(film.Show({Person(0.3)}), ElementsAre(2));
}

TEST(Tracker, FollowsThroughWeakDetectionsButStartsNobodyFromThem) {
  Film film;
  film.ShowFor(1, {Person(0.3)});
  for (int i = 0; i < 30; ++i) EXPECT_THAT(film.Show({Person(0.3, 0.25), Person(0.7, 0.25)}), ElementsAre(1));
}

TEST(Tracker, StartsSomebodyWithClearJointsAndAWeakBox) {
  Film film;
  EXPECT_THAT(film.Show({PersonWithPose(0.3, 0.3, 0.75F), PersonWithPose(0.7, 0.3, 0.3F)}), ElementsAre(1));
}

TEST(Tracker, StartsNobodyFromAWeakBoxWithSomebodyElsesJoints) {
  Film film;
  Detection shadow = Person(0.7, 0.3);
  shadow.pose = PersonWithPose(0.3, 0.9, 0.8F).pose;
  for (int i = 0; i < 30; ++i) EXPECT_THAT(film.Show({PersonWithPose(0.3, 0.9, 0.8F), shadow}), ElementsAre(1));
  EXPECT_THAT(film.Show({shadow}), IsEmpty());
}

TEST(Tracker, GivesASecondDetectionOfOnePersonNoTrack) {
  Film film;
  Detection upper_body = PersonWithPose(0.3, 0.7, 0.8F);
  upper_body.box.y1 = 0.5F;
  for (int i = 0; i < 30; ++i) {
    EXPECT_THAT(film.Show({PersonWithPose(0.3, 0.8, 0.8F), upper_body}), ElementsAre(1));
  }
}

TEST(Tracker, KeepsTheIdWhenTheBoxJumpsBetweenBodyAndUpperBody) {
  Film film;
  film.ShowFor(1, {Person(0.3)});
  Detection upper_body = Person(0.3);
  upper_body.box = {0.25F, 0.2F, 0.35F, 0.38F};
  for (int i = 0; i < 10; ++i) {
    EXPECT_THAT(film.Show({i % 3 == 0 ? Person(0.3) : upper_body}), ElementsAre(1));
  }
}

TEST(Tracker, KeepsTheIdFromStandingToPlankAndBack) {
  Film film;
  film.ShowFor(1, {Person(0.4)});
  for (int cycle = 0; cycle < 3; ++cycle) {
    for (int i = 1; i <= 18; ++i) {  // down in 0.6 s, up in 0.6 s
      const auto down = static_cast<float>(0.5 - 0.5 * std::cos(std::numbers::pi * i / 9));
      Detection detection = Person(0.4);
      detection.box = {0.34F - 0.02F * down, 0.2F + 0.42F * down, 0.46F + 0.22F * down, 0.8F};
      EXPECT_THAT(film.Show({detection}), ElementsAre(1)) << "cycle " << cycle << " frame " << i;
    }
  }
}

TEST(Tracker, KeepsTheIdsOfPeopleWhoPassEachOtherAtAnyFrameRate) {
  for (const double fps : {10.0, 15.0, 30.0, 60.0}) {
    Film film(fps);
    std::map<std::int64_t, std::set<int>> people_of_id;
    for (int i = 0; i < static_cast<int>(4 * fps); ++i) {
      const double t = i / fps;
      const double left = 0.1 + 0.2 * t;
      const double right = 0.9 - 0.2 * t;
      std::vector<Detection> detections = {Person(left, 0.9)};
      // The one behind is hidden while they pass.
      if (std::abs(left - right) > 0.08) detections.push_back(Person(right, 0.7));
      film.Show(detections);
      for (const PerceivedPerson& person : film.people()) {
        people_of_id[person.track_id.value()].insert(person.confidence > 0.8F ? 1 : 2);
      }
    }
    EXPECT_THAT(people_of_id, ElementsAre(testing::Pair(1, ElementsAre(1)), testing::Pair(2, ElementsAre(2)))) << fps;
  }
}

// Somebody in red (id 1) waits, somebody in blue (id 2) comes up; they are one detection for a while and part again.
class Handover {
 public:
  explicit Handover(std::size_t comes = kBlue, double fps = kFps) : fps_(fps), film_(fps) {
    film_.ShowFor(2, {Dressed(0.5, kRed), Dressed(0.1, comes)});
    for (double x = 0.1; x < 0.46; x += 0.2 / fps_) film_.Show({Dressed(0.5, kRed), Dressed(x, comes)});
  }
  void HideFor(double seconds, std::size_t front = kRed) { film_.ShowFor(seconds, {Dressed(0.5, front)}); }
  // Who was hidden comes out, the joints too unclear to tell the clothes.
  void ShowUndressed(double seconds) { film_.ShowFor(seconds, {Dressed(0.5, kRed), Person(0.57)}); }
  // Somebody else comes out beside who is seen. The ids at the end.
  std::vector<std::int64_t> ShowBeside(const Detection& other) {
    film_.ShowFor(1, {Dressed(0.5, kRed), other});
    return film_.Show({Dressed(0.5, kRed), other});
  }
  // The ids of who leaves and of who stays, at the end.
  std::vector<std::int64_t> Part(double start, std::size_t leaves, std::size_t stays) {
    std::vector<std::int64_t> ids;
    for (double x = start; x < 0.9; x += 0.2 / fps_) ids = film_.Show({Dressed(x, leaves), Dressed(0.5, stays)});
    std::ranges::sort(ids, {}, [&](std::int64_t id) { return -CenterOf(id); });
    return ids;
  }

 private:
  float CenterOf(std::int64_t id) const {
    for (const PerceivedPerson& person : film_.people()) {
      if (person.track_id.value() == id) return person.box.center().x;
    }
    return 0;
  }
  double fps_;
  Film film_;
};

TEST(Tracker, TellsByTheirClothesWhoLeavesAndWhoStaysAfterOneHidTheOther) {
  for (const auto& [hidden_s, fps] :
       {std::pair{0.5, 15.0}, {3.0, 15.0}, {8.0, 15.0}, {3.0, 5.0}, {3.0, 10.0}, {3.0, 30.0}}) {
    for (const std::size_t front : {kRed, kBlue}) {
      Handover goes_on(kBlue, fps);
      goes_on.HideFor(hidden_s, front);
      EXPECT_THAT(goes_on.Part(0.55, kRed, kBlue), ElementsAre(1, 2))
          << hidden_s << " s at " << fps << ", goes on, front " << front;
      Handover turns_back(kBlue, fps);
      turns_back.HideFor(hidden_s, front);
      EXPECT_THAT(turns_back.Part(0.55, kBlue, kRed), ElementsAre(2, 1))
          << hidden_s << " s at " << fps << ", turns, front " << front;
    }
  }
}

TEST(Tracker, TakesNoStrangerForWhoIsHidden) {
  Handover handover;
  handover.HideFor(3);
  EXPECT_THAT(handover.Part(0.55, kGreen, kRed), ElementsAre(3, 1));
}

TEST(Tracker, TakesNoStrangerWhoIsSomewhatAlikeForWhoIsHidden) {
  Handover handover;
  handover.HideFor(3);
  Detection stranger = Dressed(0.58, kGreen);
  for (auto* part : {&stranger.appearance.upper, &stranger.appearance.lower}) {
    (**part)[kGreen] = 0.9F;
    (**part)[kBlue] = 0.1F;  // similarity .32 with the hidden one
  }
  EXPECT_THAT(handover.ShowBeside(stranger), ElementsAre(1, 3));
}

TEST(Tracker, RecognisesWhoComesOutWithoutBeingWellSeenAtFirst) {
  Handover handover;
  handover.HideFor(3);
  handover.ShowUndressed(0.4);
  EXPECT_THAT(handover.Part(0.58, kBlue, kRed), ElementsAre(2, 1));
}

TEST(Tracker, OneWrongFrameExchangesNobodyWhoMet) {
  for (const double fps : {5.0, 10.0, 15.0}) {
    Film film(fps);
    film.ShowFor(2, {Dressed(0.3, kRed), Dressed(0.5, kBlue)});
    for (double x = 0.3; x < 0.44; x += 0.2 / fps) film.Show({Dressed(x, kRed), Dressed(0.5, kBlue)});
    film.ShowFor(1, {Dressed(0.44, kRed), Dressed(0.5, kBlue)});
    ASSERT_EQ(film.people().size(), 2U);
    ASSERT_LT(film.people()[0].box.center().x, film.people()[1].box.center().x) << fps;
    film.Show({Dressed(0.44, kBlue), Dressed(0.5, kRed)});
    film.Show({Dressed(0.44, kRed), Dressed(0.5, kBlue)});
    ASSERT_EQ(film.people().size(), 2U);
    EXPECT_LT(film.people()[0].box.center().x, film.people()[1].box.center().x) << fps;
  }
}

TEST(Tracker, ExchangesTwoWhoTookEachOthersPlacesInAnEmbrace) {
  for (const double fps : {5.0, 10.0, 15.0, 30.0}) {
    Film film(fps);
    film.ShowFor(2, {Dressed(0.2, kRed), Dressed(0.5, kBlue)});
    for (double x = 0.2; x < 0.46; x += 0.2 / fps) film.Show({Dressed(x, kRed), Dressed(0.5, kBlue)});
    film.ShowFor(1, {DressedInTwo(0.46, kRed, kBlue), DressedInTwo(0.5, kRed, kBlue)});
    film.ShowFor(1, {Dressed(0.44, kBlue), Dressed(0.56, kRed)});  // red went on behind blue
    ASSERT_EQ(film.people().size(), 2U);
    EXPECT_GT(film.people()[0].box.center().x, film.people()[1].box.center().x) << fps;
  }
}

TEST(Tracker, TakesNobodyForWhoIsHiddenWhoMayAsWellBeTheOther) {
  Handover alike(kRed);
  alike.HideFor(3);
  EXPECT_THAT(alike.Part(0.55, kRed, kRed), ElementsAre(3, 1));
}

TEST(Tracker, TakesNobodyOfAnotherSizeForWhoIsHidden) {
  Handover handover;
  handover.HideFor(3);
  Detection far = Dressed(0.58, kBlue);
  far.box = {0.56F, 0.2F, 0.6F, 0.4F};
  EXPECT_THAT(handover.ShowBeside(far), ElementsAre(1, 3));
}

TEST(Tracker, ForgetsWhoIsHiddenForTooLong) {
  Handover handover;
  handover.HideFor(11);
  EXPECT_THAT(handover.Part(0.55, kBlue, kRed), ElementsAre(3, 1));
}

TEST(Tracker, GoesByMotionWhereClothesAreAlike) {
  Film film;
  film.ShowFor(1, {Dressed(0.2, kRed), Dressed(0.8, kRed)});
  for (int i = 0; i < 60; ++i) film.Show({Dressed(0.2 + 0.01 * i, kRed), Dressed(0.8 - 0.01 * i, kRed)});
  const std::vector<PerceivedPerson>& people = film.people();
  ASSERT_EQ(people.size(), 2U);
  EXPECT_EQ(people[0].track_id, TrackId(1));
  EXPECT_GT(people[0].box.center().x, people[1].box.center().x);
}

TEST(Tracker, ExchangesNobodyWhoChangedColourAlone) {
  Film film;
  film.ShowFor(2, {Dressed(0.3, kRed), Dressed(0.7, kBlue)});
  EXPECT_THAT(film.Show({Dressed(0.3, kBlue), Dressed(0.7, kRed)}), ElementsAre(1, 2));
  film.ShowFor(2, {Dressed(0.3, kBlue), Dressed(0.7, kRed)});
  ASSERT_EQ(film.people().size(), 2U);
  EXPECT_LT(film.people()[0].box.center().x, film.people()[1].box.center().x);
}

TEST(Tracker, KeepsAllIdsWhenThePictureJumps) {
  Film film;
  std::vector<Detection> crowd;
  for (int i = 0; i < 10; ++i) {
    Detection detection = Person(0.05 + 0.09 * i);
    detection.box = {detection.box.x0 + 0.03F, 0.1F + 0.05F * static_cast<float>(i), detection.box.x1 - 0.03F,
                     0.4F + 0.05F * static_cast<float>(i)};
    crowd.push_back(detection);
  }
  film.ShowFor(1, crowd);
  const std::vector<std::int64_t> before = film.Show(crowd);
  for (int jump = 0; jump < 6; ++jump) {
    for (Detection& detection : crowd) {
      detection.box.x0 += jump % 2 == 0 ? 0.06F : -0.06F;
      detection.box.x1 += jump % 2 == 0 ? 0.06F : -0.06F;
    }
    EXPECT_EQ(film.Show(crowd), before) << jump;
    for (std::size_t i = 0; i < crowd.size(); ++i) EXPECT_EQ(film.people()[i].box, crowd[i].box);
  }
}

TEST(Tracker, GivesTheSameAnswerEveryTime) {
  const auto run = [] {
    Film film;
    std::vector<std::vector<std::int64_t>> ids;
    for (int i = 0; i < 60; ++i) {
      const double sway = 0.05 * std::sin(0.4 * i);
      ids.push_back(film.Show({Person(0.3 + sway), Person(0.38 - sway, 0.7), Person(0.6 + 3 * sway, 0.5 + sway)}));
    }
    return ids;
  };
  EXPECT_EQ(run(), run());
}

TEST(Tracker, TakesAFrameTwice) {
  Tracker tracker;
  const std::vector<Detection> detections = {Person(0.3)};
  tracker.Update(FromSeconds(1), kAspect, detections);
  EXPECT_EQ(tracker.Update(FromSeconds(1), kAspect, detections).size(), 1U);
}

}  // namespace
}  // namespace spotter::track
