// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace spotter::media {

enum class UrlKind { kFile, kRtsp, kHttp, kDevice, kUnknown };

// By its form alone. A text with another scheme ("udp://...") is kUnknown; whatever is nothing else is a path.
UrlKind KindOf(std::string_view url);

// The url as it may appear in messages and logs: user and password, and what a query names a secret ("password", "pwd",
// "token" ...), become "***".
std::string RedactUrl(std::string_view url);

}  // namespace spotter::media
