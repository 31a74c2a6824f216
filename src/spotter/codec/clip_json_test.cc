// SPDX-License-Identifier: Apache-2.0
#include "spotter/codec/clip_json.h"

#include <gtest/gtest.h>

namespace spotter::codec {
namespace {

using std::chrono::milliseconds;

ClipDone Example() {
  ClipDone clip;
  clip.request = {.event_id = "7f",
                  .camera_id = CameraId("cam_01"),
                  .at = milliseconds(14'200),
                  .from = milliseconds(10'200),
                  .to = milliseconds(18'200)};
  clip.span = ClipSpan{.start = milliseconds(10'200),
                       .end = milliseconds(15'900),
                       .start_at = UtcTime(milliseconds(10'200)),
                       .end_at = UtcTime(milliseconds(15'900))};
  clip.gaps = {{milliseconds(15'900), milliseconds(18'200), "the stream ended"}};
  clip.codec = "h264";
  clip.plays_in_browsers = true;
  return clip;
}

TEST(ClipJson, WhatWasWrittenIsRead) {
  const Result<ClipDone> read = ClipFromJson(ClipToJson(Example()));
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(read->request.event_id, "7f");
  EXPECT_EQ(read->request.from, milliseconds(10'200));
  EXPECT_EQ(read->span->end, milliseconds(15'900));
  EXPECT_EQ(read->span->end_at, UtcTime(milliseconds(15'900)));
  EXPECT_EQ(read->gaps.at(0).reason, "the stream ended");
  EXPECT_TRUE(read->plays_in_browsers);
  EXPECT_FALSE(read->is_complete());
  EXPECT_EQ(ClipToJson(*read), ClipToJson(Example()));
}

TEST(ClipJson, WithoutAClipThereIsAReason) {
  ClipDone none = Example();
  none.span.reset();
  none.reason = "the disk \"C\" is full\xff";
  const Result<ClipDone> read = ClipFromJson(ClipToJson(none));
  ASSERT_TRUE(read.ok());
  EXPECT_FALSE(read->span.has_value());
  EXPECT_TRUE(read->reason.starts_with("the disk \"C\" is full"));
}

TEST(ClipJson, AnythingElseIsRefused) {
  for (const char* text : {"", "{}", "[1]", "nonsense", R"({"v":2})", R"({"v":1,"event_id":5})"})
    EXPECT_FALSE(ClipFromJson(text).ok()) << text;
  std::string wrong = ClipToJson(Example());
  wrong.replace(wrong.find("14.2"), 4, "1e99");
  EXPECT_FALSE(ClipFromJson(wrong).ok());
}

}  // namespace
}  // namespace spotter::codec
