// SPDX-License-Identifier: Apache-2.0
#include "spotter/media/packet_ring.h"

#include <array>
#include <thread>

#include <gtest/gtest.h>

namespace spotter::media {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kStep{100};

// A camera with ten pictures a second of 100 bytes, every tenth a keyframe, whose clock began at an hour.
class PacketRingTest : public ::testing::Test {
 protected:
  static constexpr milliseconds kCameraClock{3'600'000};

  static VideoStream Stream() {
    VideoStream stream;
    stream.time_base = {1, 1000};
    return stream;
  }

  // Pictures come out of the decoder one packet later.
  static void Send(PacketRing& ring, int from, int to) {
    for (int i = from; i < to; ++i) {
      ring.Push(MakePacket(i));
      if (i > 0) Show(ring, i - 1);
    }
  }
  static void Show(PacketRing& ring, int i) {
    ring.NotePicture(kCameraClock + i * kStep, i * kStep, UtcTime{} + i * kStep);
  }

  static Packet MakePacket(int i) {
    static constexpr std::array<std::byte, 100> kData{};
    const std::int64_t time = (kCameraClock + i * kStep).count();
    return Packet::FromParts(
        {.pts = time, .dts = time, .is_keyframe = i % 10 == 0, .time_base = {1, 1000}, .data = kData});
  }

  // Stream times of the packets, in tenths of a second.
  static std::vector<int> Tenths(const std::vector<StreamEntry>& entries) {
    std::vector<int> tenths;
    for (const StreamEntry& entry : entries) {
      if (const auto* arrived = std::get_if<StreamPacket>(&entry))
        tenths.push_back(static_cast<int>((*arrived->packet.pts() - kCameraClock) / kStep));
    }
    return tenths;
  }
};

TEST_F(PacketRingTest, AReaderBeginsAtTheKeyframeBeforeAndGoesOn) {
  PacketRing ring;
  ring.StartSession(Stream(), DropPolicy::kWait);
  Send(ring, 0, 35);
  const auto reader = ring.OpenReader(milliseconds(2'950));
  EXPECT_EQ(Tenths(reader->Take()).front(), 20);
  EXPECT_TRUE(reader->Take().empty());
  Send(ring, 35, 37);
  EXPECT_EQ(Tenths(reader->Take()), (std::vector<int>{35, 36}));
  EXPECT_EQ(Tenths(ring.OpenReader(milliseconds(3'000))->Take()).front(), 30) << "exactly at a keyframe";
  EXPECT_EQ(Tenths(ring.OpenReader(milliseconds(-5'000))->Take()).front(), 0) << "before the beginning";
}

TEST_F(PacketRingTest, PacketsAreSharedNotCopied) {
  PacketRing ring;
  ring.StartSession(Stream(), DropPolicy::kWait);
  const Packet packet = MakePacket(0);
  ring.Push(packet);
  const std::vector<StreamEntry> first = ring.OpenReader(Pts{0})->Take();
  const std::vector<StreamEntry> second = ring.OpenReader(Pts{0})->Take();
  EXPECT_EQ(&std::get<StreamPacket>(first[0]).packet.av(), &packet.av());
  EXPECT_EQ(&std::get<StreamPacket>(second[0]).packet.av(), &packet.av());
}

TEST_F(PacketRingTest, IsBoundedByTimeAndByBytes) {
  PacketRing by_time({.max_age = milliseconds(3'000)});
  by_time.StartSession(Stream(), DropPolicy::kDropOldest);
  Send(by_time, 0, 100);
  EXPECT_GE(by_time.size_bytes(), 30U * 100);
  EXPECT_LE(by_time.size_bytes(), 32U * 100);
  EXPECT_EQ(Tenths(by_time.OpenReader(Pts{0})->Take()).front(), 70) << "the first keyframe that is still there";
  PacketRing by_bytes({.max_bytes = 1'500});
  by_bytes.StartSession(Stream(), DropPolicy::kDropOldest);
  Send(by_bytes, 0, 100);
  EXPECT_EQ(by_bytes.size_bytes(), 1'500U);
}

TEST_F(PacketRingTest, ALiveReaderThatIsBehindLosesPacketsAndKnowsIt) {
  PacketRing ring({.max_bytes = 1'000});
  ring.StartSession(Stream(), DropPolicy::kDropOldest);
  Send(ring, 0, 5);
  const auto reader = ring.OpenReader(Pts{0});
  Send(ring, 5, 30);
  EXPECT_EQ(Tenths(reader->Take()).front(), 20);
  EXPECT_EQ(reader->lost(), 20U);
}

TEST_F(PacketRingTest, AFileWaitsForItsReaders) {
  PacketRing ring({.max_bytes = 1'000});
  ring.StartSession(Stream(), DropPolicy::kWait);
  Send(ring, 0, 5);
  const auto reader = ring.OpenReader(Pts{0});
  std::thread source([&] {
    Send(ring, 5, 200);
    ring.End();
  });
  std::vector<int> all;
  for (bool ended = false; !ended;) {
    ended = ring.has_ended();
    const std::vector<int> more = Tenths(reader->Take());
    all.insert(all.end(), more.begin(), more.end());
  }
  source.join();
  EXPECT_EQ(all.size(), 200U);
  EXPECT_EQ(reader->lost(), 0U);
}

TEST_F(PacketRingTest, EndFreesASourceThatWaits) {
  PacketRing ring({.max_bytes = 1'000});
  ring.StartSession(Stream(), DropPolicy::kWait);
  const auto reader = ring.OpenReader(Pts{0});
  std::thread source([&] { Send(ring, 0, 100); });
  ring.End();
  source.join();
  EXPECT_LE(ring.size_bytes(), 1'000U);
}

TEST_F(PacketRingTest, TimesComeFromTheDecodedPicturesAlsoWhenTheyWereRepaired) {
  PacketRing ring;
  ring.StartSession(Stream(), DropPolicy::kWait);
  for (const int i : {0, 1, 2, 3}) ring.Push(MakePacket(i));
  Show(ring, 0);
  ring.NotePicture(kCameraClock + kStep, milliseconds(150), UtcTime{} + milliseconds(150));  // repaired
  Show(ring, 3);                                                                             // 2 was damaged
  const std::vector<TimedPacket> timed = ResolveTimes(ring.OpenReader(Pts{0})->Take());
  ASSERT_EQ(timed.size(), 4U);
  EXPECT_EQ(timed[1].pts, milliseconds(150));
  EXPECT_EQ(timed[2].pts, milliseconds(250)) << "as far from the picture before as its time stamp says";
  EXPECT_EQ(timed[3].pts, milliseconds(300));
  EXPECT_EQ(timed[3].captured_at, UtcTime{} + milliseconds(300));
}

TEST_F(PacketRingTest, ANewSessionHasAClockOfItsOwn) {
  PacketRing ring;
  ring.StartSession(Stream(), DropPolicy::kDropOldest);
  Send(ring, 0, 20);
  ring.StartSession(Stream(), DropPolicy::kDropOldest);
  ring.Push(MakePacket(0));  // the camera's clock starts over
  EXPECT_EQ(ResolveTimes(ring.OpenReader(Pts{0})->Take()).size(), 20U) << "no picture yet, so no time";
  ring.NotePicture(kCameraClock, milliseconds(5'000), UtcTime{} + milliseconds(5'000));
  const std::vector<TimedPacket> timed = ResolveTimes(ring.OpenReader(Pts{0})->Take());
  EXPECT_EQ(timed.back().pts, milliseconds(5'000));
  EXPECT_NE(timed.back().stream, timed.front().stream);
  EXPECT_EQ(Tenths(ring.OpenReader(milliseconds(5'000))->Take()), (std::vector<int>{0}));
}

}  // namespace
}  // namespace spotter::media
