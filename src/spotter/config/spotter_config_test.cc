// SPDX-License-Identifier: Apache-2.0
#include "spotter/config/spotter_config.h"

#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spotter::config {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string kSample = std::string(SPOTTER_SOURCE_DIR) + "/configs/spotter.yaml";

std::string Complaint(const std::string& text) {
  const Result<SpotterConfig> config = ParseSpotterConfig(text, "c.yaml");
  return config.ok() ? "(accepted)" : config.error().message;
}

// The sample with its example lines ("#key: ..." and "#  deeper", but not "# prose") switched on.
std::string SampleWithExamples() {
  std::ifstream file(kSample);
  std::string text;
  for (std::string line; std::getline(file, line);) {
    const bool is_example = line.starts_with("#") && !(line.starts_with("# ") && !line.starts_with("#  "));
    text += (is_example ? line.substr(1) : line) + "\n";
  }
  return text;
}

TEST(SpotterConfig, TheSampleShowsTheDefaults) {
  const Result<SpotterConfig> sample = LoadSpotterConfig(kSample);
  ASSERT_TRUE(sample.ok()) << sample.error().message;
  const SpotterConfig defaults;
  EXPECT_EQ(sample->gym.id, defaults.gym.id);
  EXPECT_EQ(sample->gym.time_zone, defaults.gym.time_zone);
  EXPECT_EQ(sample->models_dir, defaults.models_dir);
  EXPECT_EQ(sample->pose.model, defaults.pose.model);
  EXPECT_EQ(sample->pose.size, defaults.pose.size);
  EXPECT_EQ(sample->pose.device, defaults.pose.device);
  EXPECT_EQ(sample->pose.rate_hz, defaults.pose.rate_hz);
  EXPECT_EQ(sample->pose.refine, defaults.pose.refine);
  EXPECT_EQ(sample->pose.refine_hz, defaults.pose.refine_hz);
  EXPECT_EQ(sample->exercise.pinned, defaults.exercise.pinned);
  EXPECT_EQ(sample->exercise.definitions_dir, defaults.exercise.definitions_dir);
  EXPECT_EQ(sample->exercise.strictness, defaults.exercise.strictness);
  EXPECT_EQ(sample->clips.mode, ClipMode::kOff);
  EXPECT_THAT(sample->cameras, IsEmpty());
  EXPECT_THAT(sample->zones, IsEmpty());
  EXPECT_THAT(sample->warnings, IsEmpty());
}

TEST(SpotterConfig, TheExamplesInTheSampleAreValid) {
  const Result<SpotterConfig> config = ParseSpotterConfig(SampleWithExamples(), "spotter.yaml");
  ASSERT_TRUE(config.ok()) << config.error().message;
  EXPECT_EQ(config->models_dir, "build/deps/models");
  EXPECT_EQ(config->pose.model, "my_yolo_pose.onnx");
  EXPECT_EQ(config->exercise.pinned, "squat");
  EXPECT_EQ(config->clips.mode, ClipMode::kPixels);
  const ClipsConfig defaults;
  EXPECT_EQ(config->clips.dir, defaults.dir);
  EXPECT_EQ(config->clips.pre_s, defaults.pre_s);
  EXPECT_EQ(config->clips.post_s, defaults.post_s);
  EXPECT_EQ(config->clips.events, defaults.events);
  EXPECT_EQ(config->clips.ring_s, defaults.ring_s);
  EXPECT_EQ(config->clips.ring_mb, defaults.ring_mb);
  ASSERT_EQ(config->cameras.size(), 2U);
  EXPECT_EQ(config->cameras[0].fps, 10);
  EXPECT_EQ(config->cameras[0].floor_from_image->at(0)[2], -6.4);
  EXPECT_EQ(config->cameras[0].mirror_areas.size(), 1U);
  EXPECT_EQ(config->cameras[1].url, "/dev/video0");
  EXPECT_FALSE(config->cameras[1].fps.has_value());
  ASSERT_EQ(config->zones.size(), 3U);
  EXPECT_THAT(config->zones[0].floor->outline,
              ElementsAre(Point{1, 2}, Point{2.2F, 2}, Point{2.2F, 3.5F}, Point{1, 3.5F}));
  EXPECT_EQ(config->zones[1].views.at(CameraId("cam_01")).region.outline.size(), 4U);
  EXPECT_EQ(config->zones[0].reserve_limit, Zone().reserve_limit);
  EXPECT_EQ(config->zones[1].occupy_start, Zone().occupy_start);
  EXPECT_EQ(config->zones[2].kind, ZoneKind::kArea);
  EXPECT_EQ(config->zones[2].floor->holes.size(), 1U);
}

TEST(SpotterConfig, TheLeastThatOtherToolsWriteIsAccepted) {  // DESIGN, configuration
  EXPECT_EQ(Complaint(R"(gym: {id: gym_01, time_zone: Europe/Madrid}
cameras:
  - {id: cam_01, url: rtsp://10.0.0.7/1, fps: 10, floor_from_image: [[1,0,0],[0,1,0],[0,0,1]], mirror_areas: [[[0,0],[1,0],[1,1]]], ignore_areas: []}
zones:
  - {id: bench_01, kind: machine, floor_polygon: [[0,0],[1,0],[1,1]], occupy_start_s: 5, occupy_end_s: 3, cleaning_window_s: 45}
  - {id: bench_02, kind: machine, views: {cam_01: [[0,0],[1,0],[1,1]]}}
)"),
            "(accepted)");
  EXPECT_EQ(Complaint(""), "(accepted)");
}

TEST(SpotterConfig, AKeyWithoutEffectIsSaidSo) {
  const Result<SpotterConfig> config = ParseSpotterConfig(R"(gym: {time_zone: Europe/Madrid}
cameras:
  - {id: a, url: x.mp4, ignore_areas: []}
  - id: b
    url: y.mp4
    ignore_areas: []
video_fps_override: 5
)",
                                                          "c.yaml");
  ASSERT_TRUE(config.ok()) << config.error().message;
  EXPECT_THAT(config->warnings, ElementsAre("c.yaml:7: key 'video_fps_override' has no effect in this version"));
}

TEST(SpotterConfig, AFileOfThePrototypeLoadsAsItIs) {
  const Result<SpotterConfig> config = ParseSpotterConfig(R"(video_fps_override:
occupy_start_s: 6
occupy_end_s: 2
cleaning_window_s: 45
clip_pre_s: 3
clip_post_s: 4
rois:
  - {zone_id: machine_bench_01, x1: 100, y1: 120, x2: 380, y2: 420}
)",
                                                          "config.yaml");
  ASSERT_TRUE(config.ok()) << config.error().message;
  EXPECT_EQ(config->clips.pre_s, 3);
  EXPECT_EQ(config->clips.post_s, 4);
  ASSERT_EQ(config->zones.size(), 1U);
  const Zone& zone = config->zones[0];
  EXPECT_EQ(zone.id, ZoneId("machine_bench_01"));
  EXPECT_EQ(zone.occupy_start, std::chrono::seconds(6));
  EXPECT_EQ(zone.occupy_end, std::chrono::seconds(2));
  const ZoneView& view = zone.views.at(DefaultCameraId(0));
  EXPECT_TRUE(view.in_pixels);
  EXPECT_THAT(view.region.outline, ElementsAre(Point{100, 120}, Point{380, 120}, Point{380, 420}, Point{100, 420}));
}

TEST(SpotterConfig, ARoiOfThePrototypeMayHaveAnyName) {
  for (const char* name : {"Bench 1", "\xD9\x85\xE2\x80\x8C\xDB\x8C", "B\xC3\xA4nk/2", "\xE5\x8F\xB0"}) {
    const auto config = ParseSpotterConfig(
        std::string("rois:\n  - {zone_id: \"") + name + "\", x1: 1, y1: 1, x2: 9, y2: 9}", "config.yaml");
    ASSERT_TRUE(config.ok()) << config.error().message;
    EXPECT_EQ(config->zones[0].id.value(), name);
  }
  for (const std::string& name : {std::string(), std::string("a\\nb"), std::string(257, 'x')})
    EXPECT_FALSE(
        ParseSpotterConfig("rois:\n  - {zone_id: \"" + name + "\", x1: 1, y1: 1, x2: 9, y2: 9}", "config.yaml").ok());
}

TEST(SpotterConfig, AnEventTypeThatThereIsNotIsNamedWithThoseThatThereAre) {
  EXPECT_TRUE(ParseSpotterConfig("clips: {events: [set_completed, cleaning_attempt]}", "c.yaml").ok());
  for (const char* type : {"Set Completed", "set_complete", "CLEANING_ATTEMPT", "'?!'"}) {
    const Result<SpotterConfig> config =
        ParseSpotterConfig(std::string("clips: {events: [rep_counted, ") + type + "]}", "c.yaml");
    ASSERT_FALSE(config.ok()) << type;
    EXPECT_THAT(config.error().message, HasSubstr("c.yaml:1: key 'clips.events[1]': must be one of "));
    EXPECT_THAT(config.error().message, HasSubstr("set_completed"));
  }
}

TEST(SpotterConfig, TheTimesAtTheTopHoldForZonesWithoutTheirOwn) {
  const Result<SpotterConfig> config = ParseSpotterConfig(R"(occupy_start_s: 8
reserve_limit_s: 0
cameras: [{id: a, url: x.mp4}]
zones:
  - {id: y, views: {a: [[0,0],[1,0],[1,1]]}}
  - {id: z, views: {a: [[0,0],[1,0],[1,1]]}, occupy_start_s: 2, reserve_limit_s: 90}
)",
                                                          "c.yaml");
  ASSERT_TRUE(config.ok()) << config.error().message;
  EXPECT_EQ(config->zones[0].occupy_start, std::chrono::seconds(8));
  EXPECT_EQ(config->zones[1].occupy_start, std::chrono::seconds(2));
  EXPECT_EQ(config->zones[0].reserve_limit, std::chrono::seconds(0));
  EXPECT_EQ(config->zones[1].reserve_limit, std::chrono::seconds(90));
}

TEST(SpotterConfig, AZoneOnAFloorThatNoCameraKnowsIsSaidSo) {
  const Result<SpotterConfig> config =
      ParseSpotterConfig("zones: [{id: z, floor_polygon: [[0,0],[1,0],[1,1]]}]", "c.yaml");
  ASSERT_TRUE(config.ok()) << config.error().message;
  EXPECT_THAT(config->warnings, ElementsAre(HasSubstr("no camera has floor_from_image")));
}

TEST(SpotterConfig, EveryWrongValueIsNamedWithLineKeyAndReason) {
  const std::string camera = "cameras: [{id: a, url: x.mp4}]\n";
  struct Case {
    std::string text;
    std::string message;
  };
  const std::vector<Case> cases = {
      {"rios: []", "c.yaml:1: key 'rios': unknown; the nearest known key is 'rois'"},
      {"rois:\n  - {zone_id: z, x1: 9, y1: 0, x2: 3, y2: 5}",
       "c.yaml:2: key 'rois[0]': must have x1 < x2 and y1 < y2 (pixels from the upper left corner)"},
      {"rois:\n  - {zone_id: z, x1: 1, y1: 0, x2: 3}", "c.yaml:2: key 'rois[0].y2': is missing"},
      {"cameras: [{id: a, url: x}, {id: b, url: y}]\nrois: [{zone_id: z, x1: 1, y1: 0, x2: 3, y2: 5}]",
       "c.yaml:2: key 'rois': fits one camera only; with several, use zones with views"},
      {"zones:\n  - {id: z, floor_polygon: [[0,0],[4,4],[4,0],[0,3]]}",
       "c.yaml:2: key 'zones[0].floor_polygon': crosses itself: name the corners in their order around it"},
      {"zones:\n  - {id: z, floor_polygon: {outline: [[0,0],[4,0],[4,4]], holes: [[[3,1],[9,1],[3.5,2]]]}}",
       "c.yaml:2: key 'zones[0].floor_polygon.holes[0]': must lie within the outline"},
      {"gym: {id: 'gym 1'}", "c.yaml:1: key 'gym.id': must be at most 64 letters, digits, '_', '-' or '.'"},
      {"gym: {time_zone: Europe/Atlantis}",
       "c.yaml:1: key 'gym.time_zone': 'Europe/Atlantis' is no IANA time zone such as Europe/Madrid"},
      {"gym: gym_01", "c.yaml:1: key 'gym': must be a mapping (key: value), not a single value"},
      {"pose: {size: 384x640}", "c.yaml:1: key 'pose.size': must be a whole number, not '384x640'"},
      {"pose: {size: 9999}", "c.yaml:1: key 'pose.size': must lie between 0 and 2160, not 9999"},
      {"pose: {size: 32}", "c.yaml:1: key 'pose.size': must be 0 or lie between 64 and 2160, not 32"},
      {"pose: {device: cuda}", "c.yaml:1: key 'pose.device': must be one of auto, cpu, gpu, npu, not 'cuda'"},
      {"pose: {rate_hz: 0}", "c.yaml:1: key 'pose.rate_hz': must lie between 1 and 240, not 0"},
      {"clips: {mode: blurred}", "c.yaml:1: key 'clips.mode': must be one of off, pixels, skeleton, not 'blurred'"},
      {"clips: {post_s: 0}", "c.yaml:1: key 'clips.post_s': must lie between 0.1 and 120, not 0"},
      {"clips: {pre_s: 10, ring_s: 20}",
       "c.yaml:1: key 'clips': ring_s must be at least pre_s + 16 s: events become known so much after their true "
       "time"},
      {"cameras: {id: a}", "c.yaml:1: key 'cameras': must be a list, not a mapping"},
      {"cameras:\n  - id: a\n    fps: 10", "c.yaml:2: key 'cameras[0].url': is missing"},
      {"cameras:\n  - url: x.mp4", "c.yaml:2: key 'cameras[0].id': is missing"},
      {"cameras:\n  - {id: a, uri: x.mp4}", "c.yaml:2: key 'cameras[0].uri': unknown; the nearest known key is 'url'"},
      {"cameras:\n  - {id: a, url: x}\n  - {id: a, url: y}", "c.yaml:3: key 'cameras[1]': two cameras have the id 'a'"},
      {"cameras: [{id: a, url: x, fps: 1000}]",
       "c.yaml:1: key 'cameras[0].fps': must lie between 0.1 and 240, not 1000"},
      {"cameras: [{id: a, url: x, floor_from_image: [[1,0,0],[0,1,0]]}]",
       "c.yaml:1: key 'cameras[0].floor_from_image': must be a list of 3 values, not of 2"},
      {"cameras: [{id: a, url: x, floor_from_image: [[1,0,0],[1,0,0],[0,0,1]]}]",
       "c.yaml:1: key 'cameras[0].floor_from_image': must be an invertible 3x3 matrix"},
      {"cameras: [{id: a, url: x, ignore_areas: [[[0,0],[1,0]]]}]",
       "c.yaml:1: key 'cameras[0].ignore_areas[0]': needs at least 3 points [x, y]"},
      {"cameras: [{id: a, url: x, ignore_areas: [[[0,0],[1,0],[640,480]]]}]",
       "c.yaml:1: key 'cameras[0].ignore_areas[0][2][0]': must lie between 0 and 1, not 640"},
      {"cameras: [{id: a, url: x, mirror_areas: [[[0,0],[0.5,0.5],[1,1]]]}]",
       "c.yaml:1: key 'cameras[0].mirror_areas[0]': its points enclose no area"},
      {"cameras: [{id: a, url: x, mirror_areas: [[0,0],[0.5,0.5],[1,1]]}]",
       "c.yaml:1: key 'cameras[0].mirror_areas[0][0]': must be a list, not a single value"},
      {"zones:\n  - id: z", "c.yaml:2: key 'zones[0]': needs either floor_polygon or views"},
      {camera + "zones:\n  - {id: z, floor_polygon: [[0,0],[1,0],[1,1]], views: {a: [[0,0],[1,0],[1,1]]}}",
       "c.yaml:3: key 'zones[0]': needs either floor_polygon or views"},
      {camera + "zones:\n  - {id: z, views: {b: [[0,0],[1,0],[1,1]]}}",
       "c.yaml:3: key 'zones[0].views.b': no camera has this id; add it under cameras"},
      {camera + "zones:\n  - {id: z, views: {}}", "c.yaml:3: key 'zones[0].views': needs at least one camera"},
      {"zones:\n  - {id: z, kind: pool, floor_polygon: [[0,0],[1,0],[1,1]]}",
       "c.yaml:2: key 'zones[0].kind': must be one of machine, area, not 'pool'"},
      {"zones:\n  - id: z\n    floor_polygon:\n      - [0, 0]\n      - [1, 0]\n",
       "c.yaml:4: key 'zones[0].floor_polygon': needs at least 3 points [x, y]"},
      {"zones:\n  - {id: z, floor_polygon: [[0,0],[1,0],[1,1]], occupy_start_s: -1}",
       "c.yaml:2: key 'zones[0].occupy_start_s': must lie between 0 and 86400, not -1"},
      {"zones:\n  - {id: z, floor_polygon: [[0,0],[1,0],[1,1]]}\n  - {id: z, floor_polygon: [[0,0],[1,0],[1,1]]}",
       "c.yaml:3: key 'zones[1]': two zones have the id 'z'"},
  };
  for (const auto& c : cases) EXPECT_EQ(Complaint(c.text), c.message) << c.text;
}

TEST(SpotterConfig, APasswordNeverShowsInAnError) {
  for (std::string text :
       {"cameras: [URL]", "cameras: URL", "cameras:\n  - {id: a, url: [URL]}",
        "cameras:\n  - {id: 'URL', url: x}\n  - {id: 'URL', url: y}", "cameras:\n  - {id: a, fps: 'URL'}",
        "'URL': 1\n'URL': 2", "cameras:\n - id: a\n   url:URL", "gym: {id: \"URL"}) {
    for (std::size_t at = 0; (at = text.find("URL")) != std::string::npos;)
      text.replace(at, 3, "rtsp://me:secret@10.0.0.7/1");
    EXPECT_NE(Complaint(text), "(accepted)") << text;
    EXPECT_THAT(Complaint(text), Not(HasSubstr("secret"))) << text;
  }
}

TEST(SpotterConfig, AMissingFileIsNamed) {
  const Result<SpotterConfig> config = LoadSpotterConfig("/no/such/spotter.yaml");
  ASSERT_FALSE(config.ok());
  EXPECT_EQ(config.error().message, "/no/such/spotter.yaml: no such file");
}

}  // namespace
}  // namespace spotter::config
