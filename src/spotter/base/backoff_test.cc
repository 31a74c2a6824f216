// SPDX-License-Identifier: Apache-2.0
#include "spotter/base/backoff.h"

#include <gtest/gtest.h>

namespace spotter {
namespace {

using std::chrono::milliseconds;

constexpr Backoff::Options kOptions = {milliseconds(1'000), milliseconds(30'000)};

TEST(Backoff, DoublesUpToTheLongestWait) {
  Backoff shortest(kOptions, [] { return 0.0; });
  for (const int expected : {1'000, 2'000, 4'000, 8'000, 15'000, 15'000}) {
    EXPECT_EQ(shortest.Next(), milliseconds(expected));
  }
  Backoff longest(kOptions, [] { return 0.9999999; });
  for (const int expected : {2'000, 4'000, 8'000, 16'000, 30'000, 30'000}) {
    EXPECT_EQ(longest.Next(), milliseconds(expected));
  }
}

TEST(Backoff, NeverWaitsLessThanTheShortest) {
  Backoff backoff({milliseconds(1'000), milliseconds(1'000)}, [] { return 0.0; });
  EXPECT_EQ(backoff.Next(), milliseconds(1'000));
  EXPECT_EQ(backoff.Next(), milliseconds(1'000));
}

TEST(Backoff, StartsAgainAfterSuccess) {
  Backoff backoff(kOptions, [] { return 0.0; });
  backoff.Next();
  backoff.Next();
  backoff.Reset();
  EXPECT_EQ(backoff.Next(), milliseconds(1'000));
}

TEST(Backoff, TwoOfThemDoNotWaitAlike) {
  Backoff a(kOptions);
  Backoff b(kOptions);
  bool differ = false;
  for (int i = 0; i < 10; ++i) differ = differ || a.Next() != b.Next();
  EXPECT_TRUE(differ);
}

}  // namespace
}  // namespace spotter
