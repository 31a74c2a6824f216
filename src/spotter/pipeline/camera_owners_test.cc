// SPDX-License-Identifier: Apache-2.0
#include "spotter/pipeline/camera_owners.h"

#include <gtest/gtest.h>

namespace spotter::pipeline {
namespace {

// A source that has a name and nothing else.
class NamedSource : public PerceptionSource {
 public:
  explicit NamedSource(std::string name) : name_(std::move(name)) {}
  const std::string& name() const override { return name_; }
  DropPolicy drop_policy() const override { return DropPolicy::kWait; }
  std::optional<std::chrono::microseconds> duration() const override { return std::nullopt; }
  Result<void> Run(PerceptionSink& /*sink*/) override { return {}; }
  void Stop() override {}
  std::vector<std::string> warnings() const override { return {}; }

 private:
  const std::string name_;
};

TEST(CameraOwners, ASourceMayHoldSeveralCamerasOfItsOwn) {
  NamedSource a("a.jsonl");
  NamedSource b("b.jsonl");
  CameraOwners owners({&a, &b});
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(owners.Claim(CameraId("cam_01"), a).ok());
    EXPECT_TRUE(owners.Claim(CameraId("cam_02"), a).ok());
    EXPECT_TRUE(owners.Claim(CameraId("cam_03"), b).ok());
  }
}

TEST(CameraOwners, TwoSourcesWithOneCameraAreNamedInTheirOrderWhoeverIsFirst) {
  NamedSource a("a.jsonl");
  NamedSource b("b.jsonl");
  for (const bool a_first : {true, false}) {
    CameraOwners owners({&a, &b});
    ASSERT_TRUE(owners.Claim(CameraId("cam_01"), a_first ? a : b).ok());
    const Result<void> claimed = owners.Claim(CameraId("cam_01"), a_first ? b : a);
    ASSERT_FALSE(claimed.ok());
    EXPECT_TRUE(claimed.error().message.starts_with("a.jsonl and b.jsonl both hold the camera 'cam_01'"))
        << claimed.error().message;
  }
}

}  // namespace
}  // namespace spotter::pipeline
