// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/form_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spotter/exercise/testing/stick_figure.h"

namespace spotter::exercise {
namespace {

using testing::Camera;
using ::testing::HasSubstr;
using testing::Photographer;
using testing::Posture;
using testing::RaisingSideways;
using testing::Squatting;
using ::testing::StartsWith;
using testing::ThereAndBack;

constexpr Camera kFront{.yaw_deg = 90, .jitter = 0.01, .with_depth = true};

using Movement = std::function<Posture(double)>;  // of the way out, [0, 1]

// One repetition of 2.4 s by somebody whose joints scatter in their own way.
std::vector<Joints> Film(const Movement& movement,
                         const Camera& camera,
                         unsigned person,
                         double frames_per_second = 15) {
  Photographer photographer(camera, person);
  std::vector<Joints> frames;
  for (double t = 0; t < 2.4; t += 1 / frames_per_second)
    frames.push_back(
        MakeJoints(photographer.Photograph(movement(ThereAndBack(t / 2.4))), FromSeconds(t), 16.0F / 9.0F));
  return frames;
}

// Both arms to the side, each person a little higher or lower.
Movement Raise(unsigned person) {
  return [share = 0.9 + 0.02 * (person % 7)](double way) { return RaisingSideways(share * way); };
}

// The same with the left elbow bent.
Movement BentRaise(unsigned person) {
  return [raise = Raise(person)](double way) {
    Posture posture = raise(way);
    posture.left_arm.fore_out += 50 * way;
    return posture;
  };
}

std::vector<FormExample> Examples(BodySpace space, unsigned right, unsigned wrong) {
  std::vector<FormExample> examples;
  for (unsigned i = 0; i < right; ++i) examples.push_back({*DescribeRep(Film(Raise(i), kFront, i), space), false});
  for (unsigned i = 0; i < wrong; ++i)
    examples.push_back({*DescribeRep(Film(BentRaise(i), kFront, 50 + i), space), true});
  return examples;
}

FormModel Learnt(BodySpace space = BodySpace::kWorld) {
  Result<FormModel> model = LearnForm("lateral_raise", Examples(space, 8, 8));
  SPOTTER_CHECK(model.ok());
  return *model;
}

std::optional<FormVerdict> Judged(const FormModel& model, const std::vector<Joints>& frames) {
  const std::optional<RepDescriptor> rep = DescribeRep(frames, model.space);
  return rep ? JudgeRep(model, *rep) : std::nullopt;
}

TEST(FormModel, AFaultThatItWasShownIsToldWithItsJoint) {
  const FormModel model = Learnt();
  const auto wrong = Judged(model, Film(BentRaise(3), kFront, 99));
  ASSERT_TRUE(wrong);
  EXPECT_GT(wrong->wrong_probability, 0.7);
  ASSERT_TRUE(wrong->reason);
  EXPECT_EQ(JointName(*wrong->reason), "left_elbow");
  EXPECT_THAT(CueOf(*wrong->reason), StartsWith("left elbow: "));
  EXPECT_THAT(CueOf(*wrong->reason), HasSubstr("than in the right ones"));
  EXPECT_GT(wrong->reason->share, 0.2);
  const auto right = Judged(model, Film(Raise(4), kFront, 98));
  ASSERT_TRUE(right);
  EXPECT_LT(right->wrong_probability, 0.3);
}

TEST(FormModel, WorksOnThePictureAlone) {
  const FormModel model = Learnt(BodySpace::kFlat);
  EXPECT_TRUE(Judged(model, Film(BentRaise(3), kFront, 99))->IsWrong());
  EXPECT_FALSE(Judged(model, Film(Raise(4), kFront, 98))->IsWrong());
}

TEST(FormModel, AMirrorExchangesTheJointAndNothingElse) {
  const Camera mirrored{.yaw_deg = 90, .mirrored = true, .with_depth = true};
  const Camera plain{.yaw_deg = 90, .with_depth = true};
  for (const BodySpace space : {BodySpace::kWorld, BodySpace::kFlat}) {
    const FormModel model = Learnt(space);
    const auto one = Judged(model, Film(BentRaise(3), plain, 1));
    const auto other = Judged(model, Film(BentRaise(3), mirrored, 1));
    ASSERT_TRUE(one && other);
    EXPECT_NEAR(one->wrong_probability, other->wrong_probability, 1e-3);
    EXPECT_EQ(JointName(*one->reason), "left_elbow");
    EXPECT_EQ(JointName(*other->reason), "right_elbow");
  }
}

TEST(FormModel, InMetresTheSideOfTheCameraAndTheFrameRateDoNotMatter) {
  const FormModel model = Learnt();
  for (const double yaw_deg : {90.0, 45.0, 0.0, -60.0, -90.0}) {
    const Camera camera{.yaw_deg = yaw_deg, .jitter = 0.01, .with_depth = true};
    const auto wrong = Judged(model, Film(BentRaise(3), camera, 99));
    ASSERT_TRUE(wrong) << yaw_deg;
    EXPECT_TRUE(wrong->IsWrong()) << yaw_deg;
    EXPECT_EQ(JointName(*wrong->reason), "left_elbow") << yaw_deg;
    EXPECT_FALSE(Judged(model, Film(Raise(4), camera, 98))->IsWrong()) << yaw_deg;
  }
  EXPECT_TRUE(Judged(model, Film(BentRaise(3), kFront, 99, 30))->IsWrong());
  EXPECT_FALSE(Judged(model, Film(Raise(4), kFront, 98, 10))->IsWrong());
}

TEST(FormModel, WhatIsNotSeenIsNotJudged) {
  const FormModel model = Learnt();
  const std::vector<Joints> seen = Film(BentRaise(3), kFront, 99);
  std::vector<Joints> hidden = seen;
  for (Joints& joints : hidden) joints[KeypointId::kLeftWrist].weight = 0;
  EXPECT_FALSE(Judged(model, hidden));
  std::vector<Joints> broken = seen;
  for (Joints& joints : broken) (*joints.world)[0 + static_cast<std::size_t>(KeypointId::kRightKnee)].y = kMissing;
  EXPECT_FALSE(Judged(model, broken));
  std::vector<Joints> nobody = seen;
  for (Joints& joints : nobody) joints.joints = {};
  EXPECT_FALSE(DescribeRep(nobody, BodySpace::kWorld));
  std::vector<Joints> flat = seen;
  for (Joints& joints : flat) joints.world.reset();
  EXPECT_FALSE(DescribeRep(flat, BodySpace::kWorld));
  EXPECT_FALSE(JudgeRep(model, *DescribeRep(flat, BodySpace::kFlat)));
  EXPECT_FALSE(DescribeRep(std::span(seen).first(7), BodySpace::kWorld));
}

TEST(FormModel, AShortDisappearanceChangesNoVerdict) {
  std::vector<Joints> frames = Film(BentRaise(3), kFront, 99);
  for (std::size_t i = 10; i < 14; ++i) frames[i][KeypointId::kLeftWrist].weight = 0;
  const auto verdict = Judged(Learnt(), frames);
  ASSERT_TRUE(verdict);
  EXPECT_TRUE(verdict->IsWrong());
}

TEST(FormModel, AnotherMovementIsNotJudged) {
  EXPECT_FALSE(Judged(Learnt(), Film([](double way) { return Squatting(way); }, kFront, 99)));
}

TEST(FormModel, MoreExamplesOfOneKindDoNotOutvoteTheOther) {
  const Result<FormModel> model = LearnForm("lateral_raise", Examples(BodySpace::kWorld, 4, 30));
  ASSERT_TRUE(model.ok());
  EXPECT_EQ(model->right_examples, 4);
  EXPECT_EQ(model->wrong_examples, 30);
  EXPECT_FALSE(Judged(*model, Film(Raise(6), kFront, 98))->IsWrong());
}

TEST(FormModel, TooFewExamplesAreRefusedWithTheirNumbers) {
  std::vector<FormExample> examples = Examples(BodySpace::kWorld, 5, 2);
  const Result<FormModel> few = LearnForm("lateral_raise", examples);
  ASSERT_FALSE(few.ok());
  EXPECT_THAT(few.error().message, HasSubstr("there are 5 and 2"));
  EXPECT_FALSE(LearnForm("lateral_raise", {}).ok());
}

TEST(FormModel, ExamplesThatHideAJointAreLeftOut) {
  std::vector<FormExample> examples = Examples(BodySpace::kWorld, 12, 12);
  examples[0].rep.values.fill(kMissing);
  const Result<FormModel> model = LearnForm("lateral_raise", examples);
  ASSERT_TRUE(model.ok());
  EXPECT_EQ(model->right_examples, 11);
  EXPECT_TRUE(Judged(*model, Film(BentRaise(3), kFront, 99))->IsWrong());
}

TEST(FormModel, ATrialJudgesOnlyWhatItHasNotSeen) {
  std::vector<FormExample> examples = Examples(BodySpace::kWorld, 10, 10);
  const FormTrial sound = TryOut(examples);
  EXPECT_EQ(sound.judged, 20);
  EXPECT_EQ(sound.agreed, 20);
  EXPECT_EQ(sound.right, 10);
  // Labels that mean nothing cannot be learnt: every second one is turned round.
  for (std::size_t i = 0; i < examples.size(); i += 2) examples[i].is_wrong = !examples[i].is_wrong;
  EXPECT_LT(TryOut(examples).agreed, 16);
}

TEST(FormModel, BendingAndStraighteningAreSaidAsSuch) {
  const auto cue = [](std::string_view base, LimbRole limb, Statistic statistic,
                      std::pair<double, double> value_and_right) {
    return CueOf({.term = {IndexOf(base, limb), statistic},
                  .side = limb == LimbRole::kBody ? Side::kBoth : Side::kLeft,
                  .value = value_and_right.first,
                  .right = value_and_right.second});
  };
  EXPECT_EQ(cue("knee", LimbRole::kWorking, Statistic::kLow, {1.4, 1.2}),
            "left knee: bends 11 degrees less than in the right ones");
  EXPECT_EQ(cue("elbow", LimbRole::kWorking, Statistic::kHigh, {2.8, 3.0}),
            "left elbow: straightens 11 degrees less than in the right ones");
  EXPECT_EQ(cue("wrist_up", LimbRole::kWorking, Statistic::kHigh, {0.4, 0.9}),
            "left wrist: height at its most 0.50 torso lengths less than in the right ones");
  EXPECT_EQ(cue("trunk_lean", LimbRole::kBody, Statistic::kTravel, {0.5, 0.3}),
            "trunk: lean changes 11 degrees more than in the right ones");
  EXPECT_EQ(cue("knee", LimbRole::kDifference, Statistic::kHigh, {0.5, 0.3}),
            "left knee: angle beside the other side's at its most 11 degrees more than in the right ones");
}

TEST(RepDescriptor, NamesAreReadBack) {
  for (std::size_t i = 0; i < kTermCount; ++i) EXPECT_EQ(ParseTerm(TermName(Term::At(i))), Term::At(i));
  for (const std::string_view name : {"working.tail.low", "working.knee", "knee.low", "working.knee.median", "low", ""})
    EXPECT_FALSE(ParseTerm(name)) << name;
}

TEST(RepDescriptor, WhatMovesIsReadInItsUnits) {
  const auto rep = DescribeRep(Film(Raise(5), {.yaw_deg = 90, .with_depth = true}, 1), BodySpace::kWorld);
  ASSERT_TRUE(rep);
  const Term travel{IndexOf("shoulder", LimbRole::kWorking), Statistic::kTravel};
  // 8 to 88 degrees of out, less what lies beyond the inner four fifths of the repetition's time.
  EXPECT_NEAR(ValueOf(Statistic::kTravel, rep->Get(travel)), 1.33, 0.12);
  EXPECT_NEAR(rep->Get({IndexOf("elbow", LimbRole::kOther), Statistic::kLow}), 3.14, 0.01);
  EXPECT_NEAR(rep->Get({IndexOf("trunk_lean", LimbRole::kBody), Statistic::kHigh}), 0, 0.01);
}

}  // namespace
}  // namespace spotter::exercise
