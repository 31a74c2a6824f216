// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace spotter {

// Name-based UUID, version 5 (RFC 4122: SHA-1 of name space and name), in its 36-character lower-case form.
// The name space is Spotter's own and never changes: ids made years apart are the same.
std::string UuidV5(std::string_view name);

}  // namespace spotter
