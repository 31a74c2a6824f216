// SPDX-License-Identifier: Apache-2.0
#include "spotter/base/printable.h"

#include <gtest/gtest.h>

namespace spotter {
namespace {

TEST(Printable, TextOfAnyLanguageStaysAsItIs) {
  for (const char* text : {"", "bench_01", "M\xC3\xA1quina \xC2\xBF", "\xF0\x9F\x8F\x8B \xE4\xB8\xAD", "a\\b"})
    EXPECT_EQ(Printable(text), text);
}

TEST(Printable, ControlCharactersAreSpelledOut) {
  EXPECT_EQ(Printable("a\x1B[2Jb"), "a\\x1b[2Jb");
  EXPECT_EQ(Printable("one\r\n\ttwo\x7F"), "one\\r\\n\\ttwo\\x7f");
  EXPECT_EQ(Printable("\xC2\x9B"
                      "31m"),
            "\\x9b31m")
      << "a control character of two bytes";
}

TEST(Printable, MarksOfDirectionAndZeroWidthAreSpelledOut) {
  EXPECT_EQ(Printable("a\u202Eb\u2028c\u200Bd\uFEFF"), "a\\u202eb\\u2028c\\u200bd\\ufeff");
}

TEST(Printable, BytesThatAreNoUtf8AreSpelledOut) {
  EXPECT_EQ(Printable(std::string_view("\0\xC2", 2)), "\\x00\\xc2");
  EXPECT_EQ(Printable("a\x9B"
                      "31m"),
            "a\\x9b31m")
      << "C1 of a terminal that does not speak UTF-8";
}

}  // namespace
}  // namespace spotter
