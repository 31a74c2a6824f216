// SPDX-License-Identifier: Apache-2.0
#include "spotter/render/rep_watch.h"

#include <gtest/gtest.h>

namespace spotter::render {
namespace {

ScenePerson Person(const std::string& id, double set_start_s, int count) {
  ScenePerson person;
  person.person_id = PersonId(id);
  person.set = SetInProgress{.exercise = "squat", .start = FromSeconds(set_start_s), .live_count = count};
  return person;
}

class RepWatchTest : public testing::Test {
 protected:
  bool Counted(double seconds, const ScenePerson& person) { return watch_.Counted(person, FromSeconds(seconds)); }
  RepWatch watch_;
};

TEST_F(RepWatchTest, ARiseIsNoticedOnce) {
  EXPECT_FALSE(Counted(1, Person("p1", 0, 0)));
  EXPECT_TRUE(Counted(2, Person("p1", 0, 1)));
  EXPECT_FALSE(Counted(3, Person("p1", 0, 1)));
}

TEST_F(RepWatchTest, PeopleAreCountedApart) {
  EXPECT_TRUE(Counted(1, Person("p1", 0, 1)));
  EXPECT_TRUE(Counted(1, Person("p2", 0, 1)));
  EXPECT_FALSE(Counted(2, Person("p1", 0, 1)));
}

TEST_F(RepWatchTest, ANewSetStartsFromNothing) {
  EXPECT_TRUE(Counted(1, Person("p1", 0, 5)));
  EXPECT_TRUE(Counted(9, Person("p1", 8, 1)));
}

TEST_F(RepWatchTest, SomebodyLostForAMomentIsNotCountedAnew) {
  EXPECT_TRUE(Counted(1, Person("p1", 0, 3)));
  for (int s = 2; s < 50; ++s) Counted(s, Person("p2", 0, 0));
  EXPECT_FALSE(Counted(50, Person("p1", 0, 3)));
}

TEST_F(RepWatchTest, WithoutASetNothingIsCounted) { EXPECT_FALSE(Counted(1, ScenePerson{})); }

}  // namespace
}  // namespace spotter::render
