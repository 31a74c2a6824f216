// SPDX-License-Identifier: Apache-2.0
#include "spotter/infer/model_checksum.h"

#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "spotter/base/testing/temp_dir.h"

namespace spotter::infer {
namespace {

// SHA-256 of "abc".
constexpr const char* kSumOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

class ModelChecksum : public ::testing::Test {
 protected:
  void Write(const std::string& name, const std::string& text) const { std::ofstream(folder_ / name) << text; }

  const TempDir folder_;
};

TEST_F(ModelChecksum, AnIntactFilePasses) {
  Write("a.tflite", "abc");
  Write("SHA256SUMS", std::string("0000  b.tflite\n") + kSumOfAbc + "  a.tflite\n");
  EXPECT_TRUE(CheckChecksum(folder_ / "a.tflite").ok());
}

TEST_F(ModelChecksum, TheSumIsThatOfTheBytes) {
  Write("a.tflite", "abc");
  EXPECT_EQ(Checksum(folder_ / "a.tflite"), kSumOfAbc);
  EXPECT_EQ(Checksum(folder_ / "missing"), "");
}

TEST_F(ModelChecksum, WeightsBelongToTheirGraph) {
  EXPECT_EQ(FilesOfModel("m/a.xml"), (std::vector<std::filesystem::path>{"m/a.xml", "m/a.bin"}));
  EXPECT_EQ(FilesOfModel("m/a.onnx"), (std::vector<std::filesystem::path>{"m/a.onnx"}));
}

TEST_F(ModelChecksum, AnAlteredFileSaysWhatToDo) {
  Write("a.tflite", "abd");
  Write("SHA256SUMS", std::string(kSumOfAbc) + "  a.tflite\n");
  const Result<void> checked = CheckChecksum(folder_ / "a.tflite");
  ASSERT_FALSE(checked.ok());
  EXPECT_EQ(checked.error().code, ErrorCode::kUnreadable);
  EXPECT_NE(checked.error().message.find("make setup"), std::string::npos);
}

TEST_F(ModelChecksum, TheWeightsBesideAnXmlAreCheckedToo) {
  Write("a.xml", "abc");
  Write("a.bin", "abd");
  Write("SHA256SUMS", std::string(kSumOfAbc) + "  a.xml\n" + kSumOfAbc + "  a.bin\n");
  EXPECT_FALSE(CheckChecksum(folder_ / "a.xml").ok());
}

TEST_F(ModelChecksum, AUsersOwnModelHasNothingToCompareWith) {
  Write("mine.onnx", "abc");
  EXPECT_TRUE(CheckChecksum(folder_ / "mine.onnx").ok());
  Write("SHA256SUMS", std::string(kSumOfAbc) + "  other.onnx\n");
  EXPECT_TRUE(CheckChecksum(folder_ / "mine.onnx").ok());
}

}  // namespace
}  // namespace spotter::infer
