// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/form_judge.h"

#include <random>

#include <gtest/gtest.h>

#include "spotter/geometry/angles.h"

namespace spotter::exercise {
namespace {

constexpr float kDegree = static_cast<float>(1 / kDegreesPerRadian);

ExerciseDefinition WithTest(const FormTest& test) {
  ExerciseDefinition exercise{.id = "squat"};
  exercise.form = {
      {.name = "forward_lean", .severity = Severity::kWarning, .cue = "Up.", .praise = "Good.", .tests = {test}}};
  return exercise;
}

std::vector<RepForm> Seen(View view, const std::vector<float>& values) {
  std::vector<RepForm> forms;
  forms.reserve(values.size());
  for (const float value : values) forms.push_back({view, {Reading{value, Pts{7}}}});
  return forms;
}

const FormTest kLeanMoreThanUsual = {
    .measure = {.feature = {Feature::kTorsoTilt}}, .expectation = Expectation::kAboveUsual, .limit = 10 * kDegree};

TEST(FormJudgeTest, ARepetitionUnlikeTheOthersIsAFaultWithItsProof) {
  const ExerciseDefinition exercise = WithTest(kLeanMoreThanUsual);
  const std::vector<RepForm> forms = Seen(View::kFront, {30 * kDegree, 31 * kDegree, 50 * kDegree, 29 * kDegree});
  const std::vector<FormFault> faults = JudgeRep(exercise, forms, 2, {});
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].name, "forward_lean");
  EXPECT_EQ(faults[0].at, Pts{7});
  EXPECT_EQ(faults[0].measure, "torso_tilt");
  EXPECT_NEAR(faults[0].value, 50, 0.1);
  EXPECT_NEAR(faults[0].limit, 40, 0.1);
  EXPECT_NEAR(faults[0].confidence, 1, 0.01);
  for (const std::size_t clean : {0U, 1U, 3U}) EXPECT_TRUE(JudgeRep(exercise, forms, clean, {}).empty());
}

TEST(FormJudgeTest, WhatIsOffTheUsualEitherWayIsAFault) {
  const ExerciseDefinition exercise = WithTest({.measure = {.feature = {Feature::kWristHeight, SideUse::kLead}},
                                                .expectation = Expectation::kOffUsual,
                                                .limit = 0.2F});
  for (const float sign : {1.0F, -1.0F}) {
    const std::vector<RepForm> forms = Seen(View::kFront, {sign * 0.15F, sign * 0.14F, sign * -0.15F, sign * 0.16F});
    const std::vector<FormFault> faults = JudgeRep(exercise, forms, 2, {});
    ASSERT_EQ(faults.size(), 1U) << "as far apart as in the others, but the other hand is higher";
    EXPECT_NEAR(faults[0].limit, sign * -0.05, 1e-3);
    EXPECT_TRUE(JudgeRep(exercise, forms, 3, {}).empty());
  }
}

TEST(FormJudgeTest, WhoUsesOneArmAfterTheOtherIsNotUneven) {
  const ExerciseDefinition exercise = WithTest({.measure = {.feature = {Feature::kWristHeight, SideUse::kLead}},
                                                .expectation = Expectation::kOffUsual,
                                                .limit = 0.2F});
  std::vector<RepForm> forms = Seen(View::kFront, {-0.9F, -0.8F, -0.9F, 0.9F});
  EXPECT_EQ(JudgeRep(exercise, forms, 3, {}).size(), 1U);
  for (RepForm& form : forms) form.side = Side::kRight;
  forms[3].side = Side::kLeft;
  EXPECT_TRUE(JudgeRep(exercise, forms, 3, {}).empty());
  forms[0].side = forms[1].side = Side::kBoth;
  EXPECT_EQ(JudgeRep(exercise, forms, 3, {}).size(), 1U) << "an uneven repetition looks like one of a single arm";
}

TEST(FormJudgeTest, WhoseLoadMovesNoFasterIsNotTooFast) {
  FormTest hurried{.expectation = Expectation::kShareOfUsual, .limit = 0.65F};
  hurried.measure.timing = Timing::kWhole;
  const ExerciseDefinition exercise = WithTest(hurried);
  std::vector<RepForm> forms = Seen(View::kSide, {2.4F, 2.5F, 1.2F, 2.4F});
  EXPECT_EQ(JudgeRep(exercise, forms, 2, {}).size(), 1U) << "the load is not seen";
  forms[0].peak_mps = forms[2].peak_mps = 0.6F;
  EXPECT_EQ(JudgeRep(exercise, forms, 2, {}).size(), 1U) << "one other repetition is no usual speed";
  for (RepForm& form : forms) form.peak_mps = 0.6F;
  EXPECT_TRUE(JudgeRep(exercise, forms, 2, {}).empty()) << "an end was missed";
  EXPECT_FALSE(IsAssessable(exercise, forms, 2));
  EXPECT_TRUE(IsAssessable(exercise, forms, 0));
  forms[2].peak_mps = 0.8F;
  EXPECT_TRUE(JudgeRep(exercise, forms, 2, {}).empty()) << "half the time";
  forms[2].peak_mps = 0.9F;
  EXPECT_EQ(JudgeRep(exercise, forms, 2, {}).size(), 1U);
  forms = Seen(View::kSide, {2.4F, 2.4F, 2.0F, 2.4F});
  for (RepForm& form : forms) form.peak_mps = 0.6F;
  forms[2].peak_mps = 0.7F;
  EXPECT_EQ(JudgeRep(exercise, forms, 2, {.strictness = 4}).size(), 1U) << "a little shorter, a little faster";
}

TEST(FormJudgeTest, OneOtherRepetitionIsNoUsualValue) {
  const std::vector<RepForm> forms = Seen(View::kFront, {0.5F, 1.5F});
  EXPECT_TRUE(JudgeRep(WithTest(kLeanMoreThanUsual), forms, 1, {}).empty());
}

TEST(FormJudgeTest, AScatterAsLargeAsTheDeviationIsNoFault) {
  const std::vector<RepForm> forms =
      Seen(View::kFront, {20 * kDegree, 30 * kDegree, 40 * kDegree, 24 * kDegree, 40 * kDegree});
  EXPECT_TRUE(JudgeRep(WithTest(kLeanMoreThanUsual), forms, 4, {}).empty());
}

TEST(FormJudgeTest, AFaultThatLooksTheSameExplainsIt) {
  ExerciseDefinition exercise = WithTest(kLeanMoreThanUsual);
  const FormTest low{
      .measure = {.feature = {Feature::kElbowHeight}}, .expectation = Expectation::kBelowUsual, .limit = 0.1F};
  exercise.form.push_back({.name = "elbow_flare", .tests = {low}});
  exercise.form[1].tests[0].unless = {"forward_lean"};
  const auto judged = [&](float lean_deg) {
    std::vector<RepForm> forms;
    for (const float lean : {30.0F, 30.0F, lean_deg})
      forms.push_back(
          {View::kFront, {Reading{lean * kDegree, Pts{7}}, Reading{forms.size() < 2 ? 0.0F : -0.5F, Pts{7}}}});
    std::string names;
    for (const FormFault& fault : JudgeRep(exercise, forms, 2, {})) names += fault.name + " ";
    return names;
  };
  EXPECT_EQ(judged(30), "elbow_flare ");
  EXPECT_EQ(judged(60), "forward_lean ");
  exercise.form[0].tests[0].unless = {"hip_sag"};
  EXPECT_EQ(judged(60), "forward_lean elbow_flare ") << "what needs another rule itself explains nothing";
}

TEST(FormJudgeTest, AViewThatCannotTellSaysNothing) {
  FormTest test{.measure = {.feature = {Feature::kTorsoLean}}, .limit = 60 * kDegree, .views = {View::kSide}};
  EXPECT_EQ(JudgeRep(WithTest(test), Seen(View::kSide, {65 * kDegree}), 0, {}).size(), 1U);
  EXPECT_TRUE(JudgeRep(WithTest(test), Seen(View::kFront, {65 * kDegree}), 0, {}).empty());
  std::vector<RepForm> unknown = Seen(View::kSide, {65 * kDegree});
  unknown[0].view.reset();
  EXPECT_TRUE(JudgeRep(WithTest(test), unknown, 0, {}).empty());
}

TEST(FormJudgeTest, HiddenJointsSayNothing) {
  std::vector<RepForm> forms = Seen(View::kFront, {0.5F, 0.5F, 1.5F});
  forms[2].readings[0].reset();
  EXPECT_TRUE(JudgeRep(WithTest(kLeanMoreThanUsual), forms, 2, {}).empty());
}

TEST(FormJudgeTest, SharesCompareSizesOfEitherSign) {
  const FormTest shallow{.measure = {.feature = {Feature::kHipsY}, .moment = Moment::kChange},
                         .expectation = Expectation::kShareOfUsual,
                         .limit = 0.7F};
  const ExerciseDefinition exercise = WithTest(shallow);
  for (const float sign : {1.0F, -1.0F}) {
    const std::vector<RepForm> forms = Seen(View::kFront, {sign * 1.0F, sign * 1.05F, sign * 0.5F, sign * 0.9F});
    EXPECT_EQ(JudgeRep(exercise, forms, 2, {}).size(), 1U);
    EXPECT_TRUE(JudgeRep(exercise, forms, 3, {}).empty());
  }
}

TEST(FormJudgeTest, StricterFindsMoreAndNeverLess) {
  const ExerciseDefinition exercise = WithTest(kLeanMoreThanUsual);
  const std::vector<RepForm> forms = Seen(View::kFront, {30 * kDegree, 30 * kDegree, 38 * kDegree});
  EXPECT_TRUE(JudgeRep(exercise, forms, 2, {.strictness = 1}).empty());
  EXPECT_EQ(JudgeRep(exercise, forms, 2, {.strictness = 1.5}).size(), 1U);
  FormTest absolute{.measure = {.feature = {Feature::kTorsoLean}}, .limit = 60 * kDegree};
  EXPECT_TRUE(JudgeRep(WithTest(absolute), Seen(View::kSide, {58 * kDegree}), 0, {}).empty());
  EXPECT_EQ(JudgeRep(WithTest(absolute), Seen(View::kSide, {58 * kDegree}), 0, {.strictness = 2}).size(), 1U);
}

TEST(FormScoreTest, NothingWrongIsOneAndNoRepetitionIsNone) {
  EXPECT_EQ(FormScore({}), std::nullopt);
  EXPECT_EQ(FormScore(std::vector<Rep>(3)), 1.0);
}

// Property: whatever the set, another fault or a more severe one never raises the score, and it stays within [0, 1].
TEST(FormScoreTest, MoreOrWorseFaultsNeverRaiseTheScore) {
  std::mt19937 random(1);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  for (int round = 0; round < 2000; ++round) {
    std::vector<Rep> reps(static_cast<std::size_t>(1 + below(8)));
    for (Rep& rep : reps) {
      for (int i = below(5); i > 0; --i) rep.faults.push_back({.severity = static_cast<Severity>(below(3))});
    }
    const double before = *FormScore(reps);
    ASSERT_GE(before, 0);
    ASSERT_LE(before, 1);
    Rep& changed = reps[static_cast<std::size_t>(below(static_cast<int>(reps.size())))];
    if (changed.faults.empty() || below(2) == 0) {
      changed.faults.push_back({.severity = static_cast<Severity>(below(3))});
    } else if (changed.faults[0].severity != Severity::kCritical) {
      changed.faults[0].severity = static_cast<Severity>(static_cast<int>(changed.faults[0].severity) + 1);
    }
    ASSERT_LE(*FormScore(reps), before);
  }
}

}  // namespace
}  // namespace spotter::exercise
