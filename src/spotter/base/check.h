// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace spotter::internal {
[[noreturn]] void CheckFailed(const char* condition, const char* file, int line);
}  // namespace spotter::internal

// A broken invariant is a bug: print where, then abort. For what users or the world can cause, return a Result instead.
#define SPOTTER_CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::spotter::internal::CheckFailed(#condition, __FILE__, __LINE__))
