// SPDX-License-Identifier: Apache-2.0
#include "spotter/base/bytes.h"

#include <gtest/gtest.h>

#include "spotter/base/crc32.h"

namespace spotter {
namespace {

TEST(Bytes, WhatWasWrittenIsRead) {
  ByteWriter writer;
  writer.U8(200);
  writer.U32(0xFEDCBA98U);
  writer.I64(-5);
  writer.Text("squat");
  ByteReader reader(writer.bytes());
  EXPECT_EQ(reader.U8(), 200);
  EXPECT_EQ(reader.U32(), 0xFEDCBA98U);
  EXPECT_EQ(reader.I64(), -5);
  EXPECT_EQ(reader.Text(), "squat");
  EXPECT_EQ(reader.left(), 0U);
  EXPECT_TRUE(reader.ok());
}

TEST(Bytes, ReadingBeyondTheEndGivesNothingAndSaysSo) {
  ByteWriter writer;
  writer.U32(1'000);  // a length that is a lie
  writer.U8(7);
  ByteReader reader(writer.bytes());
  EXPECT_EQ(reader.Text(), "");
  EXPECT_FALSE(reader.ok());
  EXPECT_EQ(reader.I64(), 0);
  EXPECT_FALSE(reader.ok());
}

TEST(Crc32, GivesTheCheckValueOfItsDefinition) {
  const std::string_view digits = "123456789";
  EXPECT_EQ(Crc32(std::as_bytes(std::span(digits))), 0xCBF43926U);
}

}  // namespace
}  // namespace spotter
