// SPDX-License-Identifier: Apache-2.0
#include "spotter/media/url.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace spotter::media {
namespace {

constexpr std::array<std::string_view, 13> kSecretKeys = {"password", "passwd", "pass",  "pwd",      "psw",
                                                          "user",     "usr",    "login", "loginuse", "loginpas",
                                                          "token",    "key",    "secret"};

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
  return lower;
}

bool StartsWithAny(const std::string& text, std::initializer_list<std::string_view> starts) {
  return std::any_of(starts.begin(), starts.end(), [&](std::string_view start) { return text.starts_with(start); });
}

bool IsSecretKey(std::string_view key) {
  const std::string lower = Lower(key);
  return std::find(kSecretKeys.begin(), kSecretKeys.end(), lower) != kSecretKeys.end() ||
         lower.find("pass") != std::string::npos || lower.find("auth") != std::string::npos ||
         lower.find("token") != std::string::npos;
}

// "a=1&pwd=x" -> "a=1&pwd=***"
std::string RedactQuery(std::string_view query) {
  std::string redacted;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find_first_of("&;"), query.size());
    const std::string_view item = query.substr(0, end);
    const std::size_t equals = item.find('=');
    const bool is_secret = equals != std::string_view::npos && IsSecretKey(item.substr(0, equals));
    redacted += is_secret ? std::string(item.substr(0, equals)) + "=***" : std::string(item);
    if (end < query.size()) redacted += query[end];
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return redacted;
}

}  // namespace

UrlKind KindOf(std::string_view url) {
  const std::string lower = Lower(url.substr(0, std::min<std::size_t>(url.size(), 16)));
  if (StartsWithAny(lower, {"rtsp://", "rtsps://"})) return UrlKind::kRtsp;
  if (StartsWithAny(lower, {"http://", "https://"})) return UrlKind::kHttp;
  if (StartsWithAny(lower, {"/dev/video"})) return UrlKind::kDevice;
  const std::size_t scheme = lower.find("://");
  const bool is_scheme = scheme != std::string::npos && scheme > 0 &&
                         std::all_of(lower.begin(), lower.begin() + static_cast<std::ptrdiff_t>(scheme),
                                     [](unsigned char c) { return std::isalnum(c) != 0; });
  return is_scheme ? UrlKind::kUnknown : UrlKind::kFile;
}

std::string RedactUrl(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (KindOf(url) == UrlKind::kFile || scheme == std::string_view::npos) return std::string(url);
  std::string redacted(url.substr(0, scheme + 3));
  std::string_view rest = url.substr(scheme + 3);
  // A password may itself hold '/', '?', '=' or '@' when somebody forgot to escape it, so everything up to the last '@'
  // counts as credentials: rather a shortened address than a leaked password.
  const std::size_t at = rest.rfind('@');
  if (at != std::string_view::npos) {
    redacted += "***@";
    rest.remove_prefix(at + 1);
  }
  const std::size_t question = rest.find('?');
  redacted += rest.substr(0, question);
  if (question != std::string_view::npos) redacted.append("?").append(RedactQuery(rest.substr(question + 1)));
  return redacted;
}

}  // namespace spotter::media
