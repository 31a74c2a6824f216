// SPDX-License-Identifier: Apache-2.0
#include "spotter/api/byte_range.h"

#include <gtest/gtest.h>

namespace spotter::api {
namespace {

void ExpectPart(const char* header, std::uint64_t offset, std::uint64_t length) {
  const ByteRange range = ParseRange(header, 1000);
  EXPECT_EQ(range.kind, ByteRange::Kind::kPart) << header;
  EXPECT_EQ(range.offset, offset) << header;
  EXPECT_EQ(range.length, length) << header;
}

TEST(ByteRange, ReadsFromToAndSuffix) {
  ExpectPart("bytes=0-0", 0, 1);
  ExpectPart("bytes=10-19", 10, 10);
  ExpectPart("bytes=990-", 990, 10);
  ExpectPart("bytes=990-5000", 990, 10);
  ExpectPart("bytes=-10", 990, 10);
  ExpectPart("bytes=-5000", 0, 1000);
  ExpectPart("bytes=0-99999999999999999999999", 0, 1000);
}

TEST(ByteRange, BeyondTheFileIsUnsatisfiable) {
  for (const char* header : {"bytes=1000-", "bytes=1000-2000", "bytes=-0", "bytes=99999999999999999999999-"}) {
    EXPECT_EQ(ParseRange(header, 1000).kind, ByteRange::Kind::kUnsatisfiable) << header;
  }
  EXPECT_EQ(ParseRange("bytes=-1", 0).kind, ByteRange::Kind::kUnsatisfiable);
}

TEST(ByteRange, WhatIsBrokenOrManifoldIsIgnored) {
  for (const char* header : {"", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-4", "bytes=0-1,5-6", "lines=1-2", "bytes=1",
                             "bytes=--1", "bytes= 1-2"}) {
    EXPECT_EQ(ParseRange(header, 1000).kind, ByteRange::Kind::kWhole) << header;
  }
}

}  // namespace
}  // namespace spotter::api
