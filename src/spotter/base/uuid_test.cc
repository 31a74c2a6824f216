// SPDX-License-Identifier: Apache-2.0
#include "spotter/base/uuid.h"

#include <gtest/gtest.h>

namespace spotter {
namespace {

// Expected values from Python: uuid.uuid5(uuid.UUID("8a3f1c52-6e0d-4b97-9b21-5d70e436c81f"), name).
TEST(UuidV5, AgreesWithAnIndependentImplementation) {
  EXPECT_EQ(UuidV5(""), "243e6ed7-8831-5259-8ebb-f566cbebc9f1");
  EXPECT_EQ(UuidV5("gym_01"), "624da73b-988b-57b6-a361-e5e2a95836d8");
  EXPECT_EQ(UuidV5(std::string(200, 'x')), "b2c63802-30b2-5da4-be8b-f3c8a9972a31");
}

}  // namespace
}  // namespace spotter
