// SPDX-License-Identifier: Apache-2.0
#include "spotter/perceive/movenet_decoder.h"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "spotter/perceive/testing/movenet_heads.h"

namespace spotter::perceive {
namespace {

constexpr int kRows = 24;
constexpr int kCols = 40;
constexpr int kCells = kRows * kCols;
constexpr int kJoints = testing::MoveNetHeads::kJoints;

struct Heads : testing::MoveNetHeads {
  Heads() : MoveNetHeads(kRows, kCols) {}
};

infer::ModelInfo Info() { return Heads::Info(4 * kRows, 4 * kCols); }

std::vector<Detection> Decode(const Heads& heads, const DecoderOptions& options = {}) {
  const auto decoder = MoveNetDecoder::Recognise(Info(), options);
  return decoder->Decode(heads.Request());
}

TEST(MoveNetDecoder, NeedsAllSixHeads) {
  infer::ModelInfo info = Info();
  EXPECT_NE(MoveNetDecoder::Recognise(info, {}), nullptr);
  info.outputs.pop_back();
  EXPECT_EQ(MoveNetDecoder::Recognise(info, {}), nullptr);
}

TEST(MoveNetDecoder, AnEmptyFloorHasNobody) { EXPECT_TRUE(Decode({}).empty()); }

TEST(MoveNetDecoder, EveryPeakOfTheCentreMapIsAPersonMostConfidentFirst) {
  Heads heads;
  heads.center[heads.Cell(5, 6)] = 1;
  heads.center[heads.Cell(5, 7)] = 0.5F;  // beside a higher one: no peak
  heads.center[heads.Cell(20, 39)] = 3;
  heads.center[heads.Cell(0, 0)] = -5;  // below the threshold
  const auto people = Decode(heads);
  ASSERT_EQ(people.size(), 2U);
  EXPECT_NEAR(people[0].confidence, 1 / (1 + std::exp(-3.0)), 1e-5);
  EXPECT_NEAR(people[1].confidence, 1 / (1 + std::exp(-1.0)), 1e-5);
}

TEST(MoveNetDecoder, BoxIsScaleAroundTheShiftedCentre) {
  Heads heads;
  const int cell = heads.Cell(10, 20);
  heads.center[cell] = 2;
  heads.box_scale[2 * cell] = 8;       // height, cells
  heads.box_scale[2 * cell + 1] = 4;   // width
  heads.box_offset[2 * cell] = 0.5F;   // y
  heads.box_offset[2 * cell + 1] = 1;  // x
  const auto people = Decode(heads);
  ASSERT_EQ(people.size(), 1U);
  EXPECT_EQ(people[0].box, (Box{4 * 19.0F, 4 * 6.5F, 4 * 23.0F, 4 * 14.5F}));
}

TEST(MoveNetDecoder, JointIsTheHotCellNearItsExpectedPlaceWithItsFineOffset) {
  Heads heads;
  const int center = heads.Cell(10, 20);
  heads.center[center] = 2;
  heads.regress[center * 34 + 2 * 9] = 3;  // left wrist expected at (13, 15)
  heads.regress[center * 34 + 2 * 9 + 1] = -5;
  heads.heatmap[heads.Cell(14, 15) * kJoints + 9] = 2;
  heads.heatmap[heads.Cell(2, 38) * kJoints + 9] = 3;  // somebody else's wrist: hotter, far away
  heads.offset[heads.Cell(14, 15) * 34 + 18] = 0.25F;
  heads.offset[heads.Cell(14, 15) * 34 + 19] = -0.5F;
  const Keypoint wrist = Decode(heads).at(0).pose[KeypointId::kLeftWrist];
  EXPECT_FLOAT_EQ(wrist.x, 4 * 14.5F);
  EXPECT_FLOAT_EQ(wrist.y, 4 * 14.25F);
  EXPECT_NEAR(wrist.confidence, 1 / (1 + std::exp(-2.0)), 1e-5);
}

// The cell that the definition asks for, found by looking at all of them.
int BestCell(const Heads& heads, int joint, Point expected) {
  int best = 0;
  double best_value = -1;
  for (int cell = 0; cell < kCells; ++cell) {
    const double heat = 1 / (1 + std::exp(-static_cast<double>(heads.heatmap[cell * kJoints + joint])));
    const int row = cell / kCols;
    const double distance = std::hypot(row - expected.y, cell % kCols - expected.x);
    const double value = heat / (distance + 1.8);
    if (value > best_value) {
      best_value = value;
      best = cell;
    }
  }
  return best;
}

TEST(MoveNetDecoder, TheSearchInRingsFindsWhatASearchOfTheWholeMapFinds) {
  std::mt19937 random(7);
  std::normal_distribution<float> logit(-3, 2);
  std::uniform_real_distribution<float> reach(-35, 35);  // also far out of the picture
  for (int round = 0; round < 20; ++round) {
    Heads heads;
    const int center = heads.Cell(12, 20);
    heads.center[center] = 2;
    for (float& value : heads.heatmap) value = logit(random);
    for (int k = 0; k < 2 * kJoints; ++k) heads.regress[center * 34 + k] = reach(random);
    const Pose pose = Decode(heads).at(0).pose;
    for (int j = 0; j < kJoints; ++j) {
      const Point expected{20 + heads.regress[center * 34 + 2 * j + 1], 12 + heads.regress[center * 34 + 2 * j]};
      const int best = BestCell(heads, j, expected);
      const int row_of_best = best / kCols;
      EXPECT_EQ(pose.keypoints[j].x, 4.0F * static_cast<float>(best % kCols)) << "round " << round << " joint " << j;
      EXPECT_EQ(pose.keypoints[j].y, static_cast<float>(4 * row_of_best)) << "round " << round << " joint " << j;
    }
  }
}

TEST(MoveNetDecoder, ABrokenPictureCannotMakeMorePeopleThanAllowed) {
  Heads heads;
  for (int y = 0; y < kRows; y += 2) {
    for (int x = 0; x < kCols; x += 2) heads.center[heads.Cell(y, x)] = 1;
  }
  EXPECT_EQ(Decode(heads, {.min_confidence = 0.25F, .max_people = 7}).size(), 7U);
}

}  // namespace
}  // namespace spotter::perceive
