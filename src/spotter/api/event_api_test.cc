// SPDX-License-Identifier: Apache-2.0
#include "spotter/api/event_api.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "spotter/api/event_page.h"
#include "spotter/base/testing/temp_dir.h"
#include "spotter/base/utc.h"
#include "spotter/codec/clip_json.h"
#include "spotter/media/probe.h"
#include "spotter/media/testing/make_video.h"
#include "spotter/store/sqlite/sqlite_store.h"

namespace spotter::api {
namespace {

using net::HttpHeaders;
using net::HttpRequest;
using net::HttpResponse;
using nlohmann::json;

constexpr const char* kToken = "a token of some length";
using Ids = std::vector<std::string>;

std::string HeaderOf(const HttpResponse& response, const std::string& name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return "";
}

class EventApiTest : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directory(folder_ / "media");
    auto store = store::OpenSqliteStore({.path = folder_ / "events.db", .deliver = {}});
    ASSERT_TRUE(store.ok()) << store.error().message;
    store_ = std::move(store).value();
    ingest_ = std::make_unique<store::GroupCommit>(store_->events());
    Serve(true);
  }
  void Serve(bool trust_loopback) {
    api_ = std::make_unique<EventApi>(*store_, *ingest_, *store_->Secret(),
                                      EventApiOptions{.token = kToken,
                                                      .trust_loopback = trust_loopback,
                                                      .allowed_roots = {folder_ / "media"},
                                                      .now = [this] { return now_; },
                                                      .time_zone = "Europe/Madrid",
                                                      .machines = {"bench_09"},
                                                      .cameras_of = {{"bench_01", {"cam_01"}}}});
  }
  void TearDown() override {
    api_.reset();
    ingest_.reset();
    store_.reset();
  }

  HttpResponse Ask(const std::string& method,
                   const std::string& target,
                   HttpHeaders headers = {},
                   const std::string& body = "") const {
    const auto parsed = net::ParseTarget(target);
    EXPECT_TRUE(parsed) << target;
    return api_->Handle({.method = method,
                         .target = *parsed,
                         .headers = std::move(headers),
                         .body = body,
                         .from_loopback = from_loopback_});
  }
  HttpResponse Get(const std::string& target, HttpHeaders headers = {}) const {
    return Ask("GET", target, std::move(headers));
  }
  HttpResponse Post(const std::string& body) const {
    return Ask("POST", "/ingest/event", {{"content-type", "application/json; charset=utf-8"}}, body);
  }
  json Event(const std::string& id, double ts_utc) const {
    return {{"event_id", id},
            {"ts_utc", ts_utc},
            {"store_id", "gym_demo"},
            {"camera_id", "cam_01"},
            {"person_id", "p_7"},
            {"track_id", "7"},
            {"event_type", "CLEANING_ATTEMPT"},
            {"zone_id", "bench"},
            {"needs_mm", true},
            {"media", {{"path", (folder_ / "media" / "clip.mp4").string()}, {"start_ts_utc", 1}, {"end_ts_utc", 2}}}};
  }
  std::vector<std::string> Listed(const std::string& target) const {
    const HttpResponse response = Get(target);
    EXPECT_EQ(response.status, 200) << response.body;
    std::vector<std::string> ids;
    for (const json& event : json::parse(response.body)) ids.push_back(event["event_id"]);
    return ids;
  }

  const TempDir folder_;
  bool from_loopback_ = true;
  UtcTime now_{std::chrono::seconds(1'000'000)};
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<store::GroupCommit> ingest_;
  std::unique_ptr<EventApi> api_;
};

TEST_F(EventApiTest, HealthSaysOk) {
  EXPECT_EQ(Get("/health").body, R"({"status":"ok"})");
  EXPECT_EQ(Ask("HEAD", "/health").status, 200);
}

TEST_F(EventApiTest, AnEventIsCreatedOnce) {
  EXPECT_EQ(Post(Event("a", 5).dump()).body, R"({"event_id":"a","status":"created"})");
  EXPECT_EQ(Post(Event("a", 9).dump()).body, R"({"event_id":"a","status":"duplicate"})");
  const json shown = json::parse(Get("/events/a").body);
  EXPECT_EQ(shown["ts_utc"], 5);
  EXPECT_EQ(shown["mm_status"], "PENDING");
  EXPECT_EQ(shown["metrics"], json::object());
  EXPECT_EQ(Get("/events/b").status, 404);
}

TEST_F(EventApiTest, WhatIsWrongIsAnsweredWithDetail) {
  json unknown = Event("a", 5);
  unknown["event_type"] = "PARTY";
  EXPECT_EQ(Post(unknown.dump()).status, 422);
  EXPECT_NE(json::parse(Post(unknown.dump()).body)["detail"].get<std::string>().find("event_type"), std::string::npos);
  EXPECT_EQ(Post("{").status, 400);
  EXPECT_EQ(Post("[]").status, 422);
  EXPECT_EQ(Ask("POST", "/ingest/event", {{"Content-Type", "text/plain"}}, Event("a", 5).dump()).status, 415);
  EXPECT_EQ(Get("/ingest/event").status, 405);
  EXPECT_EQ(Get("/nothing").status, 404);
  for (const char* target : {"/events?limit=x", "/events?limit=0", "/events?start_ts=yesterday", "/events?end_ts=nan",
                             "/events?cursor=1", "/api/v1/events?after_seq=-1"}) {
    EXPECT_EQ(Get(target).status, 422) << target;
  }
}

TEST_F(EventApiTest, AKnownIdIsADuplicateWhateverElseTheBodySays) {
  Post(Event("a", 5).dump());
  json again = Event("a", 5'000'000'000'000);
  again["event_type"] = "PARTY";
  again.erase("media");
  EXPECT_EQ(Post(again.dump()).status, 200);
  EXPECT_EQ(json::parse(Post(again.dump()).body)["status"], "duplicate");
  EXPECT_EQ(json::parse(Get("/events/a").body)["ts_utc"], 5);
  again["event_id"] = "b";
  EXPECT_EQ(Post(again.dump()).status, 422);
}

TEST_F(EventApiTest, MediaTypesKnowNoCase) {
  EXPECT_EQ(Ask("POST", "/ingest/event", {{"Content-Type", "Application/JSON"}}, Event("a", 5).dump()).status, 200);
}

TEST_F(EventApiTest, MoreThanAPageHoldsIsAPage) {
  Post(Event("a", 5).dump());
  EXPECT_EQ(Listed("/events?limit=10001"), Ids{"a"});
  EXPECT_EQ(Listed("/events?limit=9999999999"), Ids{"a"});
}

TEST_F(EventApiTest, ListsNewestFirstWithFilters) {
  for (int i = 1; i <= 3; ++i) Post(Event(std::to_string(i), i * 100.0).dump());
  EXPECT_EQ(Listed("/events"), (Ids{"3", "2", "1"}));
  EXPECT_EQ(Listed("/events?event_type=&camera_id=&zone_id=&start_ts=&end_ts=&limit="), (Ids{"3", "2", "1"}));
  EXPECT_EQ(Listed("/events?start_ts=200&end_ts=300.0"), (Ids{"3", "2"}));
  EXPECT_EQ(Listed("/events?event_type=CLEANING_ATTEMPT&zone_id=bench&camera_id=cam_01&limit=1"), (Ids{"3"}));
  EXPECT_EQ(Listed("/events?zone_id=other"), Ids{});
}

TEST_F(EventApiTest, PagesAreJoinedByTheLinkHeader) {
  for (int i = 0; i < 5; ++i) Post(Event(std::to_string(i), 100.0).dump());
  Ids seen;
  std::string target = "/events?limit=2&zone_id=bench";
  while (!target.empty()) {
    for (const std::string& id : Listed(target)) seen.push_back(id);
    const std::string link = HeaderOf(Get(target), "Link");
    target = link.empty() ? "" : link.substr(1, link.find('>') - 1);
  }
  EXPECT_EQ(seen, (Ids{"4", "3", "2", "1", "0"}));
}

TEST_F(EventApiTest, APageEndsWhereItsEventsBecomeLarge) {
  json event = Event("", 100.0);
  event["metrics"] = {{"notes", std::string(900'000, 'x')}};
  constexpr int kEvents = 40;
  for (int i = 0; i < kEvents; ++i) {
    event["event_id"] = std::to_string(i);
    ASSERT_EQ(Post(event.dump()).status, 200);
  }
  Ids seen;
  int pages = 0;
  for (std::string target = "/events?limit=100"; !target.empty(); ++pages) {
    const HttpResponse page = Get(target);
    EXPECT_LT(page.body.size(), kMaxPageBytes + (std::size_t{2} << 20U));
    for (const json& listed : json::parse(page.body)) seen.push_back(listed["event_id"].get<std::string>());
    const std::string link = HeaderOf(page, "Link");
    target = link.empty() ? "" : link.substr(1, link.find('>') - 1);
  }
  EXPECT_EQ(pages, 3);
  EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), std::size_t{kEvents});
  EXPECT_EQ(std::ssize(seen), kEvents);
  const json followed = json::parse(Get("/api/v1/events?after_seq=0&limit=100").body)["events"];
  EXPECT_LT(std::ssize(followed), kEvents) << "a follower goes on behind the last one";
  EXPECT_EQ(followed[0]["event_id"], "0");
}

TEST_F(EventApiTest, TheOwnFormPagesAndFollows) {
  for (int i = 0; i < 3; ++i) Post(Event(std::to_string(i), 100.0 - i).dump());
  const json first = json::parse(Get("/api/v1/events?limit=2").body);
  EXPECT_EQ(first["events"].size(), 2U);
  EXPECT_EQ(first["events"][0]["type"], "cleaning_attempt");
  const json second = json::parse(Get("/api/v1/events?limit=2&cursor=" + first["next_cursor"].get<std::string>()).body);
  EXPECT_EQ(second["events"].size(), 1U);
  EXPECT_TRUE(second["next_cursor"].is_null());
  const json followed = json::parse(Get("/api/v1/events?after_seq=1").body);
  EXPECT_EQ(followed["events"][0]["event_id"], "1");
  EXPECT_EQ(json::parse(Get("/api/v1/events/2").body)["seq"], 3);
}

TEST_F(EventApiTest, AnyUnicodeIdIsStoredAndServed) {
  const std::string id = "../\xF0\x9F\x8F\x8B \"<script>\" %2F?&";
  EXPECT_EQ(Post(Event(id, 5).dump()).status, 200);
  EXPECT_EQ(json::parse(Get("/events/" + net::PercentEncode(id)).body)["event_id"], id);
  EXPECT_EQ(Get("/media/" + net::PercentEncode(id)).status, 404) << "no file yet";
}

TEST_F(EventApiTest, AClipIsServedWholeInPartAndConditionally) {
  std::ofstream(folder_ / "media" / "clip.mp4") << "0123456789";
  Post(Event("a", 5).dump());
  const HttpResponse whole = Get("/media/a");
  EXPECT_EQ(whole.status, 200);
  EXPECT_EQ(whole.file->length, 10U);
  EXPECT_EQ(HeaderOf(whole, "Content-Type"), "video/mp4");
  EXPECT_EQ(HeaderOf(whole, "Accept-Ranges"), "bytes");
  const HttpResponse part = Get("/media/a", {{"Range", "bytes=2-4"}});
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(HeaderOf(part, "Content-Range"), "bytes 2-4/10");
  EXPECT_EQ(part.file->offset, 2U);
  EXPECT_EQ(part.file->length, 3U);
  const HttpResponse beyond = Get("/media/a", {{"Range", "bytes=10-"}});
  EXPECT_EQ(beyond.status, 416);
  EXPECT_EQ(HeaderOf(beyond, "Content-Range"), "bytes */10");
  const std::string tag = HeaderOf(whole, "ETag");
  EXPECT_EQ(Get("/media/a", {{"If-None-Match", tag}}).status, 304);
  EXPECT_EQ(Get("/media/a", {{"Range", "bytes=2-4"}, {"If-Range", tag}}).status, 206);
  EXPECT_EQ(Get("/media/a", {{"Range", "bytes=2-4"}, {"If-Range", HeaderOf(whole, "Last-Modified")}}).status, 206);
  EXPECT_EQ(Get("/media/a", {{"Range", "bytes=2-4"}, {"If-Range", "\"other\""}}).status, 200);
  std::ofstream(folder_ / "media" / "clip.mp4") << "changed meanwhile";
  EXPECT_NE(HeaderOf(Get("/media/a"), "ETag"), tag);
}

TEST_F(EventApiTest, AClipOutsideOfTheAllowedFoldersIsNotThere) {
  std::ofstream(folder_ / "secret") << "secret";
  for (const std::string& path : {std::string("/etc/passwd"), (folder_ / "secret").string(),
                                  (folder_ / "media" / ".." / "secret").string(), std::string()}) {
    json event = Event("at " + path, 5);
    event["media"]["path"] = path;
    ASSERT_EQ(Post(event.dump()).status, 200);
    EXPECT_EQ(Get("/media/" + net::PercentEncode("at " + path)).status, 404) << path;
  }
}

TEST_F(EventApiTest, BeyondThisMachineEverythingNeedsTheToken) {
  Post(Event("a", 5).dump());
  from_loopback_ = false;
  EXPECT_EQ(Get("/health").status, 200);
  for (const char* target : {"/events", "/events/a", "/media/a", "/api/v1/events", "/api/v1/events/a/clip-address",
                             "/api/v1/machines", "/api/v1/report"}) {
    EXPECT_EQ(Get(target).status, 401) << target;
    EXPECT_EQ(Get(target, {{"Authorization", "Bearer wrong token of length"}}).status, 401) << target;
    EXPECT_NE(Get(target, {{"Authorization", std::string("Bearer ") + kToken}}).status, 401) << target;
  }
  EXPECT_EQ(Post(Event("b", 5).dump()).status, 401);
  EXPECT_EQ(Ask("PUT", "/api/v1/events/a/pin").status, 401);
}

TEST_F(EventApiTest, WhatAProxyOnThisMachineForwardsIsNotLocal) {
  Post(Event("a", 5).dump());
  for (const char* header :
       {"Forwarded", "x-forwarded-for", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"}) {
    EXPECT_EQ(Get("/events", {{header, "127.0.0.1"}}).status, 401) << header;
    EXPECT_EQ(Get("/media/a", {{header, "127.0.0.1"}}).status, 401) << header;
    EXPECT_EQ(Get("/health", {{header, "127.0.0.1"}}).status, 200) << header;
    const HttpHeaders with_token = {{header, "127.0.0.1"}, {"Authorization", std::string("Bearer ") + kToken}};
    EXPECT_EQ(Get("/events", with_token).status, 200) << header;
  }
}

TEST_F(EventApiTest, APageOfAnotherSiteThatWasLedHereIsNotLocal) {
  const auto status = [&](const char* host, const char* agent) {
    return Get("/events", {{"Host", host}, {"User-Agent", agent}}).status;
  };
  for (const char* host :
       {"evil.example", "Evil.example:8000", "127.0.0.1.evil.example", "evil.example.", "evil.local"}) {
    EXPECT_EQ(status(host, "Mozilla/5.0"), 401) << host;
    EXPECT_EQ(status(host, "python-requests/2.31"), 200) << "a program goes where it wants: " << host;
  }
  for (const char* host : {"127.0.0.1:8000", "LOCALHOST:8000", "localhost.", "a.localhost", "[::1]:8000", "gymbox"})
    EXPECT_EQ(status(host, "Mozilla/5.0"), 200) << host;
}

TEST_F(EventApiTest, WithoutTrustInThisMachineEverybodyNeedsTheToken) {
  Serve(false);
  EXPECT_EQ(Get("/events").status, 401);
  EXPECT_EQ(Get("/health").status, 200);
  EXPECT_EQ(Get("/events", {{"Authorization", std::string("Bearer ") + kToken}}).status, 200);
}

TEST_F(EventApiTest, ASignedAddressOpensItsClipAndNothingElseUntilItExpires) {
  std::ofstream(folder_ / "media" / "clip.mp4") << "0123456789";
  Post(Event("a", 5).dump());
  Post(Event("b", 5).dump());
  const json given = json::parse(Get("/api/v1/events/a/clip-address?valid_s=60").body);
  EXPECT_EQ(given["expires_ts_utc"], 1'000'060);
  const std::string url = given["url"];
  from_loopback_ = false;
  EXPECT_EQ(Get(url).status, 200);
  EXPECT_EQ(Get(url, {{"Range", "bytes=0-0"}}).status, 206);
  EXPECT_EQ(Get("/media/b" + url.substr(url.find('?'))).status, 403);
  EXPECT_EQ(Get(url + "0").status, 403);
  now_ += std::chrono::seconds(60);
  EXPECT_EQ(Get(url).status, 403);
  from_loopback_ = true;
  EXPECT_EQ(Get(url).status, 403) << "late is late everywhere";
}

TEST_F(EventApiTest, EventsArePinnedAndReleased) {
  Post(Event("a", 5).dump());
  EXPECT_EQ(Ask("PUT", "/api/v1/events/a/pin").body, R"({"event_id":"a","pinned":true})");
  EXPECT_EQ(json::parse(Get("/api/v1/events/a").body)["pinned"], true);
  EXPECT_EQ(Ask("DELETE", "/api/v1/events/a/pin").body, R"({"event_id":"a","pinned":false})");
  EXPECT_EQ(json::parse(Get("/api/v1/events/a").body)["pinned"], false);
  EXPECT_EQ(Ask("PUT", "/api/v1/events/none/pin").status, 404);
}

TEST_F(EventApiTest, BrowsersGetACopyOfWhatTheyCannotPlay) {
  Post(Event("a", 5).dump());
  ASSERT_TRUE(media::testing::MakeVideo({.path = folder_ / "media/clip.mp4", .codec = "mpeg4"}));
  const std::filesystem::path copy = folder_ / "media/clip.h264.mp4";
  EXPECT_EQ(Get("/media/a").file->file->size(), std::filesystem::file_size(folder_ / "media/clip.mp4"));
  EXPECT_FALSE(std::filesystem::exists(copy)) << "nobody asked for it";
  const HttpResponse played = Get("/media/a?browser=1", {{"Range", "bytes=0-9"}});
  EXPECT_EQ(played.status, 206) << played.body;
  ASSERT_TRUE(std::filesystem::exists(copy));
  EXPECT_EQ(played.file->file->size(), std::filesystem::file_size(copy));
  EXPECT_EQ(media::Probe({.url = copy})->codec, "h264");
  const auto made_at = std::filesystem::last_write_time(copy);
  EXPECT_EQ(Get("/media/a?browser=1").status, 200);
  EXPECT_EQ(std::filesystem::last_write_time(copy), made_at) << "it is made once";
  from_loopback_ = false;
  EXPECT_EQ(Get("/media/a?browser=1").status, 401);
  from_loopback_ = true;
  const std::string url = json::parse(Get("/api/v1/events/a/clip-address?browser=1").body)["url"];
  from_loopback_ = false;
  EXPECT_EQ(Get(url).file->file->size(), std::filesystem::file_size(copy));
}

TEST_F(EventApiTest, AVideoElementGetsACopyUnasked) {
  Post(Event("a", 5).dump());
  ASSERT_TRUE(media::testing::MakeVideo({.path = folder_ / "media/clip.mp4", .codec = "mpeg4"}));
  const std::filesystem::path copy = folder_ / "media/clip.h264.mp4";
  for (const char* destination : {"document", "empty", "image"}) {
    EXPECT_EQ(Get("/media/a", {{"Sec-Fetch-Dest", destination}}).file->file->size(),
              std::filesystem::file_size(folder_ / "media/clip.mp4"));
  }
  EXPECT_FALSE(std::filesystem::exists(copy));
  const HttpResponse played = Get("/media/a", {{"Sec-Fetch-Dest", "video"}, {"Range", "bytes=0-"}});
  EXPECT_EQ(played.status, 206) << played.body;
  ASSERT_TRUE(std::filesystem::exists(copy));
  EXPECT_EQ(played.file->file->size(), std::filesystem::file_size(copy));
  EXPECT_EQ(HeaderOf(played, "Vary"), "Sec-Fetch-Dest");
}

TEST_F(EventApiTest, AVideoElementGetsTheClipItselfWhileThereIsNoCopy) {
  json event = Event("a", 5);
  const std::string clip = folder_ / "media" / (std::string(251, 'x') + ".mp4");  // its copy's name is too long
  event["media"]["path"] = clip;
  Post(event.dump());
  const std::string made = folder_ / "media/made.mp4";
  ASSERT_TRUE(media::testing::MakeVideo({.path = made, .codec = "mpeg4"}));
  std::filesystem::rename(made, clip);
  const HttpResponse shown = Get("/media/a", {{"Sec-Fetch-Dest", "video"}});
  EXPECT_EQ(shown.status, 200) << shown.body;
  ASSERT_TRUE(shown.file);
  EXPECT_EQ(shown.file->file->size(), std::filesystem::file_size(clip));
  EXPECT_EQ(Get("/media/a?browser=1", {{"Sec-Fetch-Dest", "video"}}).status, 503) << "who asks for a copy waits for it";
}

TEST_F(EventApiTest, WhyThereIsNoClipIsSaid) {
  Post(Event("a", 5).dump());
  ClipDone failed;
  failed.reason = "the camera was away";
  std::ofstream(folder_ / "media/clip.json") << codec::ClipToJson(failed);
  for (const char* target : {"/media/a", "/media/a?browser=1"}) {
    EXPECT_EQ(Get(target).status, 404);
    EXPECT_NE(Get(target).body.find("the camera was away"), std::string::npos) << Get(target).body;
  }
  std::ofstream(folder_ / "media/clip.json") << std::string(100'000, ' ') << codec::ClipToJson(failed);
  EXPECT_EQ(Get("/media/a").status, 404) << "that is no metadata of ours";
}

TEST_F(EventApiTest, BrowsersGetTheClipItselfWhereTheyPlayItAnd404WhereThereIsNone) {
  Post(Event("a", 5).dump());
  EXPECT_EQ(Get("/media/a?browser=1").status, 404);
  std::ofstream(folder_ / "media/clip.mp4") << "no video";
  EXPECT_EQ(Get("/media/a?browser=1").status, 404);
  ASSERT_TRUE(media::testing::MakeVideo({.path = folder_ / "media/clip.mp4"}));
  EXPECT_EQ(Get("/media/a?browser=1").file->file->size(), std::filesystem::file_size(folder_ / "media/clip.mp4"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "media/clip.h264.mp4"));
}

// Machine bench_01 was used for five minutes and is dirty; its last hours before `now_`.
void StoreAUse(store::Store& store, double now_s) {
  const auto record = [](const std::string& id, const std::string& type, double ts_utc, const json& data) {
    EventRecord event;
    event.event_id = id;
    event.type = type;
    event.zone_id = "bench_01";
    event.ts_utc = ts_utc;
    event.data = data.dump();
    return event;
  };
  const std::vector<EventRecord> records = {
      record("1", "machine_state_changed", now_s - 7200, {{"state", "free"}}),
      record("2", "machine_state_changed", now_s - 900, {{"state", "in_use"}}),
      record("3", "machine_occupied_end", now_s - 600, {{"dwell_s", 300}}),
      record("4", "machine_state_changed", now_s - 600, {{"state", "needs_cleaning"}}),
      record("5", "cleaning_window_closed", now_s - 555, {{"verdict", "not_cleaned"}, {"confidence", 1}})};
  ASSERT_TRUE(store.events().Append(records).ok());
}

TEST_F(EventApiTest, MachinesSayWhatIsFreeNow) {
  StoreAUse(*store_, UnixSeconds(now_));
  const json answer = json::parse(Get("/api/v1/machines").body);
  ASSERT_EQ(answer["machines"].size(), 2U);
  EXPECT_EQ(answer["machines"][0]["zone_id"], "bench_01");
  EXPECT_EQ(answer["machines"][0]["state"], "needs_cleaning");
  EXPECT_EQ(answer["machines"][0]["hygiene_score"], 0);
  EXPECT_EQ(answer["machines"][1]["zone_id"], "bench_09");
  EXPECT_EQ(answer["machines"][1]["state"], "blind");
}

TEST_F(EventApiTest, AMachineIsBlindWhileItsCameraIsSilent) {
  const double now_s = UnixSeconds(now_);
  StoreAUse(*store_, now_s);
  const auto machine = [&] { return json::parse(Get("/api/v1/machines").body)["machines"][0]; };
  EXPECT_EQ(machine()["state"], "needs_cleaning") << "no live camera was ever seen";
  ASSERT_TRUE(store_->cameras().SawFrame({.camera_id = "cam_01", .last_frame_ts_utc = now_s - 2}).ok());
  EXPECT_EQ(machine()["state"], "needs_cleaning");
  now_ += std::chrono::seconds(60);
  EXPECT_EQ(machine()["state"], "blind");
  EXPECT_EQ(machine()["since"], FormatUtc(UtcTime(FromSeconds(now_s - 2))));
}

// What an edge box sends that tells no dwell and no states: three uses of a minute each, ten minutes apart.
TEST_F(EventApiTest, UsesOfASenderThatTellsNoDwellAreAsLongAsTheyWere) {
  const double now = UnixSeconds(now_);
  const auto send = [&](const std::string& id, const std::string& type, double ts_utc) {
    json event = Event(id, ts_utc);
    event["event_type"] = type;
    event["metrics"] = {{"dwell_s", 0}};
    ASSERT_EQ(Post(event.dump()).status, 200);
  };
  for (const double start : {now - 3000, now - 2400, now - 1800}) {
    send(fmt::format("s{}", start), "MACHINE_OCCUPIED_START", start);
    send(fmt::format("e{}", start), "MACHINE_OCCUPIED_END", start + 60);
  }
  const auto machine = [&](const std::string& target) {
    const json answer = json::parse(Get(target).body);
    return answer["machines"][0]["zone_id"] == "bench" ? answer["machines"][0] : json();
  };
  EXPECT_EQ(machine(fmt::format("/api/v1/report?start_ts={}&end_ts={}", now - 3600, now))["busy_s"], 180);
  // Of uses that were over before the period nothing is left.
  EXPECT_EQ(machine(fmt::format("/api/v1/report?start_ts={}&end_ts={}", now - 600, now))["busy_s"], 0);
  EXPECT_EQ(machine("/api/v1/machines")["state"], "free");
  now_ += std::chrono::hours(72);
  EXPECT_EQ(machine("/api/v1/machines")["state"], "free");
  EXPECT_EQ(machine("/api/v1/machines")["since"], FormatUtc(UtcTime(FromSeconds(now - 1740))));
  send("again", "MACHINE_OCCUPIED_START", UnixSeconds(now_) - 30);
  EXPECT_EQ(machine("/api/v1/machines")["state"], "in_use");
}

TEST_F(EventApiTest, AReportIsOfThePeriodThatIsAskedFor) {
  const double now = UnixSeconds(now_);
  StoreAUse(*store_, now);
  const json week = json::parse(Get("/api/v1/report").body);
  EXPECT_EQ(week["time_zone"], "Europe/Madrid");
  EXPECT_EQ(week["machines"][0]["busy_s"], 300);
  EXPECT_EQ(week["machines"][0]["watched_s"], 7200);
  EXPECT_EQ(week["machines"][0]["cleaning"]["not_cleaned"], 1);
  const json before =
      json::parse(Get(fmt::format("/api/v1/report?start_ts={}&end_ts={}", now - 5000, now - 4000)).body);
  EXPECT_EQ(before["machines"][0]["busy_s"], 0);
  EXPECT_EQ(before["machines"][0]["watched_s"], 1000);
  EXPECT_EQ(Get("/api/v1/report?start_ts=5&end_ts=4").status, 422);
  EXPECT_EQ(Get("/api/v1/report?start_ts=0&end_ts=99999999").status, 422);
}

}  // namespace
}  // namespace spotter::api
