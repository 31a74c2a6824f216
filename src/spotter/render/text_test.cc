// SPDX-License-Identifier: Apache-2.0
#include "spotter/render/text.h"

#include <gtest/gtest.h>

namespace spotter::render {
namespace {

constexpr Color kWhite{255, 255, 255};

int Inked(const Canvas& canvas, int x0, int x1) {
  int count = 0;
  for (int y = 0; y < canvas.height(); ++y)
    for (int x = x0; x < x1; ++x) count += canvas.At(x, y).g > 127 ? 1 : 0;
  return count;
}

Canvas Written(std::string_view text) {
  Canvas canvas(120, 60);
  DrawText(canvas, {10, 30}, text, {40, kWhite});
  return canvas;
}

TEST(Text, DigitsAreAllEquallyWideSoThatCountsDoNotJump) {
  for (const char* digit : {"1", "4", "7", "9"}) EXPECT_FLOAT_EQ(TextWidth(digit, 20), TextWidth("0", 20));
}

TEST(Text, WidthGrowsWithSizeAndIsWhatIsDrawn) {
  EXPECT_FLOAT_EQ(TextWidth("squat", 40), 2 * TextWidth("squat", 20));
  const Canvas canvas = Written("HH");
  const int end = 10 + static_cast<int>(TextWidth("HH", 40));
  EXPECT_GT(Inked(canvas, 10, end), 200);
  EXPECT_EQ(Inked(canvas, end, 120), 0);
  EXPECT_EQ(Inked(canvas, 0, 10), 0);
}

TEST(Text, CapitalsAreCentredOnTheGivenHeight) {
  const Canvas canvas = Written("H");
  int top = 60;
  int bottom = 0;
  for (int y = 0; y < 60; ++y) {
    for (int x = 0; x < 60; ++x) {
      if (canvas.At(x, y).g <= 127) continue;
      top = std::min(top, y);
      bottom = std::max(bottom, y);
    }
  }
  EXPECT_NEAR(0.5 * (top + bottom + 1), 30, 1);
}

TEST(Text, LettersHaveHoles) {
  const Canvas canvas = Written("O");
  const int middle = 10 + static_cast<int>(0.5F * TextWidth("O", 40));
  EXPECT_EQ(canvas.At(middle, 30), Color{});
}

TEST(Text, AccentsOfNamesAreDrawn) {
  EXPECT_GT(Inked(Written("é"), 0, 120), Inked(Written("e"), 0, 120));
  EXPECT_GT(Inked(Written("ř"), 0, 120), Inked(Written("r"), 0, 120));
}

TEST(Text, UnknownLettersAndBrokenUtf8BecomeQuestionMarks) {
  EXPECT_FLOAT_EQ(TextWidth("\u6f22", 20), TextWidth("?", 20));
  EXPECT_FLOAT_EQ(TextWidth("a\xff", 20), TextWidth("a?", 20));
  EXPECT_FLOAT_EQ(TextWidth("\xe2\x82", 20), TextWidth("??", 20));  // cut off inside a character
  EXPECT_FLOAT_EQ(TextWidth("\xc3(", 20), TextWidth("?(", 20));     // continuation byte missing
  EXPECT_FLOAT_EQ(TextWidth("\n\t", 20), TextWidth("??", 20));
}

TEST(Text, LongTextIsCutToFit) {
  const std::string fitted = FitText("a name that goes on and on", 20, 100);
  EXPECT_LE(TextWidth(fitted, 20), 100);
  EXPECT_GT(TextWidth(fitted, 20), 80);
  EXPECT_TRUE(fitted.ends_with("\u2026"));
  EXPECT_EQ(FitText("short", 20, 100), "short");
  EXPECT_EQ(FitText("anything", 20, 3), "");
  EXPECT_EQ(FitText("ééééééééé", 20, 60).find('?'), std::string::npos);  // cut between characters
}

}  // namespace
}  // namespace spotter::render
