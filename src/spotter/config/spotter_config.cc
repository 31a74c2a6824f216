// SPDX-License-Identifier: Apache-2.0
#include "spotter/config/spotter_config.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "spotter/base/time_zone.h"
#include "spotter/config/value_reader.h"
#include "spotter/config/yaml_reader.h"
#include "spotter/config/zone_reader.h"
#include "spotter/core/event.h"

namespace spotter::config {
namespace {

constexpr std::size_t kMaxIdLength = 64;  // as kIdRule says
constexpr double kMaxHomographyEntry = 1e9;
constexpr int kMinPoseSize = 64;     // rows
constexpr int kMaxPoseSize = 2160;   // rows
constexpr double kMaxRoll_s = 120;   // NOLINT(readability-identifier-naming): unit suffix
constexpr double kMaxRing_s = 3600;  // NOLINT(readability-identifier-naming): unit suffix
constexpr int kMaxRing_mb = 16'384;  // NOLINT(readability-identifier-naming): unit suffix
// The start of a use lies occupy_start_s in the past when it is certain; a keyframe may lie 10 s before a clip.
constexpr int kLongestDelay_s = 16;  // NOLINT(readability-identifier-naming): unit suffix

// Reads the whole file; one object a file, so that every part can add warnings.
class ConfigReader {
 public:
  SpotterConfig Read(const YamlNode& root) {
    const YamlMap map = root.Map({"gym", "models_dir", "pose", "exercise", "clips", "cameras", "zones", "store", "api",
                                  "media", "relay", "enrichment", "retention",
                                  // written for the prototype
                                  "rois", "occupy_start_s", "occupy_end_s", "cleaning_window_s", "reserve_limit_s",
                                  "video_fps_override", "clip_pre_s", "clip_post_s"});
    SpotterConfig config;
    if (const YamlNode gym = map.Optional("gym")) config.gym = ReadGym(gym);
    if (const YamlNode models = map.Optional("models_dir")) config.models_dir = models.Text();
    if (const YamlNode pose = map.Optional("pose")) config.pose = ReadPose(pose);
    if (const YamlNode exercise = map.Optional("exercise")) config.exercise = ReadExercise(exercise);
    if (const YamlNode clips = map.Optional("clips")) config.clips = ReadClips(clips);
    if (const YamlNode cameras = map.Optional("cameras")) config.cameras = ReadCameras(cameras);
    if (const YamlNode s = map.Optional("clip_pre_s")) config.clips.pre_s = s.Number(0, kMaxRoll_s);
    if (const YamlNode s = map.Optional("clip_post_s")) config.clips.post_s = s.Number(0, kMaxRoll_s);
    config.zones = ReadPlaces(map, config.cameras);
    WarnWithoutEffect(map.Optional("video_fps_override"));
    config.services = ReadServices(map);
    config.warnings = std::move(warnings_);
    return config;
  }

 private:
  void WarnWithoutEffect(const YamlNode& node) {
    if (node) warnings_.push_back(node.Where() + " has no effect in this version");
  }

  static GymConfig ReadGym(const YamlNode& node) {
    const YamlMap map = node.Map({"id", "time_zone"});
    GymConfig gym;
    if (const YamlNode id = map.Optional("id")) gym.id = GymId(ReadId(id));
    if (const YamlNode zone = map.Optional("time_zone")) gym.time_zone = ReadTimeZone(zone);
    return gym;
  }

  static std::string ReadTimeZone(const YamlNode& node) {
    std::string name = node.Text();
    if (!TimeZone::Load(name).ok())
      node.Fail(fmt::format("'{}' is no IANA time zone such as Europe/Madrid", ForMessage(name)));
    return name;
  }

  static int ReadPoseSize(const YamlNode& node) {
    const int size = node.Integer(0, kMaxPoseSize);
    if (size != 0 && size < kMinPoseSize)
      node.Fail(fmt::format("must be 0 or lie between {} and {}, not {}", kMinPoseSize, kMaxPoseSize, size));
    return size;
  }

  static PoseConfig ReadPose(const YamlNode& node) {
    const YamlMap map = node.Map({"model", "size", "device", "rate_hz", "refine", "refine_hz"});
    PoseConfig pose;
    if (const YamlNode model = map.Optional("model")) pose.model = model.Text();
    if (const YamlNode size = map.Optional("size")) pose.size = ReadPoseSize(size);
    if (const YamlNode device = map.Optional("device"))
      pose.device = device.Choice<std::string>({{"auto", "auto"}, {"cpu", "cpu"}, {"gpu", "gpu"}, {"npu", "npu"}});
    if (const YamlNode rate = map.Optional("rate_hz")) pose.rate_hz = rate.Number(1, 240);
    if (const YamlNode refine = map.Optional("refine"))
      pose.refine = refine.Choice<Refinement>({{"off", Refinement::kOff},
                                               {"lite", Refinement::kLite},
                                               {"full", Refinement::kFull},
                                               {"heavy", Refinement::kHeavy}});
    if (const YamlNode rate = map.Optional("refine_hz")) pose.refine_hz = rate.Number(1, 240);
    return pose;
  }

  static ExerciseConfig ReadExercise(const YamlNode& node) {
    const YamlMap map = node.Map({"pinned", "definitions_dir", "strictness", "form_models"});
    ExerciseConfig exercise;
    if (const YamlNode pinned = map.Optional("pinned")) exercise.pinned = pinned.Text();
    if (const YamlNode folder = map.Optional("definitions_dir")) exercise.definitions_dir = folder.Text();
    if (const YamlNode strictness = map.Optional("strictness")) exercise.strictness = strictness.Number(0.25, 4);
    if (const YamlNode models = map.Optional("form_models")) {
      for (const YamlNode& model : models.Items()) exercise.form_models.push_back(model.Text());
    }
    return exercise;
  }

  // Naming a folder is asking for clips.
  static ClipsConfig ReadClips(const YamlNode& node) {
    const YamlMap map = node.Map({"mode", "dir", "pre_s", "post_s", "events", "ring_s", "ring_mb"});
    ClipsConfig clips;
    clips.mode = ClipMode::kPixels;
    if (const YamlNode mode = map.Optional("mode"))
      clips.mode = mode.Choice<ClipMode>(
          {{"off", ClipMode::kOff}, {"pixels", ClipMode::kPixels}, {"skeleton", ClipMode::kSkeleton}});
    if (const YamlNode dir = map.Optional("dir")) clips.dir = dir.Text();
    if (const YamlNode s = map.Optional("pre_s")) clips.pre_s = s.Number(0, kMaxRoll_s);
    if (const YamlNode s = map.Optional("post_s")) clips.post_s = s.Number(0.1, kMaxRoll_s);
    if (const YamlNode events = map.Optional("events")) clips.events = ReadEventTypes(events);
    if (const YamlNode s = map.Optional("ring_s")) clips.ring_s = s.Number(1, kMaxRing_s);
    if (const YamlNode mb = map.Optional("ring_mb")) clips.ring_mb = mb.Integer(1, kMaxRing_mb);
    if (clips.ring_s < clips.pre_s + kLongestDelay_s)
      node.Fail(fmt::format("ring_s must be at least pre_s + {} s: events become known so much after their true time",
                            kLongestDelay_s));
    return clips;
  }

  static std::vector<std::string> ReadEventTypes(const YamlNode& node) {
    std::vector<std::string> types;
    const std::vector<std::string_view> known = EventTypeNames();
    for (const YamlNode& item : node.Items()) {
      types.push_back(item.Text());
      if (types.back() != "?" && std::ranges::find(known, types.back()) == known.end())
        item.Fail(fmt::format("must be one of {}, not '{}'", fmt::join(known, ", "), types.back()));
    }
    return types;
  }

  std::vector<CameraConfig> ReadCameras(const YamlNode& node) {
    std::vector<CameraConfig> cameras;
    std::set<CameraId> ids;
    for (const YamlNode& item : node.Items()) {
      CameraConfig camera = ReadCamera(item);
      if (!ids.insert(camera.id).second)
        item.Fail(fmt::format("two cameras have the id '{}'", ForMessage(camera.id.value())));
      cameras.push_back(std::move(camera));
    }
    return cameras;
  }

  CameraConfig ReadCamera(const YamlNode& node) {
    const YamlMap map = node.Map({"id", "url", "fps", "floor_from_image", "mirror_areas", "ignore_areas"});
    CameraConfig camera;
    camera.id = CameraId(ReadId(map.Required("id")));
    camera.url = map.Required("url").Text();
    if (const YamlNode fps = map.Optional("fps")) camera.fps = fps.Number(0.1, 240);
    if (const YamlNode floor = map.Optional("floor_from_image")) camera.floor_from_image = ReadHomography(floor);
    camera.mirror_areas = ReadAreas(map.Optional("mirror_areas"));
    camera.ignore_areas = ReadAreas(map.Optional("ignore_areas"));
    return camera;
  }

  static std::vector<Polygon> ReadAreas(const YamlNode& node) {
    std::vector<Polygon> areas;
    if (!node) return areas;
    for (const YamlNode& item : node.Items()) areas.push_back(ReadImagePolygon(item));
    return areas;
  }

  static std::array<std::array<double, 3>, 3> ReadHomography(const YamlNode& node) {
    std::array<std::array<double, 3>, 3> m{};
    const std::vector<YamlNode> rows = node.Items(3);
    bool complete = rows.size() == 3;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const std::vector<YamlNode> row = rows[r].Items(3);
      complete &= row.size() == 3;
      for (std::size_t c = 0; c < row.size(); ++c) m[r][c] = row[c].Number(-kMaxHomographyEntry, kMaxHomographyEntry);
    }
    const double determinant = m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) -
                               m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0]) +
                               m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
    if (complete && determinant == 0) node.Fail("must be an invertible 3x3 matrix");
    return m;
  }

  std::vector<Zone> ReadPlaces(const YamlMap& map, const std::vector<CameraConfig>& cameras) {
    std::vector<CameraId> ids;
    ids.reserve(cameras.size());
    for (const CameraConfig& camera : cameras) ids.push_back(camera.id);
    const ZoneReader reader(std::move(ids));
    Zone defaults;
    ZoneReader::ReadTimes(map, defaults);
    std::vector<Zone> zones;
    if (const YamlNode node = map.Optional("zones")) {
      zones = reader.ReadZones(node, defaults);
      WarnOfUnseen(node, zones, cameras);
    }
    const YamlNode rois = map.Optional("rois");
    if (!rois) return zones;
    for (Zone& zone : reader.ReadRois(rois, defaults, DefaultCameraId(0))) {
      if (std::ranges::find(zones, zone.id, &Zone::id) != zones.end())
        rois.Fail(fmt::format("'{}' is the id of a zone, too", ForMessage(zone.id.value())));
      zones.push_back(std::move(zone));
    }
    return zones;
  }

  void WarnOfUnseen(const YamlNode& node, const std::vector<Zone>& zones, const std::vector<CameraConfig>& cameras) {
    const bool on_floor = std::ranges::any_of(zones, [](const Zone& zone) { return zone.floor.has_value(); });
    const auto knows_floor = [](const CameraConfig& camera) { return camera.floor_from_image.has_value(); };
    if (on_floor && std::ranges::none_of(cameras, knows_floor))
      warnings_.push_back(node.Where() +
                          " has zones on the floor, but no camera has floor_from_image: nobody is seen there");
  }

  std::vector<std::string> warnings_;
};

Result<SpotterConfig> ReadDocument(const Result<YamlDocument>& document) {
  if (!document.ok()) return document.error();
  return document->Read<SpotterConfig>([](const YamlNode& root) { return ConfigReader().Read(root); });
}

}  // namespace

CameraId DefaultCameraId(std::size_t index) { return CameraId(fmt::format("cam_{:02}", index + 1)); }

Result<SpotterConfig> LoadSpotterConfig(const std::filesystem::path& path) {
  return ReadDocument(YamlDocument::Load(path));
}

bool IsValidId(std::string_view id) {
  const auto allowed = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.'; };
  return !id.empty() && id.size() <= kMaxIdLength && std::ranges::all_of(id, allowed);
}

Result<SpotterConfig> ParseSpotterConfig(std::string_view text, const std::string& name) {
  return ReadDocument(YamlDocument::Parse(text, name));
}

}  // namespace spotter::config
