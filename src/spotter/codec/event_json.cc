// SPDX-License-Identifier: Apache-2.0
#include "spotter/codec/event_json.h"

#include <cmath>

#include <nlohmann/json.hpp>

#include "spotter/base/utc.h"
#include "spotter/geometry/angles.h"

namespace spotter::codec {
namespace {

// Ordered, so that the same fact is always the same bytes.
using json = nlohmann::ordered_json;

constexpr int kVersion = 1;

double Rounded(double value, double steps_per_unit) {
  const double rounded = std::round(value * steps_per_unit) / steps_per_unit;
  return rounded == 0 ? 0 : rounded;  // no -0.0
}

// Stream times to the microsecond, so that they compare equal with a Perception's pts; durations to the millisecond.
double TimeValue(Pts time) { return Rounded(ToSeconds(time), 1e6); }
double DurationValue(std::chrono::microseconds duration) { return Rounded(ToSeconds(duration), 1e3); }

json OptionalValue(const std::optional<double>& value, double steps_per_unit) {
  return value ? json(Rounded(*value, steps_per_unit)) : json(nullptr);
}

json TargetValue(const std::optional<SetTarget>& target) {
  if (!target) return nullptr;
  return {Rounded(target->least, 1), Rounded(target->most, 1)};
}

json FaultValue(const FormFault& fault) {
  return {{"name", fault.name},
          {"severity", ToString(fault.severity)},
          {"at_s", TimeValue(fault.at)},
          {"measure", fault.measure},
          {"value", Rounded(fault.value, 1e3)},
          {"limit", Rounded(fault.limit, 1e3)},
          {"confidence", Rounded(fault.confidence, 1e2)}};
}

json FaultsValue(const std::vector<FormFault>& faults) {
  json list = json::array();
  for (const FormFault& fault : faults) list.push_back(FaultValue(fault));
  return list;
}

json LoadValue(const std::optional<LoadPath>& load) {
  if (!load) return nullptr;
  return {{"range_cm", Rounded(100 * load->range_m, 10)},
          {"mean_mps", Rounded(load->mean_mps, 1e2)},
          {"peak_mps", Rounded(load->peak_mps, 1e2)},
          {"error_mps", Rounded(load->error_mps, 1e2)},
          {"peak_error_mps", Rounded(load->peak_error_mps, 1e2)}};
}

json CurveValue(const std::vector<CurvePoint>& curve) {
  json list = json::array();
  for (const CurvePoint& point : curve) list.push_back({TimeValue(point.at), Rounded(point.value, 1e3)});
  return list;
}

json TaughtValue(const TaughtVerdict& taught) {
  const auto text = [](const std::string& value) { return value.empty() ? json(nullptr) : json(value); };
  return {{"verdict", taught.IsWrong() ? "wrong" : "right"},
          {"wrong_probability", Rounded(taught.wrong_probability, 1e2)},
          {"joint", text(taught.joint)},
          {"cue", text(taught.cue)}};
}

json RepValue(const Rep& rep) {
  json value = {{"start_s", TimeValue(rep.start)},
                {"turn_s", TimeValue(rep.turn)},
                {"end_s", TimeValue(rep.end)},
                {"counted_s", rep.counted_at ? json(TimeValue(*rep.counted_at)) : json(nullptr)},
                {"partial", rep.partial},
                {"side", ToString(rep.side)},
                {"rom_deg", Rounded(rep.rom_rad * kDegreesPerRadian, 10)},
                {"rom_assessable", rep.rom_assessable},
                {"load", LoadValue(rep.load)},
                {"asymmetry", OptionalValue(rep.asymmetry, 1e2)},
                {"eccentric_s", DurationValue(rep.eccentric)},
                {"pause_stretched_s", DurationValue(rep.pause_stretched)},
                {"concentric_s", DurationValue(rep.concentric)},
                {"pause_shortened_s", DurationValue(rep.pause_shortened)},
                {"faults", FaultsValue(rep.faults)}};
  if (rep.taught) value["taught"] = TaughtValue(*rep.taught);
  return value;
}

json SetValue(const Set& set) {
  json reps = json::array();
  int partial_count = 0;
  for (const Rep& rep : set.reps) {
    reps.push_back(RepValue(rep));
    partial_count += rep.partial ? 1 : 0;
  }
  return {{"exercise", set.exercise},
          {"confidence", Rounded(set.confidence, 1e3)},
          {"start_s", TimeValue(set.start)},
          {"end_s", TimeValue(set.end)},
          {"rep_count", set.reps.size()},
          {"live_count", set.live_count},
          {"partial_count", partial_count},
          {"form_score", OptionalValue(set.form_score, 1e3)},
          {"velocity_loss", OptionalValue(set.velocity_loss, 1e2)},
          {"consistency", OptionalValue(set.consistency, 1e2)},
          {"faults", FaultsValue(set.faults)},
          {"hold_s", set.hold ? json(DurationValue(*set.hold)) : json(nullptr)},
          {"cadence_rpm", OptionalValue(set.cadence_rpm, 10)},
          {"target", TargetValue(set.target)},
          {"reps", std::move(reps)}};
}

json TrackIdsValue(const std::vector<TrackId>& ids) {
  json list = json::array();
  for (const TrackId& id : ids) list.push_back(id.value());
  return list;
}

json PartsValue(const std::vector<UsePart>& parts) {
  json list = json::array();
  for (const UsePart& part : parts) {
    list.push_back({{"person_id", part.person_id.value()},
                    {"dwell_s", DurationValue(part.dwell)},
                    {"exercising_s", DurationValue(part.exercising)}});
  }
  return list;
}

struct DataValue {
  json operator()(const SetStarted& data) const {
    return {{"exercise", data.exercise}, {"number", data.number}, {"target", TargetValue(data.target)}};
  }
  json operator()(const RepCounted& data) const {
    json value = {{"exercise", data.exercise}, {"number", data.number}};
    value.update(RepValue(data.rep));
    return value;
  }
  json operator()(const SetCompleted& data) const {
    json value = {{"number", data.number}, {"track_ids", TrackIdsValue(data.track_ids)}};
    value.update(SetValue(data.set));
    return value;
  }
  json operator()(const RepPartial& data) const {
    return {{"exercise", data.exercise}, {"number", data.number}, {"range_share", Rounded(data.range_share, 1e2)}};
  }
  json operator()(const FormAlert& data) const {
    json value = {{"exercise", data.exercise}, {"number", data.number}};
    value.update(FaultValue(data.fault));
    value["cue"] = data.cue;
    value["curve"] = CurveValue(data.curve);
    return value;
  }
  json operator()(const FormImproved& data) const {
    return {{"exercise", data.exercise}, {"number", data.number}, {"name", data.name}, {"praise", data.praise}};
  }
  json operator()(const RestTimer& data) const {
    return {{"stage", ToString(data.stage)},
            {"rest_s", DurationValue(data.rest)},
            {"range_s", {DurationValue(data.least), DurationValue(data.most)}}};
  }
  json operator()(const ExerciseChanged& data) const { return {{"from", data.from}, {"to", data.to}}; }
  json operator()(const HoldProgress& data) const {
    return {{"exercise", data.exercise}, {"held_s", DurationValue(data.held)}};
  }
  json operator()(const CadenceProgress& data) const {
    return {{"exercise", data.exercise},
            {"lasted_s", DurationValue(data.lasted)},
            {"cadence_rpm", Rounded(data.cadence_rpm, 10)}};
  }
  json operator()(const MachineOccupiedStart& data) const { return {{"dwell_s", DurationValue(data.dwell)}}; }
  json operator()(const MachineOccupiedEnd& data) const {
    return {{"start_s", TimeValue(data.start)},
            {"dwell_s", DurationValue(data.dwell)},
            {"uncertain_s", DurationValue(data.uncertain)},
            {"people", PartsValue(data.people)}};
  }
  json operator()(const MachineUserChanged& data) const {
    return {{"previous_person_id", data.previous_person_id.value()}};
  }
  json operator()(const CleaningAttempt& data) const {
    return {{"end_s", TimeValue(data.end)},
            {"needs_mm", true},
            {"verdict", ToString(data.verdict)},
            {"confidence", Rounded(data.confidence, 1e3)},
            {"by_user", data.by_user},
            {"evidence",
             {{"wiping_s", DurationValue(data.evidence.wiping)},
              {"sweeps", data.evidence.sweeps},
              {"extent_m", Rounded(data.evidence.extent_m, 1e2)}}}};
  }
  json operator()(const CleaningWindowOpen& data) const {
    return {{"window_s", DurationValue(data.window)}, {"attempt_ids", data.attempt_ids}};
  }
  json operator()(const CleaningWindowClosed& data) const {
    return {{"start_s", TimeValue(data.start)},
            {"verdict", ToString(data.verdict)},
            {"confidence", Rounded(data.confidence, 1e3)},
            {"attempt_ids", data.attempt_ids}};
  }
  json operator()(const MachineStateChanged& data) const {
    return {{"state", ToString(data.state)}, {"previous", ToString(data.previous)}};
  }
};

}  // namespace

std::string EventToJson(const Event& event) {
  json value = {{"v", kVersion},
                {"event_id", event.event_id},
                {"type", TypeName(event.data)},
                {"gym_id", event.gym_id.value()},
                {"camera_id", event.camera_id.value()},
                {"pts", TimeValue(event.pts)}};
  if (event.occurred_at) value["occurred_at"] = FormatUtc(*event.occurred_at);
  value["raised_pts"] = TimeValue(event.raised_pts);
  if (event.person_id) value["person_id"] = event.person_id->value();
  if (event.track_id) value["track_id"] = event.track_id->value();
  if (event.zone_id) value["zone_id"] = event.zone_id->value();
  value["data"] = std::visit(DataValue{}, event.data);
  // Bytes that are no UTF-8 (a camera id from a damaged file) are replaced, never a crash.
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string FileResultToJson(const FileResult& result) {
  json people = json::array();
  for (const PersonResult& person : result.people) {
    json sets = json::array();
    for (const Set& set : person.sets) sets.push_back(SetValue(set));
    people.push_back({{"person", person.person_id.value()},
                      {"track_ids", TrackIdsValue(person.track_ids)},
                      {"sets", std::move(sets)}});
  }
  const json value = {{"source", result.source},
                      {"duration_s", DurationValue(result.duration)},
                      {"frames", result.frames},
                      {"warnings", result.warnings},
                      {"people", std::move(people)}};
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace spotter::codec
