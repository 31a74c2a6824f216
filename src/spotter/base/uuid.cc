// SPDX-License-Identifier: Apache-2.0
#include "spotter/base/uuid.h"

#include <array>
#include <cstdint>

#include <fmt/format.h>
#include <openssl/evp.h>

#include "spotter/base/check.h"

namespace spotter {
namespace {

// Spotter's name space for derived ids; a constant of the wire format.
constexpr std::array<std::uint8_t, 16> kNamespace = {0x8a, 0x3f, 0x1c, 0x52, 0x6e, 0x0d, 0x4b, 0x97,
                                                     0x9b, 0x21, 0x5d, 0x70, 0xe4, 0x36, 0xc8, 0x1f};

}  // namespace

std::string UuidV5(std::string_view name) {
  std::string message(kNamespace.begin(), kNamespace.end());
  message += name;
  std::array<unsigned char, EVP_MAX_MD_SIZE> h{};  // SHA-1 names things here, it keeps no secret
  SPOTTER_CHECK(EVP_Digest(message.data(), message.size(), h.data(), nullptr, EVP_sha1(), nullptr) == 1);
  h[6] = static_cast<unsigned char>((h[6] & 0x0FU) | 0x50U);  // version 5
  h[8] = static_cast<unsigned char>((h[8] & 0x3FU) | 0x80U);  // RFC 4122 variant
  std::string uuid;
  for (std::size_t i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) uuid += '-';
    uuid += fmt::format("{:02x}", h[i]);
  }
  return uuid;
}

}  // namespace spotter
