// SPDX-License-Identifier: Apache-2.0
#include "spotter/codec/perception_json.h"

#include <cmath>
#include <functional>
#include <initializer_list>

#include <nlohmann/json.hpp>

#include "spotter/base/utc.h"
#include "spotter/codec/field_reader.h"
#include "spotter/codec/number.h"

namespace spotter::codec {
namespace {

using nlohmann::json;

constexpr int kVersion = 1;
constexpr int kCoordinateDecimals = 5;
constexpr int kConfidenceDecimals = 3;
constexpr int kMetreDecimals = 4;
constexpr int kMaxFrameSide = 65535;  // pixels
constexpr double kMaxPtsSeconds = 1e9;

// ---- printing ----

// Bytes that are no UTF-8 (a camera id from the command line) are replaced, never a crash.
std::string Quoted(const std::string& text) { return json(text).dump(-1, ' ', false, json::error_handler_t::replace); }

void AppendTuple(std::string& out, std::initializer_list<std::pair<double, int>> numbers) {
  char separator = '[';
  for (const auto& [value, decimals] : numbers) {
    out += separator;
    AppendNumber(out, value, decimals);
    separator = ',';
  }
  out += ']';
}

// Appends `,"name":[item,item,...]`.
template <typename Items, typename AppendItem>
void AppendArray(std::string& out, std::string_view name, const Items& items, AppendItem append_item) {
  out += ",\"";
  out += name;
  out += "\":[";
  bool first = true;
  for (const auto& item : items) {
    if (!first) out += ',';
    first = false;
    append_item(item);
  }
  out += ']';
}

void AppendBox(std::string& out, const Box& b) {
  AppendTuple(out, {{b.x0, kCoordinateDecimals},
                    {b.y0, kCoordinateDecimals},
                    {b.x1, kCoordinateDecimals},
                    {b.y1, kCoordinateDecimals}});
}

void AppendPerson(std::string& out, const PerceivedPerson& person) {
  out += fmt::format("{{\"track_id\":{},\"confidence\":", person.track_id.value());
  AppendNumber(out, person.confidence, kConfidenceDecimals);
  out += ",\"box\":";
  AppendBox(out, person.box);
  AppendArray(out, "keypoints", person.pose.keypoints, [&](const Keypoint& k) {
    AppendTuple(out, {{k.x, kCoordinateDecimals}, {k.y, kCoordinateDecimals}, {k.confidence, kConfidenceDecimals}});
  });
  if (person.landmarks) {
    AppendArray(out, "keypoints33", *person.landmarks, [&](const Landmark& l) {
      AppendTuple(out, {{l.x, kCoordinateDecimals},
                        {l.y, kCoordinateDecimals},
                        {l.z, kCoordinateDecimals},
                        {l.confidence, kConfidenceDecimals}});
    });
  }
  if (person.world_landmarks) {
    AppendArray(out, "world33", *person.world_landmarks, [&](const WorldPoint& p) {
      AppendTuple(out, {{p.x, kMetreDecimals}, {p.y, kMetreDecimals}, {p.z, kMetreDecimals}});
    });
  }
  if (person.person_id) out += ",\"person_id\":" + Quoted(person.person_id->value());
  if (person.in_doubt) out += ",\"in_doubt\":true";
  out += '}';
}

void AppendObject(std::string& out, const LeftObject& object) {
  out += "{\"box\":";
  AppendBox(out, object.box);
  out += ",\"since\":";
  AppendSeconds(out, object.since);
  out += '}';
}

// ---- reading: a wrong field throws a FieldError, which PerceptionFromJson turns into a Result ----

float Coordinate(const json& value, std::string_view name) {
  return static_cast<float>(Number(value, name, -kMaxCoordinate, kMaxCoordinate));
}
float Confidence(const json& value, std::string_view name) { return static_cast<float>(Number(value, name, 0, 1)); }

// `value` as an array of exactly `count` items.
const json& ArrayOf(const json& value, std::string_view name, std::size_t count) {
  if (!value.is_array() || value.size() != count)
    throw FieldError{fmt::format("field '{}' must be an array of {} items", name, count)};
  return value;
}

Box ReadBox(const json& value) {
  ArrayOf(value, "box", 4);
  return {Coordinate(value[0], "box"), Coordinate(value[1], "box"), Coordinate(value[2], "box"),
          Coordinate(value[3], "box")};
}

Keypoint ReadJoint(const json& value) {
  ArrayOf(value, "keypoints", 3);
  return {Coordinate(value[0], "keypoints"), Coordinate(value[1], "keypoints"), Confidence(value[2], "keypoints")};
}

Pose ReadPose(const json& value) {
  ArrayOf(value, "keypoints", kKeypointCount);
  Pose pose;
  for (std::size_t i = 0; i < kKeypointCount; ++i) pose.keypoints[i] = ReadJoint(value[i]);
  return pose;
}

Landmarks ReadLandmarks(const json& value) {
  ArrayOf(value, "keypoints33", kLandmarkCount);
  Landmarks landmarks;
  for (std::size_t i = 0; i < kLandmarkCount; ++i) {
    const json& l = ArrayOf(value[i], "keypoints33", 4);
    landmarks[i] = {Coordinate(l[0], "keypoints33"), Coordinate(l[1], "keypoints33"), Coordinate(l[2], "keypoints33"),
                    Confidence(l[3], "keypoints33")};
  }
  return landmarks;
}

WorldLandmarks ReadWorldLandmarks(const json& value) {
  ArrayOf(value, "world33", kLandmarkCount);
  WorldLandmarks landmarks;
  for (std::size_t i = 0; i < kLandmarkCount; ++i) {
    const json& p = ArrayOf(value[i], "world33", 3);
    landmarks[i] = {Coordinate(p[0], "world33"), Coordinate(p[1], "world33"), Coordinate(p[2], "world33")};
  }
  return landmarks;
}

TrackId ReadTrackId(const json& value, std::string_view name) {
  return TrackId(Integer(value, name, 1, std::numeric_limits<std::int64_t>::max()));
}

std::vector<TrackId> ReadTrackIds(const json& value) {
  if (!value.is_array()) throw FieldError{"field 'reflections' must be an array"};
  std::vector<TrackId> tracks;
  for (const json& item : value) tracks.push_back(ReadTrackId(item, "reflections"));
  return tracks;
}

Pts ReadPts(const json& value, std::string_view name) {
  return FromSeconds(Number(value, name, -kMaxPtsSeconds, kMaxPtsSeconds));
}

// `pts`: of the look; what was left was left before it.
std::vector<LeftObject> ReadObjects(const json& value, Pts pts) {
  if (!value.is_array()) throw FieldError{"field 'objects' must be an array"};
  std::vector<LeftObject> objects;
  for (const json& item : value) {
    if (!item.is_object()) throw FieldError{"field 'objects' must hold objects"};
    objects.push_back({.box = ReadBox(Field(item, "box")), .since = ReadPts(Field(item, "since"), "since")});
    if (objects.back().since > pts) throw FieldError{"field 'since' must not lie after 'pts'"};
  }
  return objects;
}

PerceivedPerson ReadPerson(const json& value) {
  if (!value.is_object()) throw FieldError{"field 'people' must hold objects"};
  PerceivedPerson person;
  person.track_id = ReadTrackId(Field(value, "track_id"), "track_id");
  person.confidence = Confidence(Field(value, "confidence"), "confidence");
  person.box = ReadBox(Field(value, "box"));
  person.pose = ReadPose(Field(value, "keypoints"));
  if (const auto it = value.find("keypoints33"); it != value.end()) person.landmarks = ReadLandmarks(*it);
  if (const auto it = value.find("world33"); it != value.end()) person.world_landmarks = ReadWorldLandmarks(*it);
  if (const auto it = value.find("person_id"); it != value.end()) person.person_id = PersonId(Text(*it, "person_id"));
  if (const auto it = value.find("in_doubt"); it != value.end()) person.in_doubt = Flag(*it, "in_doubt");
  return person;
}

Perception ReadPerception(const json& value) {
  if (!value.is_object()) throw FieldError{"a perception must be a JSON object"};
  if (const auto version = Integer(Field(value, "v"), "v", 0, 1'000'000); version != kVersion) {
    throw FieldError{fmt::format("version {} is not known, only {}", version, kVersion)};
  }
  Perception perception;
  perception.camera_id = CameraId(Text(Field(value, "camera_id"), "camera_id"));
  perception.pts = ReadPts(Field(value, "pts"), "pts");
  if (const auto it = value.find("captured_at"); it != value.end()) {
    perception.captured_at = ParseUtc(Text(*it, "captured_at"));
    if (!perception.captured_at)
      throw FieldError{"field 'captured_at' must be a UTC time such as 2026-03-01T10:00:12.466Z"};
  }
  perception.width = static_cast<int>(Integer(Field(value, "width"), "width", 1, kMaxFrameSide));
  perception.height = static_cast<int>(Integer(Field(value, "height"), "height", 1, kMaxFrameSide));
  const json& people = Field(value, "people");
  if (!people.is_array()) throw FieldError{"field 'people' must be an array"};
  for (const json& person : people) perception.people.push_back(ReadPerson(person));
  if (const auto it = value.find("reflections"); it != value.end()) perception.reflections = ReadTrackIds(*it);
  if (const auto it = value.find("objects"); it != value.end()) perception.objects = ReadObjects(*it, perception.pts);
  RoundToWire(perception);
  return perception;
}

// ---- mending ----

// Puts null in the place of each NaN and Infinity outside of texts.
std::string WithNulls(std::string_view line) {
  std::string out;
  bool in_text = false;
  while (!line.empty()) {
    std::size_t length = 1;
    bool is_none = false;
    for (const std::string_view none : {"NaN", "-Infinity", "Infinity"}) {
      is_none = !in_text && line.starts_with(none);
      if (is_none) length = none.size();
      if (is_none) break;
    }
    if (in_text && line.front() == '\\' && line.size() > 1) length = 2;
    if (line.front() == '"') in_text = !in_text;
    out += is_none ? "null" : line.substr(0, length);
    line.remove_prefix(length);
  }
  return out;
}

bool IsReadable(const std::function<void()>& read) {
  try {
    read();
    return true;
  } catch (const FieldError&) {
    return false;
  }
}

// Puts a joint that is not seen in the place of each one that cannot be read. Returns how many.
int MendJoints(json& person) {
  const auto keypoints = person.find("keypoints");
  int lost = 0;
  if (keypoints != person.end() && keypoints->is_array() && keypoints->size() == kKeypointCount) {
    for (json& joint : *keypoints) {
      if (IsReadable([&] { ReadJoint(joint); })) continue;
      joint = {0, 0, 0};
      ++lost;
    }
  }
  if (lost == static_cast<int>(kKeypointCount)) throw FieldError{"field 'keypoints' has no joint that can be read"};
  const auto drop_unless = [&](const char* name, auto read) {
    const auto landmarks = person.find(name);
    if (landmarks == person.end() || IsReadable([&] { read(*landmarks); })) return;
    person.erase(landmarks);
    ++lost;
  };
  drop_unless("keypoints33", ReadLandmarks);
  drop_unless("world33", ReadWorldLandmarks);
  return lost;
}

// Takes what cannot be read out of the people.
void MendPeople(json& people, RecordingLine& line) {
  json readable = json::array();
  for (json& person : people) {
    try {
      const int lost_joints = person.is_object() ? MendJoints(person) : 0;
      ReadPerson(person);
      line.lost_joints += lost_joints;
      readable.push_back(std::move(person));
    } catch (const FieldError& error) {
      if (++line.lost_people == 1) line.first_lost_person = error.message;
    }
  }
  people = std::move(readable);
}

}  // namespace

std::string PerceptionToJson(const Perception& perception) {
  std::string out = fmt::format("{{\"v\":{},\"camera_id\":{},\"pts\":", kVersion, Quoted(perception.camera_id.value()));
  AppendSeconds(out, perception.pts);
  if (perception.captured_at) out += fmt::format(",\"captured_at\":\"{}\"", FormatUtc(*perception.captured_at));
  out += fmt::format(",\"width\":{},\"height\":{}", perception.width, perception.height);
  AppendArray(out, "people", perception.people, [&](const PerceivedPerson& person) { AppendPerson(out, person); });
  if (perception.reflections) {
    AppendArray(out, "reflections", *perception.reflections,
                [&](TrackId track) { out += fmt::format("{}", track.value()); });
  }
  if (!perception.objects.empty())
    AppendArray(out, "objects", perception.objects, [&](const LeftObject& object) { AppendObject(out, object); });
  out += '}';
  return out;
}

Result<Perception> PerceptionFromJson(std::string_view line) {
  try {
    return ReadPerception(json::parse(line));
  } catch (const json::exception& error) {
    return MakeError(ErrorCode::kUnreadable, "not valid JSON: {}", error.what());
  } catch (const FieldError& error) {
    return Error{ErrorCode::kInvalidArgument, error.message};
  }
}

Result<RecordingLine> ReadRecordingLine(std::string_view line) {
  RecordingLine mended;
  Result<Perception> whole = PerceptionFromJson(line);
  if (whole.ok()) {
    mended.perception = std::move(whole).value();
    return mended;
  }
  try {
    json value = json::parse(WithNulls(line));
    if (!value.is_object() || !value.contains("people") || !value["people"].is_array()) return whole.error();
    MendPeople(value["people"], mended);
    mended.perception = ReadPerception(value);
    return mended;
  } catch (const json::exception&) {
    return whole.error();
  } catch (const FieldError& error) {
    return Error{ErrorCode::kInvalidArgument, error.message};
  }
}

}  // namespace spotter::codec
