// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spotter/base/result.h"
#include "spotter/config/service_config.h"
#include "spotter/core/ids.h"
#include "spotter/core/zone.h"
#include "spotter/geometry/polygon.h"

namespace spotter::config {

// What spotter.yaml says (configs/spotter.yaml documents every key). The initial values here are the defaults; the
// sample file shows the same ones, which a test compares. Durations in seconds, polygons not closed.

struct GymConfig {
  GymId id{"gym_01"};
  std::string time_zone = "UTC";  // IANA name
};

// Which BlazePose network refines the joints of people who move.
enum class Refinement { kOff, kLite, kFull, kHeavy };

struct PoseConfig {
  std::string model;  // path of a YOLO-pose or RTMO network; empty = the built-in MoveNet
  int size = 0;       // the network sees the area of a 16:9 picture of so many rows; 0 = the default that was measured
  std::string device = "auto";  // auto, cpu, gpu, npu: passed on to OpenVINO
  double rate_hz = 10;          // at least so many pictures a second are analysed; those between are interpolated
  Refinement refine = Refinement::kFull;
  double refine_hz = 15;  // how often who moves is refined; more than rate_hz is as much as rate_hz
};

struct ExerciseConfig {
  std::string pinned;                    // exercise id to count for everybody; empty = found by itself
  std::string definitions_dir;           // empty = those that come with Spotter
  std::vector<std::string> form_models;  // files that `spotter teach` has made; at most one for each exercise
  double strictness = 1;                 // of the form rules: allowed deviations are divided by it
};

struct CameraConfig {
  CameraId id;
  std::string url;            // may hold a password: never print it as it is (media::RedactUrl)
  std::optional<double> fps;  // pictures a second to take; all that come if absent
  std::optional<std::array<std::array<double, 3>, 3>> floor_from_image;  // homography: pixels -> metres
  std::vector<Polygon> mirror_areas;                                     // frame fractions
  std::vector<Polygon> ignore_areas;                                     // frame fractions
};

// What clips are made of: the camera's own pictures, or drawn figures on grey.
enum class ClipMode { kOff, kPixels, kSkeleton };

// Clips of what happened. Only recorded when the file says so.
struct ClipsConfig {
  ClipMode mode = ClipMode::kOff;
  std::string dir = "clips";
  double pre_s = 4;
  double post_s = 4;
  std::vector<std::string> events = {"machine_occupied_start", "machine_occupied_end", "cleaning_attempt"};
  double ring_s = 60;  // kept in memory for each camera, whichever is reached first
  int ring_mb = 64;
};

struct SpotterConfig {
  GymConfig gym;
  std::string models_dir;  // folder of the networks; empty = where `make setup` put them
  PoseConfig pose;
  ExerciseConfig exercise;
  ClipsConfig clips;
  std::vector<CameraConfig> cameras;
  std::vector<Zone> zones;
  ServiceConfig services;

  // Keys that were given but have no effect in this version, one sentence each, for the log.
  std::vector<std::string> warnings;
};

// Ids become parts of topics, file names and event ids.
inline constexpr std::string_view kIdRule = "at most 64 letters, digits, '_', '-' or '.'";
bool IsValidId(std::string_view id);

// The camera id of source number `index` (from 0) of the command line when no configured camera is meant: "cam_01" ...
CameraId DefaultCameraId(std::size_t index);

// Reads and checks the file. Errors are one line "file:line: key 'path': reason" and never show a password.
Result<SpotterConfig> LoadSpotterConfig(const std::filesystem::path& path);

// The same from a text; `name` stands for the file in messages.
Result<SpotterConfig> ParseSpotterConfig(std::string_view text, const std::string& name);

}  // namespace spotter::config
