// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "spotter/base/check.h"

namespace spotter {

enum class ErrorCode {
  kInvalidArgument,  // the caller's input is wrong; the message says which field and what to do
  kNotFound,
  kUnreadable,   // exists, but cannot be opened, parsed or decoded
  kUnwritable,   // output path, disk full
  kUnavailable,  // a device, server or model is not there (now)
  kInternal,
};

// An expected failure. `message` is one plain sentence for a person, without a trailing newline.
struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;
};

template <typename... Args>
[[nodiscard]] Error MakeError(ErrorCode code, fmt::format_string<Args...> format, Args&&... args) {
  return Error{code, fmt::format(format, std::forward<Args>(args)...)};
}

// A value or the reason why there is none. Every expected failure in Spotter is returned this way; bugs fail a CHECK.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}      // NOLINT(google-explicit-constructor): `return value;`
  Result(Error error) : state_(std::move(error)) {}  // NOLINT(google-explicit-constructor): `return MakeError(...);`

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  // REQUIRES: ok()
  T& value() & {
    SPOTTER_CHECK(ok());
    return std::get<0>(state_);
  }
  const T& value() const& {
    SPOTTER_CHECK(ok());
    return std::get<0>(state_);
  }
  T&& value() && {
    SPOTTER_CHECK(ok());
    return std::get<0>(std::move(state_));
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  // REQUIRES: !ok()
  const Error& error() const {
    SPOTTER_CHECK(!ok());
    return std::get<1>(state_);
  }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }
  const Error& error() const {
    SPOTTER_CHECK(!ok());
    return *error_;
  }

 private:
  std::optional<Error> error_;
};

}  // namespace spotter
