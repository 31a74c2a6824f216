// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>

#include <SQLiteCpp/SQLiteCpp.h>

#include "spotter/base/result.h"

namespace spotter::store {

struct ConnectionOptions {
  std::filesystem::path path;
  bool read_only = false;
  std::chrono::milliseconds lock_wait{5'000};
};

// One connection to the database file, used by one thread at a time. SQLite's exceptions end here.
class Connection {
 public:
  // Throws SQLite::Exception.
  explicit Connection(const ConnectionOptions& options);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Calls `work(*this)` alone and turns what SQLite throws into an Error that says what to do.
  template <typename Work>
  auto Run(Work work) -> Result<decltype(work(std::declval<Connection&>()))> {
    const std::lock_guard lock(mutex_);
    try {
      if constexpr (std::is_void_v<decltype(work(*this))>) {
        work(*this);
        return {};
      } else {
        return work(*this);
      }
    } catch (const SQLite::Exception& error) {
      return ToError(error, path_);
    }
  }

  // Inside Run: a compiled statement, kept for the next time.
  SQLite::Statement& Prepared(const std::string& sql);
  SQLite::Database& database() { return database_; }

  static Error ToError(const SQLite::Exception& error, const std::filesystem::path& path);

 private:
  const std::filesystem::path path_;
  std::mutex mutex_;
  SQLite::Database database_;
  std::unordered_map<std::string, SQLite::Statement> statements_;
};

// One use of a prepared statement. Resets it at the end: a statement left open would hold an old view of the database
// and keep the write-ahead log from being emptied.
class Query {
 public:
  Query(Connection& connection, const std::string& sql) : statement_(connection.Prepared(sql)) {}
  ~Query() { statement_.tryReset(); }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  // Binds all values in order, from 1. Text is copied, so that temporaries are safe.
  template <typename... Values>
  Query& Bind(const Values&... values) {
    int index = 0;
    (BindOne(++index, values), ...);
    return *this;
  }
  // The next row; false behind the last.
  bool Next() { return statement_.executeStep(); }
  // Runs a statement without rows and returns how many rows it changed.
  int Execute() { return statement_.exec(); }
  SQLite::Statement& statement() { return statement_; }
  SQLite::Column operator[](int column) { return statement_.getColumn(column); }

 private:
  template <typename Value>
  void BindOne(int index, const Value& value) {
    if constexpr (std::is_same_v<Value, bool>) {
      statement_.bind(index, value ? 1 : 0);
    } else if constexpr (std::is_same_v<Value, std::string_view>) {
      statement_.bind(index, std::string(value));
    } else {
      statement_.bind(index, value);
    }
  }
  template <typename Value>
  void BindOne(int index, const std::optional<Value>& value) {
    if (value) {
      BindOne(index, *value);
    } else {
      statement_.bind(index);  // NULL
    }
  }

  SQLite::Statement& statement_;
};

}  // namespace spotter::store
