// SPDX-License-Identifier: Apache-2.0
#include "spotter/base/file_lock.h"

#include <gtest/gtest.h>

#include "spotter/base/testing/temp_dir.h"

namespace spotter {
namespace {

TEST(FileLock, OneAtATimeAndFreeAgainWhenItIsGone) {
  const TempDir folder;
  {
    Result<std::optional<FileLock>> first = FileLock::TryLock(folder / "lock");
    ASSERT_TRUE(first.ok() && first->has_value());
    const FileLock moved = std::move(**first);
    const auto second = FileLock::TryLock(folder / "lock");
    ASSERT_TRUE(second.ok());
    EXPECT_FALSE(second->has_value());
  }
  EXPECT_TRUE(FileLock::TryLock(folder / "lock")->has_value());
}

TEST(FileLock, AFolderThatIsNotThereIsAnError) {
  const TempDir folder;
  EXPECT_EQ(FileLock::TryLock(folder / "no" / "lock").error().code, ErrorCode::kUnwritable);
}

}  // namespace
}  // namespace spotter
