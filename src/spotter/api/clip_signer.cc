// SPDX-License-Identifier: Apache-2.0
#include "spotter/api/clip_signer.h"

#include <array>
#include <charconv>

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "spotter/base/check.h"

namespace spotter::api {

std::string ClipSigner::SignedPath(std::string_view event_id, std::chrono::sys_seconds expires) const {
  const std::string seconds = std::to_string(expires.time_since_epoch().count());
  return fmt::format("/media/{}?expires={}&signature={}", net::PercentEncode(event_id), seconds,
                     Signature(event_id, seconds));
}

ClipSigner::Verdict ClipSigner::Check(std::string_view event_id, const net::RequestTarget& target, UtcTime now) const {
  const std::string expires = target.Parameter("expires");
  const std::string signature = target.Parameter("signature");
  if (expires.empty() && signature.empty()) return Verdict::kUnsigned;
  std::int64_t seconds = 0;
  const auto parsed = std::from_chars(expires.data(), expires.data() + expires.size(), seconds);
  const bool in_time = parsed.ec == std::errc() && now < std::chrono::sys_seconds(std::chrono::seconds(seconds));
  return SameSecret(signature, Signature(event_id, expires)) && in_time ? Verdict::kValid : Verdict::kInvalid;
}

std::string ClipSigner::Signature(std::string_view event_id, std::string_view expires) const {
  // The id comes last: it may hold any characters, the expiry's text is checked by the signature itself.
  const std::string message = fmt::format("spotter clip\n{}\n{}", expires, event_id);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  const unsigned char* made =
      HMAC(EVP_sha256(), secret_.data(), static_cast<int>(secret_.size()),
           reinterpret_cast<const unsigned char*>(message.data()), message.size(), digest.data(), &size);
  SPOTTER_CHECK(made != nullptr);
  std::string hex;
  for (unsigned i = 0; i < size; ++i) hex += fmt::format("{:02x}", digest[i]);
  return hex;
}

bool SameSecret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace spotter::api
