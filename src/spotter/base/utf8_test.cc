// SPDX-License-Identifier: Apache-2.0
#include "spotter/base/utf8.h"

#include <string_view>

#include <gtest/gtest.h>

namespace spotter {
namespace {

using std::string_view_literals::operator""sv;

TEST(Utf8, TakesWhatIsWellFormed) {
  for (const std::string_view text : {""sv, "plain"sv, "\0"sv, "\xC3\xA4"sv, "\xE2\x82\xAC"sv, "\xF0\x9F\x8F\x8B"sv,
                                      "\xF4\x8F\xBF\xBF"sv, "\xED\x9F\xBF"sv}) {
    EXPECT_TRUE(IsUtf8(text)) << text;
  }
}

TEST(Utf8, RefusesBrokenOverlongSurrogateAndTooLarge) {
  for (const std::string_view text : {"\x80"sv, "\xFF"sv, "a\xC3"sv, "\xC3("sv, "\xC0\x80"sv, "\xE0\x80\x80"sv,
                                      "\xED\xA0\x80"sv, "\xF4\x90\x80\x80"sv, "\xF0\x9F\x8F"sv}) {
    EXPECT_FALSE(IsUtf8(text));
  }
}

}  // namespace
}  // namespace spotter
