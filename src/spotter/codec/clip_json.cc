// SPDX-License-Identifier: Apache-2.0
#include "spotter/codec/clip_json.h"

#include <cmath>

#include <nlohmann/json.hpp>

#include "spotter/base/utc.h"

namespace spotter::codec {
namespace {

// Ordered, so that the same fact is always the same bytes.
using json = nlohmann::ordered_json;

constexpr int kVersion = 1;
constexpr double kMaxPtsSeconds = 1e9;

// To the microsecond.
double TimeValue(Pts time) { return std::round(ToSeconds(time) * 1e6) / 1e6; }

json SpanValue(const ClipSpan& span) {
  return {{"start_s", TimeValue(span.start)},
          {"end_s", TimeValue(span.end)},
          {"start_at", FormatUtc(span.start_at)},
          {"end_at", FormatUtc(span.end_at)}};
}

json GapsValue(const std::vector<ClipGap>& gaps) {
  json list = json::array();
  for (const ClipGap& gap : gaps)
    list.push_back({{"from_s", TimeValue(gap.from)}, {"to_s", TimeValue(gap.to)}, {"reason", gap.reason}});
  return list;
}

// The readers throw a std::exception for a field that is missing or of the wrong kind.
Pts TimeOf(const json& object, const char* name) {
  const auto seconds = object.at(name).get<double>();
  if (!(std::abs(seconds) <= kMaxPtsSeconds)) throw std::out_of_range(fmt::format("field '{}' is no time", name));
  return FromSeconds(seconds);
}

UtcTime UtcOf(const json& object, const char* name) {
  const std::optional<UtcTime> time = ParseUtc(object.at(name).get<std::string>());
  if (!time) throw std::out_of_range(fmt::format("field '{}' is no UTC time", name));
  return *time;
}

ClipDone ReadClip(const json& value) {
  if (value.at("v").get<int>() != kVersion) throw std::out_of_range("its version is not known");
  ClipDone clip;
  clip.request.event_id = value.at("event_id").get<std::string>();
  clip.request.camera_id = CameraId(value.at("camera_id").get<std::string>());
  clip.request.at = TimeOf(value, "at_s");
  clip.request.from = TimeOf(value, "from_s");
  clip.request.to = TimeOf(value, "to_s");
  const json& shown = value.at("shown");
  if (!shown.is_null())
    clip.span = {TimeOf(shown, "start_s"), TimeOf(shown, "end_s"), UtcOf(shown, "start_at"), UtcOf(shown, "end_at")};
  if (!value.at("reason").is_null()) clip.reason = value.at("reason").get<std::string>();
  for (const json& gap : value.at("gaps"))
    clip.gaps.push_back({TimeOf(gap, "from_s"), TimeOf(gap, "to_s"), gap.at("reason").get<std::string>()});
  clip.codec = value.at("codec").get<std::string>();
  clip.plays_in_browsers = value.at("plays_in_browsers").get<bool>();
  clip.skeleton_only = value.at("skeleton_only").get<bool>();
  return clip;
}

}  // namespace

std::string ClipToJson(const ClipDone& clip) {
  const json value = {{"v", kVersion},
                      {"event_id", clip.request.event_id},
                      {"camera_id", clip.request.camera_id.value()},
                      {"at_s", TimeValue(clip.request.at)},
                      {"from_s", TimeValue(clip.request.from)},
                      {"to_s", TimeValue(clip.request.to)},
                      {"shown", clip.span ? SpanValue(*clip.span) : json(nullptr)},
                      {"reason", clip.span ? json(nullptr) : json(clip.reason)},
                      {"complete", clip.is_complete()},
                      {"gaps", GapsValue(clip.gaps)},
                      {"codec", clip.codec},
                      {"plays_in_browsers", clip.plays_in_browsers},
                      {"skeleton_only", clip.skeleton_only},
                      {"audio", "dropped"},
                      {"thumbnail", !clip.thumbnail_path.empty()}};
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<ClipDone> ClipFromJson(std::string_view text) {
  try {
    return ReadClip(json::parse(text));
  } catch (const std::exception& broken) {
    return MakeError(ErrorCode::kUnreadable, "this is no metadata of a clip: {}", broken.what());
  }
}

}  // namespace spotter::codec
