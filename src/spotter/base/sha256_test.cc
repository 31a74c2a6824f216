// SPDX-License-Identifier: Apache-2.0
#include "spotter/base/sha256.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace spotter {
namespace {

std::span<const std::uint8_t> Bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string Digest(std::string_view text) {
  Sha256 sha;
  sha.Update(Bytes(text));
  return sha.HexDigest();
}

// Test vectors of FIPS 180-4's examples and of NIST's CAVP.
TEST(Sha256, MatchesThePublishedVectors) {
  EXPECT_EQ(Digest(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Digest("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(Digest(std::string(1000000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, PiecesGiveTheSameDigestAsTheWhole) {
  const std::string text(517, 'x');
  for (const std::size_t piece : {1U, 63U, 64U, 65U, 200U}) {
    Sha256 sha;
    for (std::size_t at = 0; at < text.size(); at += piece) sha.Update(Bytes(std::string_view(text).substr(at, piece)));
    EXPECT_EQ(sha.HexDigest(), Digest(text)) << piece;
  }
}

}  // namespace
}  // namespace spotter
