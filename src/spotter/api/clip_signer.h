// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "spotter/base/time.h"
#include "spotter/net/uri.h"

namespace spotter::api {

// Addresses of clips that work without a token until a given second: HMAC-SHA256 (RFC 2104) of id and expiry with the
// store's secret. Immutable; any thread.
class ClipSigner {
 public:
  explicit ClipSigner(std::string secret) : secret_(std::move(secret)) {}

  // "/media/{id}?expires=1767261600&signature=..."
  std::string SignedPath(std::string_view event_id, std::chrono::sys_seconds expires) const;

  enum class Verdict { kUnsigned, kValid, kInvalid };
  // Whether the address carries a signature, and one that is right and not too old at `now`.
  Verdict Check(std::string_view event_id, const net::RequestTarget& target, UtcTime now) const;

 private:
  std::string Signature(std::string_view event_id, std::string_view expires) const;
  const std::string secret_;
};

// Compares in a time that depends on the lengths only.
bool SameSecret(std::string_view a, std::string_view b);

}  // namespace spotter::api
