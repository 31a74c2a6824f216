// SPDX-License-Identifier: Apache-2.0
// What is SQLite's own: files that are damaged, foreign, locked or full. Everything else: tests/contract.
#include "spotter/store/sqlite/sqlite_store.h"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "spotter/base/testing/temp_dir.h"

namespace spotter::store {
namespace {

class SqliteStoreTest : public testing::Test {
 protected:
  Error OpenError() const {
    const auto opened = OpenSqliteStore({.path = path_, .deliver = {}});
    return opened.ok() ? Error{ErrorCode::kInternal, "it was opened"} : opened.error();
  }

  const TempDir folder_;
  std::filesystem::path path_ = folder_ / "events.db";
};

EventRecord Big(const std::string& id) {
  EventRecord record;
  record.event_id = id;
  record.type = "rep_counted";
  record.data = "{\"text\":\"" + std::string(20'000, 'x') + "\"}";
  return record;
}

TEST_F(SqliteStoreTest, AMissingFolderIsNamed) {
  path_ = folder_ / "none" / "events.db";
  EXPECT_EQ(OpenError().code, ErrorCode::kUnwritable);
  EXPECT_NE(OpenError().message.find(path_.string()), std::string::npos);
}

TEST_F(SqliteStoreTest, AFileThatIsNoDatabaseIsLeftAlone) {
  std::ofstream(path_) << std::string(4096, 'n');
  EXPECT_EQ(OpenError().code, ErrorCode::kUnreadable) << OpenError().message;
  EXPECT_EQ(std::filesystem::file_size(path_), 4096U);
}

TEST_F(SqliteStoreTest, AnotherProgramsDatabaseIsRefused) {
  SQLite::Database(path_.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec("CREATE TABLE theirs (x)");
  EXPECT_EQ(OpenError().code, ErrorCode::kInvalidArgument) << OpenError().message;
}

TEST_F(SqliteStoreTest, ANewerSpottersDatabaseIsRefused) {
  ASSERT_TRUE(OpenSqliteStore({.path = path_, .deliver = {}}).ok());
  SQLite::Database(path_.string(), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 99");
  EXPECT_NE(OpenError().message.find("newer"), std::string::npos) << OpenError().message;
}

// While it lives no file of this process can grow beyond `bytes`: what a full disk looks like to SQLite.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{.rlim_cur = bytes, .rlim_max = before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &before_); }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
};

TEST_F(SqliteStoreTest, AFullDiskIsSaidAndLosesNothingThatWasAcknowledged) {
  const auto store = OpenSqliteStore({.path = path_, .deliver = {}});
  ASSERT_TRUE(store.ok());
  std::size_t acknowledged = 0;
  {
    const FileSizeLimit limit(300'000);
    Error error;
    for (int i = 0; i < 50 && error.message.empty(); ++i) {
      const EventRecord record = Big(std::to_string(i));
      const auto appended = (*store)->events().Append({&record, 1});
      if (appended.ok()) {
        ++acknowledged;
      } else {
        error = appended.error();
      }
    }
    EXPECT_EQ(error.code, ErrorCode::kUnwritable) << error.message;
    EXPECT_NE(error.message.find("disk"), std::string::npos) << error.message;
  }
  EXPECT_GT(acknowledged, 0U);
  const EventRecord after = Big("after");
  EXPECT_TRUE((*store)->events().Append({&after, 1}).ok()) << "works again once there is room";
  EXPECT_EQ((*store)->events().List({.limit = 100})->size(), acknowledged + 1);
}

TEST_F(SqliteStoreTest, ALockByAnotherProgramIsSaid) {
  const auto store = OpenSqliteStore({.path = path_, .deliver = {}, .lock_wait = std::chrono::milliseconds(50)});
  ASSERT_TRUE(store.ok());
  SQLite::Database other(path_.string(), SQLite::OPEN_READWRITE);
  other.exec("BEGIN IMMEDIATE");
  const EventRecord record = Big("a");
  const auto locked = (*store)->events().Append({&record, 1});
  ASSERT_FALSE(locked.ok());
  EXPECT_EQ(locked.error().code, ErrorCode::kUnavailable) << locked.error().message;
  EXPECT_TRUE((*store)->events().List({.limit = 1}).ok()) << "reading goes on";
  other.exec("ROLLBACK");
  EXPECT_TRUE((*store)->events().Append({&record, 1}).ok());
}

}  // namespace
}  // namespace spotter::store
