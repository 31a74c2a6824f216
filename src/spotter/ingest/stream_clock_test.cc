// SPDX-License-Identifier: Apache-2.0
#include "spotter/ingest/stream_clock.h"

#include <vector>

#include <gtest/gtest.h>

namespace spotter::ingest {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kStep{40};
constexpr int kMissing = -1;
constexpr milliseconds kLongestGap{10'000};

// Time stamps in, stream times out, all in milliseconds.
std::vector<int> Map(StreamClock& clock, const std::vector<int>& timestamps) {
  std::vector<int> mapped;
  for (const int timestamp : timestamps) {
    Stamp stamp{.step = kStep};
    if (timestamp != kMissing) stamp.timestamp = milliseconds(timestamp);
    mapped.push_back(static_cast<int>(clock.Map(stamp).count() / 1000));
  }
  return mapped;
}

int MapLive(StreamClock& clock, int timestamp, int arrived) {
  const Pts pts = clock.Map({milliseconds(timestamp), kStep, milliseconds(arrived)});
  return static_cast<int>(pts.count() / 1000);
}

TEST(StreamClock, TheFirstPictureIsZeroAndUnevenTimesAreKept) {
  StreamClock clock;
  EXPECT_EQ(Map(clock, {5'000, 5'033, 5'100, 65'100, 65'101}), (std::vector<int>{0, 33, 100, 60'100, 60'101}));
  EXPECT_EQ(clock.repaired(), 0U);
}

TEST(StreamClock, ADoubledTimestampTakesRoomBeforeTheNextOne) {
  StreamClock clock;
  EXPECT_EQ(Map(clock, {0, 40, 40, 80, 120}), (std::vector<int>{0, 40, 60, 80, 120}));
  EXPECT_EQ(clock.repaired(), 1U);
}

TEST(StreamClock, AShuffledPictureDoesNotStopTheClock) {
  StreamClock clock;
  EXPECT_EQ(Map(clock, {0, 80, 40, 120, 160}), (std::vector<int>{0, 80, 100, 120, 160}));
}

TEST(StreamClock, MissingTimestampsGoOnByTheStep) {
  StreamClock clock;
  EXPECT_EQ(Map(clock, {kMissing, kMissing, kMissing}), (std::vector<int>{0, 40, 80}));
  StreamClock some;
  EXPECT_EQ(Map(some, {0, kMissing, 80, kMissing, 160}), (std::vector<int>{0, 40, 80, 120, 160}));
}

TEST(StreamClock, TimestampsThatStandStillRunByTheStep) {
  StreamClock clock;
  EXPECT_EQ(Map(clock, {0, 0, 0, 0, 0}), (std::vector<int>{0, 20, 80, 120, 160}));
  EXPECT_EQ(clock.repaired(), 4U);
}

TEST(StreamClock, AStreamThatStartsOverContinuesBehindWhatWas) {
  StreamClock clock;
  EXPECT_EQ(Map(clock, {90'000, 90'040, 0, 33, 66}), (std::vector<int>{0, 40, 80, 113, 146}));
  EXPECT_EQ(clock.repaired(), 1U);
}

TEST(StreamClock, ASmallJumpBackIsBelievedOnceItGoesOn) {
  StreamClock clock;
  std::vector<int> timestamps = {0, 1'000};
  for (int i = 0; i < 20; ++i) timestamps.push_back(500 + 10 * i);
  const std::vector<int> mapped = Map(clock, timestamps);
  for (std::size_t i = 1; i < mapped.size(); ++i) EXPECT_GT(mapped[i], mapped[i - 1]);
  EXPECT_EQ(mapped[21] - mapped[20], 10) << "the uneven times count again";
}

TEST(StreamClock, LiveJumpsAreReplacedByTheTimeThatReallyPassed) {
  StreamClock clock(kLongestGap);
  EXPECT_EQ(MapLive(clock, 1'000, 70'000), 0);
  EXPECT_EQ(MapLive(clock, 1'040, 70'045), 40);
  EXPECT_EQ(MapLive(clock, 999'000, 70'081), 81);   // a new clock far ahead
  EXPECT_EQ(MapLive(clock, 999'040, 70'120), 121);  // which is believed from now on
  EXPECT_EQ(MapLive(clock, 500, 70'150), 161);      // and one far behind: never backwards
  EXPECT_EQ(clock.repaired(), 2U);
}

TEST(StreamClock, AReconnectLeavesAGapOfTheRealLength) {
  StreamClock clock(kLongestGap);
  EXPECT_EQ(MapLive(clock, 1'000, 50'000), 0);
  EXPECT_EQ(MapLive(clock, 1'040, 50'040), 40);
  clock.StartOver();
  EXPECT_EQ(MapLive(clock, 7, 58'000), 8'000);
  EXPECT_EQ(MapLive(clock, 47, 58'040), 8'040);
  EXPECT_EQ(clock.repaired(), 0U);
}

TEST(StreamClock, AReconnectThatBeginsWithoutTimestampsLeavesTheSameGap) {
  StreamClock clock(kLongestGap);
  MapLive(clock, 1'000, 50'000);
  clock.StartOver();
  EXPECT_EQ(clock.Map({std::nullopt, kStep, milliseconds(58'000)}), milliseconds(8'000));
  EXPECT_EQ(MapLive(clock, 77, 58'030), 8'040);
  EXPECT_EQ(MapLive(clock, 117, 58'090), 8'080);
}

}  // namespace
}  // namespace spotter::ingest
