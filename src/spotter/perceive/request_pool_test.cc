// SPDX-License-Identifier: Apache-2.0
#include "spotter/perceive/request_pool.h"

#include <atomic>
#include <chrono>
#include <thread>

#include <gtest/gtest.h>

#include "spotter/infer/fake/fake_backend.h"

namespace spotter::perceive {
namespace {

using namespace std::chrono_literals;

std::shared_ptr<infer::Model> TinyModel() {
  infer::FakeBackend backend;
  backend.Add("tiny.xml", {.info = {4, 4, {{{"out"}, {1}}}},
                           .run = [](auto, int, int) { return std::vector<std::vector<float>>{{1}}; }});
  return backend.Load({.path = "tiny.xml"}).value();
}

TEST(RequestPool, HandsOutAsManyAsItHolds) {
  RequestPool pool(TinyModel(), 2);
  auto first = pool.TryAcquire();
  auto second = pool.TryAcquire();
  EXPECT_TRUE(first && second);
  EXPECT_FALSE(pool.TryAcquire());
  first.reset();
  EXPECT_TRUE(pool.TryAcquire());
}

TEST(RequestPool, WhoWaitsLongestIsServedFirst) {
  RequestPool pool(TinyModel(), 1);
  auto held = pool.TryAcquire();
  std::vector<int> served;
  std::mutex mutex;
  std::atomic<int> waiting = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      ++waiting;
      const auto request = pool.Acquire();
      std::lock_guard lock(mutex);
      served.push_back(i);
    });
    while (waiting <= i) std::this_thread::yield();
    std::this_thread::sleep_for(20ms);  // until it stands in line
  }
  EXPECT_FALSE(pool.TryAcquire());
  held.reset();
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(served, (std::vector<int>{0, 1, 2, 3}));
}

TEST(RequestPool, NobodyJumpsTheLine) {
  RequestPool pool(TinyModel(), 1);
  auto held = pool.TryAcquire();
  std::atomic<bool> started = false;
  std::atomic<bool> may_end = false;
  std::thread waiter([&] {
    started = true;
    const auto request = pool.Acquire();
    while (!may_end) std::this_thread::yield();
  });
  while (!started) std::this_thread::yield();
  std::this_thread::sleep_for(20ms);  // until it stands in line
  held.reset();                       // belongs to the waiter now
  EXPECT_FALSE(pool.TryAcquire());
  may_end = true;
  waiter.join();
  EXPECT_TRUE(pool.TryAcquire());
}

}  // namespace
}  // namespace spotter::perceive
