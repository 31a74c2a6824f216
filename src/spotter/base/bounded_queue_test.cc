// SPDX-License-Identifier: Apache-2.0
#include "spotter/base/bounded_queue.h"

#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace spotter {
namespace {

TEST(BoundedQueue, DropOldestKeepsTheNewestAndCounts) {
  BoundedQueue<int> queue(2, DropPolicy::kDropOldest);
  for (int i = 1; i <= 5; ++i) EXPECT_TRUE(queue.Push(i));
  EXPECT_EQ(queue.dropped(), 3U);
  EXPECT_EQ(queue.Pop(), 4);
  EXPECT_EQ(queue.Pop(), 5);
  EXPECT_EQ(queue.TryPop(), std::nullopt);
}

TEST(BoundedQueue, WaitingProducerLosesNothing) {
  BoundedQueue<int> queue(1, DropPolicy::kWait);
  std::thread producer([&] {
    for (int i = 0; i < 100; ++i) queue.Push(i);
    queue.Close();
  });
  std::vector<int> got;
  while (const auto item = queue.Pop()) got.push_back(*item);
  producer.join();
  ASSERT_EQ(got.size(), 100U);
  EXPECT_EQ(got.back(), 99);
  EXPECT_EQ(queue.dropped(), 0U);
}

TEST(BoundedQueue, CloseWakesABlockedProducerAndRefusesIt) {
  BoundedQueue<int> queue(1, DropPolicy::kWait);
  queue.Push(1);
  std::thread closer([&] { queue.Close(); });
  bool accepted = true;
  while (accepted) accepted = queue.Push(2);
  closer.join();
  EXPECT_EQ(queue.Pop(), 1);
  EXPECT_EQ(queue.Pop(), std::nullopt);
}

}  // namespace
}  // namespace spotter
