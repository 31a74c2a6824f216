// SPDX-License-Identifier: Apache-2.0
#include "spotter/media/url.h"

#include <gtest/gtest.h>

namespace spotter::media {
namespace {

TEST(Url, KindIsReadFromTheForm) {
  EXPECT_EQ(KindOf("rtsp://cam/1"), UrlKind::kRtsp);
  EXPECT_EQ(KindOf("RTSPS://cam/1"), UrlKind::kRtsp);
  EXPECT_EQ(KindOf("https://host/a.mp4"), UrlKind::kHttp);
  EXPECT_EQ(KindOf("/dev/video0"), UrlKind::kDevice);
  EXPECT_EQ(KindOf("clip.mp4"), UrlKind::kFile);
  EXPECT_EQ(KindOf("odd:name.mp4"), UrlKind::kFile);
  EXPECT_EQ(KindOf("udp://239.0.0.1:1234"), UrlKind::kUnknown);
}

TEST(Url, PasswordsNeverShow) {
  EXPECT_EQ(RedactUrl("rtsp://admin:s3cret@10.0.0.7:554/live"), "rtsp://***@10.0.0.7:554/live");
  EXPECT_EQ(RedactUrl("http://cam/video.cgi?res=hd&pwd=s3cret&usr=me"), "http://cam/video.cgi?res=hd&pwd=***&usr=***");
  for (const char* url :
       {"rtsp://u:s3cret/with@at@cam/1", "rtsp://u:s3cret=?x@cam/1", "http://u:s3cret@cam/?Password=s3cret",
        "udp://u:s3cret@cam", "https://cam/v?access_token=s3cret;a=1"}) {
    EXPECT_EQ(RedactUrl(url).find("s3cret"), std::string::npos) << RedactUrl(url);
  }
}

TEST(Url, WithoutSecretsNothingChanges) {
  for (const char* url : {"rtsp://cam:8554/live?res=hd", "/videos/a@b?password=x.mp4", "/dev/video2"}) {
    EXPECT_EQ(RedactUrl(url), url);
  }
}

}  // namespace
}  // namespace spotter::media
