// SPDX-License-Identifier: Apache-2.0
#include "spotter/infer/inference_backend.h"

#include <gtest/gtest.h>

namespace spotter::infer {
namespace {

TEST(ParseDevice, KnowsTheFourNamesAndNothingElse) {
  EXPECT_EQ(ParseDevice("auto").value(), Device::kAuto);
  EXPECT_EQ(ParseDevice("cpu").value(), Device::kCpu);
  EXPECT_EQ(ParseDevice("gpu").value(), Device::kGpu);
  EXPECT_EQ(ParseDevice("npu").value(), Device::kNpu);
  EXPECT_EQ(ParseDevice("tpu").error().code, ErrorCode::kInvalidArgument);
}

TEST(ParsePrecision, KnowsTheTwoNamesAndNothingElse) {
  EXPECT_EQ(ParsePrecision("auto").value(), Precision::kAuto);
  EXPECT_EQ(ParsePrecision("f32").value(), Precision::kF32);
  EXPECT_EQ(ParsePrecision("int3").error().code, ErrorCode::kInvalidArgument);
}

TEST(FindOutput, MatchesAnyOfATensorsNamesWhole) {
  const std::vector<OutputInfo> outputs = {{{"a", "b"}, {1}}, {{"ab"}, {1}}};
  EXPECT_EQ(FindOutput(outputs, "b"), 0);
  EXPECT_EQ(FindOutput(outputs, "ab"), 1);
  EXPECT_EQ(FindOutput(outputs, "c"), -1);
}

}  // namespace
}  // namespace spotter::infer
