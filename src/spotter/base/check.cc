// SPDX-License-Identifier: Apache-2.0
#include "spotter/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace spotter::internal {

void CheckFailed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: check failed: %s (a bug in Spotter; please report it)\n", file, line, condition);
  std::abort();
}

}  // namespace spotter::internal
