// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/rest_clock.h"

#include <gtest/gtest.h>

namespace spotter::exercise {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

ExerciseLibrary Library() {
  ExerciseDefinition curl{.id = "bicep_curl"};
  curl.rest = {.least = seconds{45}, .most = seconds{90}};
  return ExerciseLibrary({curl});
}

Finding RepEndingAt(Pts end) {
  return {end, RepCounted{.exercise = "bicep_curl", .number = 1, .rep = {.start = end - seconds{2}, .end = end}}};
}

// "started@0 running@30 reached@45 ..." of a rest that is looked at twice a second from `from` to `to`.
std::string Told(RestClock& clock, Pts from, Pts to) {
  std::string text;
  for (Pts now = from; now <= to; now += milliseconds{500}) {
    for (const Finding& finding : clock.Update({}, now)) {
      const auto& timer = std::get<RestTimer>(finding.data);
      text += std::string(ToString(timer.stage)) + "@" + std::to_string(timer.rest / seconds{1}) + " ";
    }
  }
  return text;
}

TEST(RestClockTest, StartsByItselfAndTellsEveryHalfMinuteAndTheRestRange) {
  const ExerciseLibrary library = Library();
  RestClock clock(library);
  clock.Update(std::vector{RepEndingAt(seconds{10})}, seconds{10});
  EXPECT_EQ(Told(clock, seconds{10}, seconds{105}), "started@0 running@30 reached@45 running@60 running@90 ");
}

TEST(RestClockTest, ARerackPauseIsNoRest) {
  const ExerciseLibrary library = Library();
  RestClock clock(library);
  clock.Update(std::vector{RepEndingAt(seconds{10})}, seconds{10});
  EXPECT_EQ(Told(clock, seconds{10}, seconds{20}), "");
  clock.Update(std::vector{RepEndingAt(seconds{20})}, seconds{20});
  EXPECT_EQ(Told(clock, seconds{20}, seconds{31}), "");
}

TEST(RestClockTest, TheNextRepetitionEndsIt) {
  const ExerciseLibrary library = Library();
  RestClock clock(library);
  clock.Update(std::vector{RepEndingAt(seconds{10})}, seconds{10});
  EXPECT_EQ(Told(clock, seconds{10}, seconds{50}), "started@0 running@30 ");
  clock.Update(std::vector{RepEndingAt(seconds{55})}, seconds{55});
  EXPECT_EQ(Told(clock, seconds{55}, seconds{90}), "started@0 running@30 ");
}

TEST(RestClockTest, NobodyRestsBeforeASetOrForEver) {
  const ExerciseLibrary library = Library();
  RestClock clock(library);
  EXPECT_EQ(Told(clock, seconds{0}, seconds{100}), "");
  clock.Update(std::vector{RepEndingAt(seconds{10})}, seconds{10});
  Told(clock, seconds{10}, seconds{611});
  EXPECT_EQ(Told(clock, seconds{611}, seconds{2000}), "");
}

TEST(RestClockTest, ASetThatSettledToNothingHasNoRest) {
  const ExerciseLibrary library = Library();
  RestClock clock(library);
  clock.Update(std::vector{RepEndingAt(seconds{10})}, seconds{10});
  clock.Update(std::vector{Finding{seconds{8}, SetCompleted{.number = 1, .track_ids = {}, .set = {}}}}, seconds{12});
  EXPECT_EQ(Told(clock, seconds{12}, seconds{100}), "");
}

TEST(RestClockTest, AJumpOfTimeTellsEveryMarkOnce) {
  const ExerciseLibrary library = Library();
  RestClock clock(library);
  clock.Update(std::vector{RepEndingAt(seconds{0})}, seconds{0});
  EXPECT_EQ(Told(clock, seconds{70}, seconds{70}), "started@0 running@30 running@60 reached@45 ");
  EXPECT_EQ(Told(clock, seconds{70}, seconds{89}), "");
}

}  // namespace
}  // namespace spotter::exercise
