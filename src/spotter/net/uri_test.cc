// SPDX-License-Identifier: Apache-2.0
#include "spotter/net/uri.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace spotter::net {
namespace {

using Segments = std::vector<std::string>;

TEST(Uri, TakesAPathAndAQueryApart) {
  const auto target = ParseTarget("/events?zone_id=bench+01&limit=5&empty=&flag");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->segments, Segments{"events"});
  EXPECT_EQ(target->Parameter("zone_id"), "bench 01");
  EXPECT_EQ(target->Parameter("limit"), "5");
  EXPECT_EQ(target->Parameter("empty"), "");
  EXPECT_EQ(target->Parameter("absent"), "");
}

TEST(Uri, AnEncodedSlashIsPartOfItsSegment) {
  EXPECT_EQ(ParseTarget("/media/a%2F..%2Fb+c")->segments, (Segments{"media", "a/../b+c"}));
  EXPECT_EQ(ParseTarget("/")->segments, Segments{});
}

TEST(Uri, RefusesWhatIsBroken) {
  for (const char* target : {"", "events", "http://x/", "*", "/%", "/%2", "/%zz", "/%FF", "/?a=%ff"}) {
    EXPECT_FALSE(ParseTarget(target)) << target;
  }
}

TEST(Uri, WhatIsEncodedComesBackDecoded) {
  const std::string id("a b/%\xC3\xA4\0?&#", 11);
  const auto target = ParseTarget(std::string("/").append(PercentEncode(id)));
  ASSERT_TRUE(target);
  EXPECT_EQ(target->segments, Segments{id});
}

}  // namespace
}  // namespace spotter::net
