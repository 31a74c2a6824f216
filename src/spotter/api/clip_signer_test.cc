// SPDX-License-Identifier: Apache-2.0
#include "spotter/api/clip_signer.h"

#include <string>

#include <gtest/gtest.h>

namespace spotter::api {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;
using Verdict = ClipSigner::Verdict;

const ClipSigner kSigner("0123456789abcdef0123456789abcdef");
const std::string kId = "a/b \xC3\xA4";
const sys_seconds kExpires{seconds(1000)};

Verdict Check(const std::string& path, std::int64_t now_s) {
  const auto target = net::ParseTarget(path);
  EXPECT_TRUE(target) << path;
  return kSigner.Check(target->segments.at(1), *target, UtcTime(seconds(now_s)));
}

TEST(ClipSigner, ASignedAddressWorksUntilItExpires) {
  const std::string path = kSigner.SignedPath(kId, kExpires);
  EXPECT_EQ(Check(path, 999), Verdict::kValid);
  EXPECT_EQ(Check(path, 1000), Verdict::kInvalid);
}

TEST(ClipSigner, WhatIsChangedIsInvalid) {
  const std::string path = kSigner.SignedPath(kId, kExpires);
  std::string later = path;
  later.replace(later.find("expires=1000"), 12, "expires=9000");
  EXPECT_EQ(Check(later, 5), Verdict::kInvalid);
  std::string other = path;
  other.replace(other.find("/media/a"), 8, "/media/b");
  EXPECT_EQ(Check(other, 5), Verdict::kInvalid);
  std::string cut = path;
  cut.pop_back();
  EXPECT_EQ(Check(cut, 5), Verdict::kInvalid);
  EXPECT_EQ(Check("/media/a?expires=99999", 5), Verdict::kInvalid);
  EXPECT_EQ(Check("/media/a?signature=", 5), Verdict::kUnsigned);
  const ClipSigner stranger("another secret");
  EXPECT_EQ(Check(stranger.SignedPath(kId, kExpires), 5), Verdict::kInvalid);
}

TEST(ClipSigner, TheSignatureIsHmacSha256) {
  // Made with: printf 'spotter clip\n1000\nabc' | openssl dgst -sha256 -hmac key
  const std::string path = ClipSigner("key").SignedPath("abc", kExpires);
  EXPECT_EQ(path, "/media/abc?expires=1000&signature=c223ea0dbfbfee7391eb2104a74f4860eb84e23eba66dec1fe744c72f19dfdb9");
}

}  // namespace
}  // namespace spotter::api
