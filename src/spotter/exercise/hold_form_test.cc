// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/hold_form.h"

#include <gtest/gtest.h>

#include "spotter/exercise/testing/told.h"

namespace spotter::exercise {
namespace {

ExerciseLibrary PlankOnly() {
  ExerciseDefinition plank{.id = "plank", .family = "plank", .title = "Plank", .kind = Kind::kHold};
  const FormMeasure hips{.feature = {Feature::kHipLine}, .moment = Moment::kThroughout, .timing = {}};
  plank.form = {{.name = "hip_sag",
                 .severity = Severity::kWarning,
                 .cue = "Tighten your core.",
                 .praise = "Straight again.",
                 .tests = {{.measure = hips, .expectation = Expectation::kBelowUsual, .limit = 0.12F, .views = {}}}}};
  return ExerciseLibrary({plank});
}

// A hold filmed at 10 fps whose hips lie on the line, but sag by 0.22 in the seconds [from, to) and, if `again`, in
// those from five seconds after.
class Plank {
 public:
  Plank(double from, double to, bool again = false) : from_(from), to_(to), again_(again) {}

  // Holds until `until_s` and gives what was found.
  std::vector<Finding> Hold(double until_s) {
    std::vector<Finding> findings;
    for (; now_s_ < until_s; now_s_ += 0.1) {
      FeatureFrame frame{.pts = FromSeconds(now_s_)};
      frame.mean.fill(0.5F);
      frame.mean[static_cast<std::size_t>(Feature::kHipLine)] =
          Sags(now_s_) || (again_ && Sags(now_s_ - 5)) ? -0.22F : 0;
      history_.Push(frame);
      const SetInProgress hold{.exercise = "plank", .start = Pts{0}};
      for (Finding& finding : form_.Update(history_, &hold, {})) findings.push_back(std::move(finding));
    }
    return findings;
  }

  Set Close() {
    Set set{.exercise = "plank", .start = Pts{0}, .end = FromSeconds(now_s_)};
    set.hold = set.end;
    std::vector<Finding> found = {{Pts{0}, SetCompleted{1, {}, set}}};
    form_.Update(history_, nullptr, found);
    return std::get<SetCompleted>(found[0].data).set;
  }

  std::string Cue() const {
    SetInProgress progress{.exercise = "plank", .start = Pts{0}};
    form_.Describe(progress, FromSeconds(now_s_));
    return progress.cue;
  }

 private:
  bool Sags(double t) const { return t >= from_ && t < to_; }

  double from_;
  double to_;
  bool again_;
  double now_s_ = 0;
  const ExerciseLibrary library_ = PlankOnly();
  HoldForm form_{library_, {}};
  FeatureHistory history_;
};

TEST(HoldFormTest, SaggingHipsAreToldOnceWithProofAndSettledAsOneFault) {
  Plank plank(5, 9);
  const std::vector<Finding> findings = plank.Hold(8);
  const auto alerts = testing::Told<FormAlert>(findings);
  ASSERT_EQ(alerts.size(), 1U);
  EXPECT_EQ(alerts[0].exercise, "plank");
  EXPECT_EQ(alerts[0].number, 0);
  EXPECT_EQ(alerts[0].fault.name, "hip_sag");
  EXPECT_NEAR(alerts[0].fault.value, -0.22, 1e-3);
  EXPECT_GE(alerts[0].curve.size(), 10U);
  EXPECT_EQ(plank.Cue(), "Tighten your core.");
  plank.Hold(14);
  const Set set = plank.Close();
  ASSERT_EQ(set.faults.size(), 1U);
  EXPECT_GE(ToSeconds(set.faults[0].at), 5);
  EXPECT_LT(ToSeconds(set.faults[0].at), 9);
  ASSERT_TRUE(set.form_score);
  EXPECT_NEAR(*set.form_score, 1 - 0.25 * 4 / 13, 0.03);
}

TEST(HoldFormTest, WhenTheHipsComeBackItIsPraised) {
  Plank plank(5, 8);
  const auto improved = testing::Told<FormImproved>(plank.Hold(12));
  ASSERT_EQ(improved.size(), 1U);
  EXPECT_EQ(improved[0].name, "hip_sag");
  EXPECT_EQ(improved[0].praise, "Straight again.");
}

TEST(HoldFormTest, ASoundHoldHasNoFaults) {
  Plank plank(100, 101);
  EXPECT_TRUE(plank.Hold(15).empty());
  const Set set = plank.Close();
  EXPECT_TRUE(set.faults.empty());
  ASSERT_TRUE(set.form_score);
  EXPECT_EQ(*set.form_score, 1);
}

TEST(HoldFormTest, AMomentIsNoFault) {
  Plank plank(6, 7);
  EXPECT_TRUE(plank.Hold(12).empty());
  EXPECT_TRUE(plank.Close().faults.empty());
}

TEST(HoldFormTest, TheSameRuleIsNotToldAgainWithinTenSeconds) {
  Plank plank(5, 7, true);
  const std::vector<Finding> findings = plank.Hold(20);
  EXPECT_EQ(testing::Told<FormAlert>(findings).size(), 1U);
  EXPECT_EQ(testing::Told<FormImproved>(findings).size(), 2U);
  EXPECT_EQ(plank.Close().faults.size(), 2U);
}

}  // namespace
}  // namespace spotter::exercise
