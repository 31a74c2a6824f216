// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/exercise_analyzer.h"

#include <limits>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotter/exercise/testing/stick_figure.h"

namespace spotter::exercise {
namespace {

using testing::Camera;
using testing::Curling;
using ::testing::ElementsAre;
using testing::MakeTestScene;
using ::testing::Pair;
using testing::Photographer;
using testing::Posture;
using testing::RaisingSideways;
using testing::SmallLibrary;
using testing::Squatting;
using testing::ThereAndBack;
using testing::Walking;

// What somebody does at a time, seconds.
using Script = std::function<Posture(double)>;

struct Filming {
  double duration_s = 20;
  double fps = 15;
  Camera camera;
};

struct Outcome {
  std::vector<Event> events;
  std::vector<Set> sets;
  int live = 0;
  int started = 0;
};

void Sort(const std::vector<Event>& events, Outcome& outcome) {
  for (const Event& event : events) {
    outcome.events.push_back(event);
    if (const auto* completed = std::get_if<SetCompleted>(&event.data)) outcome.sets.push_back(completed->set);
    outcome.live += std::holds_alternative<RepCounted>(event.data) ? 1 : 0;
    outcome.started += std::holds_alternative<SetStarted>(event.data) ? 1 : 0;
  }
}

ExerciseAnalyzer MakeAnalyzer(const std::string& pinned = {}) {
  return ExerciseAnalyzer({.library = SmallLibrary(), .gym_id = GymId("gym_01"), .pinned_exercise = pinned});
}

Outcome Film(ExerciseAnalyzer& analyzer, const Script& script, const Filming& filming) {
  Photographer photographer(filming.camera);
  Outcome outcome;
  for (int i = 0; i < filming.duration_s * filming.fps; ++i) {
    const double t = i / filming.fps;
    Scene scene = MakeTestScene(FromSeconds(t), {photographer.Photograph(script(t))});
    Sort(analyzer.Update(scene), outcome);
  }
  Sort(analyzer.Finish(), outcome);
  return outcome;
}

Outcome Film(const Script& script, const Filming& filming, const std::string& pinned = {}) {
  ExerciseAnalyzer analyzer = MakeAnalyzer(pinned);
  return Film(analyzer, script, filming);
}

// `count` repetitions of `period_s` after one second of rest.
Script Repeat(Posture (*posture)(double), int count, double period_s) {
  return [=](double t) {
    const double phase = (t - 1) / period_s;
    return posture(phase < 0 || phase >= count ? 0 : ThereAndBack(phase - std::floor(phase)));
  };
}

// Exercise and repetitions of each.
std::vector<std::pair<std::string, std::size_t>> SetsOf(const Outcome& outcome) {
  std::vector<std::pair<std::string, std::size_t>> sets;
  sets.reserve(outcome.sets.size());
  for (const Set& set : outcome.sets) sets.emplace_back(set.exercise, set.reps.size());
  return sets;
}

std::size_t CountReps(const Outcome& outcome) {
  std::size_t reps = 0;
  for (const Set& set : outcome.sets) reps += set.reps.size();
  return reps;
}

// At 30 frames a second the history holds two and a half minutes.
TEST(ExerciseAnalyzerTest, ASetLongerThanTheHistoryKeepsItsBeginning) {
  for (const auto& [posture, name] : {std::pair(&Squatting, "squat"), std::pair(&RaisingSideways, "unknown")}) {
    const Outcome outcome = Film(Repeat(posture, 84, 2.5), {.duration_s = 215, .fps = 30});
    EXPECT_THAT(SetsOf(outcome), ElementsAre(Pair(name, 84U)));
    ASSERT_EQ(outcome.sets.size(), 1U);
    EXPECT_NEAR(ToSeconds(outcome.sets[0].start), 1, 1);
    const std::vector<Rep>& reps = outcome.sets[0].reps;
    for (std::size_t i = 1; i < reps.size(); ++i) EXPECT_LE(reps[i - 1].end, reps[i].start) << i;
  }
}

class SquatsFromEverySide : public ::testing::TestWithParam<std::tuple<double, double>> {};

TEST_P(SquatsFromEverySide, AreCountedAndNamed) {
  const auto [yaw_deg, fps] = GetParam();
  const Outcome outcome = Film(Repeat(Squatting, 5, 2.5), {.fps = fps, .camera = {.yaw_deg = yaw_deg}});
  ASSERT_EQ(outcome.sets.size(), 1U);
  EXPECT_EQ(outcome.sets[0].exercise, "squat");
  EXPECT_EQ(outcome.sets[0].reps.size(), 5U);
  EXPECT_EQ(outcome.sets[0].live_count, 5);
  EXPECT_EQ(outcome.live, 5);
}

INSTANTIATE_TEST_SUITE_P(Views,
                         SquatsFromEverySide,
                         ::testing::Combine(::testing::Values(0.0, 45.0, 90.0, 180.0, 225.0),
                                            ::testing::Values(8.0, 15.0, 30.0, 60.0)));

TEST(ExerciseAnalyzerTest, OneClearRepetitionCounts) {
  const Outcome outcome = Film(Repeat(Squatting, 1, 2.5), {.duration_s = 6});
  ASSERT_EQ(outcome.sets.size(), 1U);
  EXPECT_EQ(outcome.sets[0].reps.size(), 1U);
}

// The first repetition is too little for the exercise that opens the set, and the other one asks for three.
TEST(ExerciseAnalyzerTest, ARepetitionBeforeTheOneThatOpenedTheSetCounts) {
  ExerciseDefinition squat = SmallLibrary().exercises()[0];
  squat.signals[0].min_reps = 3;
  ExerciseDefinition deep = squat;
  deep.id = deep.family = "deep_squat";
  deep.signals[0] = {
      .feature = {Feature::kHipHeight}, .turn_is_high = false, .min_rom = 0.5F, .full_rom = 0.8F, .min_reps = 1};
  ExerciseAnalyzer analyzer({.library = ExerciseLibrary({squat, deep}), .gym_id = GymId("gym_01")});
  const auto squats = [](double t) {
    const double share = std::fmod(t, 5) / 5;
    return Squatting((t < 5 ? 0.5 : t < 20 ? 1.0 : 0.0) * ThereAndBack(share));
  };
  const Outcome outcome = Film(analyzer, squats, {.duration_s = 24});
  ASSERT_EQ(outcome.sets.size(), 1U);
  EXPECT_EQ(outcome.sets[0].exercise, "squat");
  EXPECT_EQ(outcome.sets[0].reps.size(), 4U);
}

// Two frames in which the pose model sees something else.
bool IsBurst(double t, double at_s) { return t >= at_s && t < at_s + 0.13; }

TEST(ExerciseAnalyzerTest, WhoGoesDownAndStaysThereHasDoneNoRepetition) {
  const Script sitting_down = [](double t) {
    return Squatting(IsBurst(t, 3) ? 0 : ThereAndBack(std::clamp((t - 1) / 3, 0.0, 0.5)));
  };
  EXPECT_EQ(CountReps(Film(sitting_down, {.duration_s = 25})), 0U);
}

// Like a squat that nobody does twice in the same way.
TEST(ExerciseAnalyzerTest, MovementsWithNothingInCommonAreNoSet) {
  struct Descent {
    double start_s, duration_s, depth;
  };
  const Script bending = [](double t) {
    for (const Descent& d : {Descent{1, 1.2, 0.5}, {5, 5, 1}, {10.5, 0.9, 0.4}, {17, 3, 0.95}, {20.2, 1, 0.45}})
      if (t >= d.start_s && t < d.start_s + d.duration_s)
        return Squatting(d.depth * ThereAndBack((t - d.start_s) / d.duration_s));
    return Squatting(0);
  };
  EXPECT_EQ(CountReps(Film(bending, {.duration_s = 40})), 0U);
}

TEST(ExerciseAnalyzerTest, WhoComesForAShortSetOfSomethingElseIsCountedAfterwards) {
  const auto raise_a_little = +[](double height) { return RaisingSideways(0.5 * height); };
  const Outcome outcome = Film(Repeat(raise_a_little, 3, 2.4), {.duration_s = 8.5, .camera = {.yaw_deg = 90}});
  ASSERT_EQ(outcome.sets.size(), 1U);
  EXPECT_EQ(outcome.sets[0].exercise, "unknown");
  EXPECT_EQ(outcome.sets[0].reps.size(), 3U);
  EXPECT_EQ(outcome.sets[0].live_count, 0);
  EXPECT_EQ(outcome.started, 1);
}

// Slow and of middling size: too little from somebody who stands about, enough from somebody who does nothing else.
TEST(ExerciseAnalyzerTest, WhoHasJustComeIsCountedAtOnceWhereNothingElseWasDone) {
  const auto raise_after = [](double wait_s) {
    return [=](double t) {
      const double phase = (t - wait_s) / 4.5;
      return testing::RaisingSideways(phase < 0 || phase >= 4 ? 0 : 0.4 * ThereAndBack(phase - std::floor(phase)));
    };
  };
  const Outcome coming = Film(raise_after(0.5), {.duration_s = 22, .camera = {.yaw_deg = 60}});
  ASSERT_EQ(coming.sets.size(), 1U);
  EXPECT_EQ(coming.sets[0].live_count, 4);
  EXPECT_EQ(Film(raise_after(40), {.duration_s = 62, .camera = {.yaw_deg = 60}}).live, 0);
}

TEST(ExerciseAnalyzerTest, CurlsAreCurlsNotSquats) {
  const Outcome outcome = Film(Repeat(Curling, 6, 2), {.camera = {.yaw_deg = 30}});
  ASSERT_EQ(outcome.sets.size(), 1U);
  EXPECT_EQ(outcome.sets[0].exercise, "bicep_curl");
  EXPECT_EQ(outcome.sets[0].reps.size(), 6U);
}

TEST(ExerciseAnalyzerTest, AMovementOutsideTheLibraryIsCountedAsUnknown) {
  const Outcome outcome = Film(Repeat(RaisingSideways, 6, 2), {.camera = {.yaw_deg = 90}});
  ASSERT_EQ(outcome.sets.size(), 1U);
  EXPECT_EQ(outcome.sets[0].exercise, "unknown");
  EXPECT_EQ(outcome.sets[0].reps.size(), 6U);
}

// Four seconds later something else is begun: what nobody could name is not the beginning of it.
TEST(ExerciseAnalyzerTest, AnUnknownMovementThatHasEndedIsNoneOfTheNextExercise) {
  const auto bow = +[](double depth) { return Posture{.trunk = 80 * depth}; };
  const Script both = [&](double t) { return t < 13 ? Repeat(bow, 4, 2)(t) : Repeat(Curling, 5, 3.4)(t - 13); };
  const Outcome outcome = Film(both, {.duration_s = 33, .camera = {.yaw_deg = 60}});
  EXPECT_THAT(SetsOf(outcome), ElementsAre(Pair("unknown", 4U), Pair("bicep_curl", 5U)));
}

TEST(ExerciseAnalyzerTest, AnUnknownMovementAfterARestIsCountedWhileItGoesOn) {
  const Script both = [](double t) {
    return t < 28 ? Repeat(Squatting, 3, 2)(t) : Repeat(RaisingSideways, 8, 2)(t - 28);
  };
  const Outcome outcome = Film(both, {.duration_s = 50, .camera = {.yaw_deg = 60}});
  ASSERT_THAT(SetsOf(outcome), ElementsAre(Pair("squat", 3U), Pair("unknown", 8U)));
  EXPECT_EQ(outcome.sets[1].live_count, 8);
}

TEST(ExerciseAnalyzerTest, PhaseTimesFollowTheMovement) {
  const Outcome outcome = Film(Repeat(Squatting, 4, 3), {.fps = 30});
  ASSERT_EQ(outcome.sets.size(), 1U);
  ASSERT_EQ(outcome.sets[0].reps.size(), 4U);
  for (int i = 0; i < 4; ++i) {
    const Rep& rep = outcome.sets[0].reps[static_cast<std::size_t>(i)];
    EXPECT_NEAR(ToSeconds(rep.start), 1 + 3 * i, 0.2);
    EXPECT_NEAR(ToSeconds(rep.turn), 2.5 + 3 * i, 0.07);
    EXPECT_NEAR(ToSeconds(rep.end), 4 + 3 * i, 0.2);
    EXPECT_GT(rep.eccentric, rep.pause_stretched);
    EXPECT_GT(rep.rom_rad, 1.0);
  }
}

TEST(ExerciseAnalyzerTest, AMirroredVideoGivesTheSameEventsOfTheSameTimes) {
  for (const double yaw_deg : {0.0, 40.0, 90.0}) {
    const Outcome plain = Film(Repeat(Squatting, 4, 2.2), {.camera = {.yaw_deg = yaw_deg, .jitter = 0}});
    const Outcome mirrored = Film(Repeat(Squatting, 4, 2.2), {.camera = {.yaw_deg = yaw_deg, .mirrored = true}});
    ASSERT_EQ(plain.events.size(), mirrored.events.size());
    for (std::size_t i = 0; i < plain.events.size(); ++i) EXPECT_EQ(plain.events[i].pts, mirrored.events[i].pts);
  }
}

TEST(ExerciseAnalyzerTest, JitterOfTheJointsChangesNoCount) {
  const Outcome outcome = Film(Repeat(Squatting, 5, 2.5), {.camera = {.yaw_deg = 30, .jitter = 0.03}});
  EXPECT_EQ(CountReps(outcome), 5U);
}

TEST(ExerciseAnalyzerTest, AHalfRepetitionInTheSetCountsAsPartial) {
  const auto script = [](double t) {
    const double phase = (t - 1) / 2.5;
    if (phase < 0 || phase >= 5) return Squatting(0);
    const double depth = static_cast<int>(phase) == 3 ? 0.55 : 1.0;
    return Squatting(depth * ThereAndBack(phase - std::floor(phase)));
  };
  const Outcome outcome = Film(script, {});
  ASSERT_EQ(outcome.sets.size(), 1U);
  ASSERT_EQ(outcome.sets[0].reps.size(), 5U);
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(outcome.sets[0].reps[i].partial, i == 3) << i;
}

TEST(ExerciseAnalyzerTest, StandingAndWalkingGiveNothing) {
  EXPECT_TRUE(Film([](double) { return Squatting(0); }, {.camera = {.jitter = 0.02}}).events.empty());
  for (const double yaw_deg : {0.0, 45.0}) {
    const auto walk = [](double t) { return Walking(1.8 * t - 9); };
    EXPECT_TRUE(Film(walk, {.duration_s = 10, .camera = {.yaw_deg = yaw_deg}}).events.empty()) << yaw_deg;
  }
}

TEST(ExerciseAnalyzerTest, SittingDownForLongIsNoRepetition) {
  const auto sit = [](double t) {
    const double down = std::clamp((t - 2) / 1.2, 0.0, 1.0) - std::clamp((t - 15) / 1.2, 0.0, 1.0);
    return Squatting(0.5 - 0.5 * std::cos(std::numbers::pi * down));
  };
  EXPECT_EQ(CountReps(Film(sit, {})), 0U);
}

TEST(ExerciseAnalyzerTest, APauseOfSevenSecondsKeepsTheSetAndARestOfThirtySplitsIt) {
  for (const auto& [pause_s, sets] : {std::pair{7.0, 1U}, std::pair{30.0, 2U}}) {
    const auto script = [pause_s = pause_s](double t) {
      const double second = t - 1 - 3 * 2.5 - pause_s;
      const double phase = (t < 1 + 3 * 2.5 ? t - 1 : second) / 2.5;
      return Squatting(phase < 0 || phase >= 3 ? 0 : ThereAndBack(phase - std::floor(phase)));
    };
    const Outcome outcome = Film(script, {.duration_s = 20 + pause_s});
    EXPECT_EQ(outcome.sets.size(), sets) << pause_s;
    EXPECT_EQ(CountReps(outcome), 6U) << pause_s;
  }
}

TEST(ExerciseAnalyzerTest, IdlenessOfAMinuteClosesTheSet) {
  const Outcome outcome = Film(Repeat(Squatting, 3, 2.5), {.duration_s = 75, .fps = 10});
  ASSERT_EQ(outcome.sets.size(), 1U);
  const Event& last = outcome.events.back();
  ASSERT_TRUE(std::holds_alternative<SetCompleted>(last.data));
  EXPECT_NEAR(ToSeconds(last.raised_pts), 8.5 + 60, 1.5);
}

TEST(ExerciseAnalyzerTest, LiveCountsComeSoonAfterTheRepetitionOnceTheSetIsKnown) {
  const Outcome outcome = Film(Repeat(Squatting, 6, 2.5), {});
  ASSERT_EQ(outcome.sets.size(), 1U);
  for (std::size_t i = 2; i < outcome.sets[0].reps.size(); ++i) {
    const Rep& rep = outcome.sets[0].reps[i];
    ASSERT_TRUE(rep.counted_at.has_value());
    EXPECT_LT(ToSeconds(*rep.counted_at - rep.end), 0.3);
  }
}

TEST(ExerciseAnalyzerTest, AnUnknownSetIsCountedAtOnceAlsoWhereItGetsTwiceAsFast) {
  const Script faster = [](double t) {
    const double slow = (t - 1) / 2.4;
    const double fast = (t - 1 - 4 * 2.4) / 1.1;
    return RaisingSideways(fast < 0 ? ThereAndBack(slow < 0 ? 0 : std::fmod(slow, 1.0))
                                    : ThereAndBack(fast > 6 ? 0 : std::fmod(fast, 1.0)));
  };
  const Outcome outcome = Film(faster, {.duration_s = 20, .camera = {.yaw_deg = 90}});
  ASSERT_EQ(outcome.sets.size(), 1U);
  EXPECT_EQ(outcome.sets[0].exercise, "unknown");
  EXPECT_EQ(outcome.sets[0].live_count, 10);
  ASSERT_EQ(outcome.sets[0].reps.size(), 10U);
  for (std::size_t i = 4; i < 10; ++i) {
    const Rep& rep = outcome.sets[0].reps[i];
    ASSERT_TRUE(rep.counted_at.has_value()) << i;
    EXPECT_LT(ToSeconds(*rep.counted_at - rep.end), 0.1) << i;
  }
}

TEST(ExerciseAnalyzerTest, APersonWhoLeavesIsSettledAfterTenSecondsAndForgotten) {
  ExerciseAnalyzer analyzer = MakeAnalyzer();
  Photographer photographer({});
  const Script script = Repeat(Squatting, 3, 2.5);
  Outcome outcome;
  for (int i = 0; i < 15 * 30; ++i) {
    const double t = i / 15.0;
    Scene scene = MakeTestScene(FromSeconds(t), {});
    if (t < 12) scene = MakeTestScene(FromSeconds(t), {photographer.Photograph(script(t))});
    Sort(analyzer.Update(scene), outcome);
    if (t > 21 && t < 22.2) {
      EXPECT_TRUE(outcome.sets.empty());
    }
  }
  ASSERT_EQ(outcome.sets.size(), 1U);
  EXPECT_EQ(outcome.sets[0].reps.size(), 3U);
  EXPECT_EQ(analyzer.people(), 0U);
  const Event& completed = outcome.events.back();
  ASSERT_TRUE(std::holds_alternative<SetCompleted>(completed.data));
  EXPECT_NEAR(ToSeconds(completed.raised_pts), 22.5, 0.2) << "when it became known, not when somebody was last seen";
}

TEST(ExerciseAnalyzerTest, AStreamThatBeginsAnewSettlesWhoIsNotInIt) {
  ExerciseAnalyzer analyzer = MakeAnalyzer();
  Photographer photographer({});
  const Script script = Repeat(Squatting, 3, 2.5);
  Outcome outcome;
  for (int i = 0; i < 15 * 10; ++i) {
    Scene scene = MakeTestScene(FromSeconds(i / 15.0), {photographer.Photograph(script(i / 15.0))});
    Sort(analyzer.Update(scene), outcome);
  }
  Scene empty = MakeTestScene(Pts{0}, {});
  Sort(analyzer.Update(empty), outcome);
  EXPECT_EQ(CountReps(outcome), 3U);
  EXPECT_EQ(analyzer.people(), 0U);
}

TEST(ExerciseAnalyzerTest, AHoldTellsHowItGoesOnEveryTenSeconds) {
  ExerciseDefinition wall_sit{
      .id = "wall_sit", .family = "wall_sit", .title = "Wall sit", .kind = Kind::kHold, .main_angle = {Feature::kKnee}};
  wall_sit.during = {{.feature = {Feature::kKneeHeight}, .low = -0.4F, .high = 0.4F, .soft = 0.1F}};
  ExerciseAnalyzer analyzer({.library = ExerciseLibrary({wall_sit}), .gym_id = GymId("gym_01"), .pinned_exercise = {}});
  const Script sitting = [](double t) { return Squatting(t > 2 && t < 27 ? 1 : 0); };
  const Outcome outcome = Film(analyzer, sitting, {.duration_s = 32});
  std::vector<double> told;
  for (const Event& event : outcome.events) {
    const auto* progress = std::get_if<HoldProgress>(&event.data);
    if (progress == nullptr) continue;
    EXPECT_EQ(progress->exercise, "wall_sit");
    EXPECT_NEAR(ToSeconds(event.pts), 2 + ToSeconds(progress->held), 0.6);
    told.push_back(ToSeconds(progress->held));
  }
  EXPECT_EQ(told, (std::vector<double>{10, 20}));
  ASSERT_EQ(outcome.sets.size(), 1U);
  EXPECT_NEAR(ToSeconds(outcome.sets[0].hold.value_or(Pts{0})), 25, 1);
}

TEST(ExerciseAnalyzerTest, APinnedExerciseIsTheOnlyOneLookedFor) {
  EXPECT_EQ(CountReps(Film(Repeat(Curling, 4, 2), {.duration_s = 12}, "squat")), 0U);
  EXPECT_EQ(CountReps(Film(Repeat(Squatting, 4, 2), {.duration_s = 12}, "squat")), 4U);
}

TEST(ExerciseAnalyzerTest, EventIdsAreUniqueAndTheSameAgain) {
  const Outcome first = Film(Repeat(Squatting, 4, 2.5), {});
  const Outcome second = Film(Repeat(Squatting, 4, 2.5), {});
  std::set<std::string> ids;
  for (const Event& event : first.events) ids.insert(event.event_id);
  EXPECT_EQ(ids.size(), first.events.size());
  ASSERT_EQ(first.events.size(), second.events.size());
  for (std::size_t i = 0; i < first.events.size(); ++i) EXPECT_EQ(first.events[i].event_id, second.events[i].event_id);
}

TEST(ExerciseAnalyzerTest, FillsTheSceneWhileTheSetRuns) {
  ExerciseAnalyzer analyzer = MakeAnalyzer();
  Photographer photographer({});
  const Script script = Repeat(Squatting, 6, 2.5);
  bool was_exercising = false;
  double farthest = 0;
  for (int i = 0; i < 15 * 16; ++i) {
    Scene scene = MakeTestScene(FromSeconds(i / 15.0), {photographer.Photograph(script(i / 15.0))});
    analyzer.Update(scene);
    if (!scene.people[0].set) continue;
    was_exercising |= scene.people[0].activity == Activity::kExercising;
    farthest = std::max(farthest, scene.people[0].set->progress);
    EXPECT_EQ(scene.people[0].set->exercise, "squat");
  }
  EXPECT_TRUE(was_exercising);
  EXPECT_GT(farthest, 0.9);
}

TEST(ExerciseAnalyzerTest, NeighboursInSyncKeepTheirOwnCounts) {
  ExerciseAnalyzer analyzer = MakeAnalyzer();
  Photographer left({});
  Photographer right({.yaw_deg = 90});
  const Script squats = Repeat(Squatting, 5, 2);
  const Script curls = Repeat(Curling, 3, 2);
  Outcome outcome;
  for (int i = 0; i < 15 * 13; ++i) {
    const double t = i / 15.0;
    Scene scene = MakeTestScene(FromSeconds(t), {left.Photograph(squats(t), 1), right.Photograph(curls(t), 2)});
    Sort(analyzer.Update(scene), outcome);
  }
  Sort(analyzer.Finish(), outcome);
  ASSERT_EQ(outcome.sets.size(), 2U);
  EXPECT_EQ(outcome.sets[0].reps.size(), 5U);
  EXPECT_EQ(outcome.sets[1].reps.size(), 3U);
}

TEST(ExerciseAnalyzerTest, BrokenInputNeitherCrashesNorCounts) {
  ExerciseAnalyzer analyzer = MakeAnalyzer();
  Photographer photographer({});
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  Outcome outcome;
  for (int i = 0; i < 300; ++i) {
    PerceivedPerson person = photographer.Photograph(Squatting(0));
    if (i % 3 == 0) person.pose.keypoints[static_cast<std::size_t>(i) % kKeypointCount] = {kNan, kNan, kNan};
    if (i % 5 == 0) person.pose = Pose{};
    if (i % 7 == 0) person.pose.keypoints.fill({0.5F, 0.5F, 1});
    const double t = i % 50 == 49 ? 0.5 : i / 15.0 + (i > 200 ? 10 : 0);  // backwards now and then, and a gap
    Scene scene = MakeTestScene(FromSeconds(t), {person});
    if (i % 11 == 0) scene.width = scene.height = 0;
    Sort(analyzer.Update(scene), outcome);
  }
  Sort(analyzer.Finish(), outcome);
  EXPECT_EQ(CountReps(outcome), 0U);
}

TEST(ExerciseAnalyzerTest, ThreeHundredPeopleAtOnce) {
  ExerciseAnalyzer analyzer = MakeAnalyzer();
  Photographer photographer({});
  std::vector<PerceivedPerson> crowd;
  Outcome outcome;
  for (int i = 0; i < 60; ++i) {
    crowd.assign(300, photographer.Photograph(Squatting(ThereAndBack((i - 10) / 30.0))));
    Scene scene = MakeTestScene(FromSeconds(i / 15.0), crowd);
    Sort(analyzer.Update(scene), outcome);
  }
  Sort(analyzer.Finish(), outcome);
  EXPECT_EQ(CountReps(outcome), 300U);
}

TEST(ExerciseAnalyzerTest, ARepetitionUnderWayWhenTheRecordingBeginsIsJudgedByWhereItEnds) {
  // The first curl is seen from half of its way up.
  const Script begun = [](double t) { return Curling(ThereAndBack(std::min(std::fmod(t + 0.5, 2.5), 2.0) / 2)); };
  const Outcome outcome = Film(begun, {.duration_s = 9.5});
  EXPECT_EQ(CountReps(outcome), 4U);
}

TEST(ExerciseAnalyzerTest, RepetitionsOfASetNeverOverlap) {
  for (const double jitter : {0.0, 0.02, 0.04}) {
    for (const double period_s : {0.9, 1.6, 4.0}) {
      const Outcome outcome =
          Film(Repeat(Squatting, 6, period_s), {.duration_s = 6 * period_s + 3, .camera = {.jitter = jitter}});
      for (const Set& set : outcome.sets) {
        for (std::size_t i = 1; i < set.reps.size(); ++i) {
          EXPECT_GE(set.reps[i].start, set.reps[i - 1].end) << "jitter " << jitter << ", period " << period_s;
          EXPECT_LT(set.reps[i].start, set.reps[i].turn);
        }
      }
    }
  }
}

TEST(ExerciseAnalyzerTest, AnUnknownMovementWhoseTempoDriftsIsCounted) {
  // Every repetition takes longer than the one before: 1.2 s, 1.4 s ... 3.0 s.
  const Script drifting = [](double t) {
    double start = 1;
    for (double period_s = 1.2; period_s < 3.1; start += period_s, period_s += 0.2) {
      if (t < start + period_s) return RaisingSideways(ThereAndBack((t - start) / period_s));
    }
    return RaisingSideways(0);
  };
  const Outcome outcome = Film(drifting, {.duration_s = 24, .camera = {.yaw_deg = 90}});
  EXPECT_NEAR(static_cast<double>(CountReps(outcome)), 10, 1);
}

// Five curls of track 1, who is in doubt until `decided_s`, and then a reflection or not.
Outcome FilmInDoubt(double decided_s, bool is_reflection) {
  ExerciseAnalyzer analyzer = MakeAnalyzer();
  Photographer photographer({});
  const Script script = Repeat(&Curling, 5, 2);
  Outcome outcome;
  for (double t = 0; t < 16; t += 1.0 / 15) {
    PerceivedPerson person = photographer.Photograph(script(t));
    person.in_doubt = t < decided_s;
    const bool gone = is_reflection && !person.in_doubt;
    Scene scene = MakeTestScene(FromSeconds(t), gone ? std::vector<PerceivedPerson>() : std::vector{person});
    if (person.in_doubt) scene.people[0].person_id = PersonId();
    if (gone) scene.reflections = {TrackId(1)};
    Sort(analyzer.Update(scene), outcome);
    if (person.in_doubt) {
      EXPECT_TRUE(outcome.events.empty()) << t;
    }
  }
  Sort(analyzer.Finish(), outcome);
  return outcome;
}

TEST(ExerciseAnalyzerTest, WhoWasInDoubtGetsTheirRepetitionsAfterwards) {
  const Outcome outcome = FilmInDoubt(7, false);
  ASSERT_EQ(outcome.sets.size(), 1U);
  EXPECT_EQ(outcome.sets[0].reps.size(), 5U);
  EXPECT_LT(ToSeconds(outcome.sets[0].start), 1.5);
  EXPECT_GE(outcome.events.front().raised_pts, FromSeconds(6.9));
}

TEST(ExerciseAnalyzerTest, AReflectionRaisesNothing) { EXPECT_TRUE(FilmInDoubt(5, true).events.empty()); }

}  // namespace
}  // namespace spotter::exercise
