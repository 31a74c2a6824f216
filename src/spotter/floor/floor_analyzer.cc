// SPDX-License-Identifier: Apache-2.0
#include "spotter/floor/floor_analyzer.h"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

namespace spotter::floor {
namespace {

ZoneMap::Frame FrameOf(const Scene& scene) {
  return {.camera_id = scene.camera_id, .width = scene.width, .height = scene.height};
}

// The times within an event's data, from site time to the stream time of its camera.
struct ToStreamTime {
  Pts site_from_stream;
  void operator()(MachineOccupiedEnd& data) const { data.start -= site_from_stream; }
  void operator()(CleaningAttempt& data) const { data.end -= site_from_stream; }
  void operator()(CleaningWindowClosed& data) const { data.start -= site_from_stream; }
  template <typename Data>
  void operator()(Data& /*data*/) const {}
};

// What tells events of one kind apart that happen to a machine at the same instant: it can change its state twice, as
// seen later.
struct SubjectEnd {
  std::string operator()(const MachineStateChanged& data) const { return fmt::format("/{}", ToString(data.state)); }
  template <typename Data>
  std::string operator()(const Data& /*data*/) const {
    return {};
  }
};

// Where a cleaning window's data keep the ids of its attempts; null for other data.
std::vector<std::string>* AttemptIds(EventData& data) {
  if (auto* opened = std::get_if<CleaningWindowOpen>(&data)) return &opened->attempt_ids;
  if (auto* closed = std::get_if<CleaningWindowClosed>(&data)) return &closed->attempt_ids;
  return nullptr;
}

constexpr std::chrono::microseconds kRememberedPath{5'000'000};  // of who may be a reflection

// The hands reach this far over the border of the zone from outside, metres.
constexpr double kReach = 0.4;
constexpr std::size_t kMaxAttempts = 100;  // remembered of a zone

}  // namespace

FloorAnalyzer::FloorAnalyzer(Options options)
    : gym_id_(std::move(options.gym_id)),
      map_(std::move(options.zones), std::move(options.floor_from_image)),
      unnamed_(kRememberedPath) {
  for (const Zone& zone : map_.zones()) watches_.emplace_back(zone);
  attempt_ids_.resize(watches_.size());
}

std::vector<Event> FloorAnalyzer::Update(Scene& scene) {
  std::vector<Event> events;
  if (watches_.empty() || scene.width <= 0 || scene.height <= 0) return events;
  if (!clock_.Advance(scene)) return events;
  captured_at_ = scene.captured_at;
  const std::vector<Place> places = FindPlaces(scene);
  for (std::size_t zone = 0; zone < watches_.size(); ++zone) {
    if (map_.Sees(scene.camera_id, zone)) WatchZone(zone, scene, places, events);
    Emit(zone, watches_[zone].Advance(clock_.now()), events);
  }
  FillIn(scene);
  return events;
}

// Of those that identity vouches for; where the others go is remembered.
std::vector<FloorAnalyzer::Place> FloorAnalyzer::FindPlaces(const Scene& scene) {
  std::vector<Place> places;
  for (const ScenePerson& person : scene.people) {
    const std::optional<GroundPoint> at = ground_.Find(scene, clock_.now(), person);
    if (!at) continue;
    const TrackId track = person.perceived.track_id;
    if (person.person_id.value().empty())
      unnamed_.Add(scene.camera_id, track, {clock_.now(), *at});
    else
      places.push_back({&person, *at, unnamed_.Take(scene.camera_id, track, clock_.now())});
  }
  return places;
}

// At the first frame that shows the zone, which tells when the earlier run was.
void FloorAnalyzer::TakeUpUse(std::size_t zone, const Scene& scene) {
  const auto use = std::ranges::find(open_uses_, map_.zones()[zone].id, &OpenUse::zone_id);
  if (use == open_uses_.end()) return;
  if (scene.captured_at) {
    const auto site_time = [&](UtcTime at) { return clock_.now() - (*scene.captured_at - at); };
    const UtcTime until = std::min(use->known_until, *scene.captured_at);
    watches_[zone].TakeUp(site_time(std::min(use->start, until)), site_time(until), scene.camera_id);
  }
  open_uses_.erase(use);
}

void FloorAnalyzer::WatchZone(std::size_t zone,
                              const Scene& scene,
                              const std::vector<Place>& places,
                              std::vector<Event>& events) {
  ZoneWatch& watch = watches_[zone];
  TakeUpUse(zone, scene);
  watch.Look(clock_.now(), scene.camera_id);
  for (const Place& place : places) {
    for (const Step& step : place.before) {
      if (const std::optional<double> depth = map_.Depth(FrameOf(scene), zone, step.ground))
        watch.SeeEarlier(*place.person, step.at, *depth);
    }
    if (const std::optional<double> depth = map_.Depth(FrameOf(scene), zone, place.at))
      watch.See(*place.person, *depth);
    if (const std::optional<WipeLook> look = LookAtHands(zone, scene, place)) watch.SeeHands(*look);
  }
  SeeObjects(zone, scene);
  Emit(zone, watch.Conclude(), events);
}

void FloorAnalyzer::SeeObjects(std::size_t zone, const Scene& scene) {
  for (const LeftObject& object : scene.objects) {
    const auto age = scene.pts - object.since;
    if (LiesIn(zone, scene, object)) watches_[zone].SeeObject(clock_.now() - age);
  }
}

// Of several machines that an object seems to lie in, it is the one where it lies deepest; depths on the floor and in
// the picture cannot be compared.
bool FloorAnalyzer::LiesIn(std::size_t zone, const Scene& scene, const LeftObject& object) const {
  const auto depth_in = [&](std::size_t z) {
    return map_.ObjectDepth(FrameOf(scene), z, object.box).value_or(-std::numeric_limits<double>::infinity());
  };
  const double depth = depth_in(zone);
  if (depth < 0) return false;
  for (std::size_t other = 0; other < watches_.size(); ++other) {
    const Zone& rival = map_.zones()[other];
    const bool is_rival =
        rival.kind == ZoneKind::kMachine && rival.floor.has_value() == map_.zones()[zone].floor.has_value();
    if (other != zone && is_rival && depth_in(other) > depth) return false;
  }
  return true;
}

// The hands of somebody who is in the zone, or beside it with a hand over it.
std::optional<WipeLook> FloorAnalyzer::LookAtHands(std::size_t zone, const Scene& scene, const Place& place) const {
  const ScenePerson& person = *place.person;
  WipeLook look{.person_id = person.person_id,
                .track_id = person.perceived.track_id,
                .camera_id = scene.camera_id,
                .wiping = false,
                .hands = {},
                .metre = place.at.metre};
  bool is_near = watches_[zone].Holds(person.person_id);
  const ZoneMap::Frame frame = FrameOf(scene);
  for (std::size_t hand = 0; hand < look.hands.size(); ++hand) {
    const KeypointId wrist = hand == 0 ? KeypointId::kLeftWrist : KeypointId::kRightWrist;
    const std::optional<Point> at = SeenJoint(person.perceived, wrist, frame.aspect());
    if (!at) continue;
    look.hands[hand] = at;
    const std::optional<double> depth = map_.HandDepth(frame, zone, place.at, *at);
    is_near = is_near || (depth && *depth > -kReach && !StandsElsewhere(zone, person.person_id));
  }
  if (!is_near) return std::nullopt;
  look.wiping = person.activity == Activity::kWiping;
  return look;
}

bool FloorAnalyzer::StandsElsewhere(std::size_t zone, const PersonId& person) const {
  for (std::size_t other = 0; other < watches_.size(); ++other) {
    if (other != zone && watches_[other].Holds(person)) return true;
  }
  return false;
}

void FloorAnalyzer::Emit(std::size_t zone, std::vector<FloorFinding> findings, std::vector<Event>& events) {
  std::map<Pts, std::string>& ids = attempt_ids_[zone];
  for (FloorFinding& finding : findings) {
    if (std::vector<std::string>* list = AttemptIds(finding.data)) {
      for (const Pts start : finding.attempts) list->push_back(ids[start]);
    }
    const Pts at = finding.at;
    events.push_back(MakeEvent(map_.zones()[zone], std::move(finding)));
    if (std::holds_alternative<CleaningAttempt>(events.back().data)) ids[at] = events.back().event_id;
    while (ids.size() > kMaxAttempts) ids.erase(ids.begin());
  }
}

void FloorAnalyzer::FillIn(Scene& scene) const {
  for (std::size_t zone = 0; zone < watches_.size(); ++zone) {
    scene.zones.push_back(watches_[zone].StatusAt(clock_.now()));
    scene.zones.back().since = clock_.StreamTime(scene.camera_id, scene.zones.back().since);
    for (ScenePerson& person : scene.people) {
      if (!person.zone_id && watches_[zone].Holds(person.person_id)) person.zone_id = map_.zones()[zone].id;
    }
  }
}

Event FloorAnalyzer::MakeEvent(const Zone& zone, FloorFinding finding) const {
  const Pts now = clock_.now();
  const Pts at = finding.at;
  Event event{.event_id = {},
              .gym_id = gym_id_,
              .camera_id = std::move(finding.camera_id),
              .pts = {},
              .occurred_at = {},
              .raised_pts = {},
              .person_id = std::move(finding.person_id),
              .track_id = finding.track_id,
              .zone_id = zone.id,
              .data = std::move(finding.data)};
  event.pts = clock_.StreamTime(event.camera_id, at);
  event.raised_pts = clock_.StreamTime(event.camera_id, now);
  std::visit(ToStreamTime{at - event.pts}, event.data);
  if (captured_at_) event.occurred_at = *captured_at_ - (now - at);
  event.event_id = MakeEventId(event, zone.id.value() + std::visit(SubjectEnd{}, event.data));
  return event;
}

std::vector<Event> FloorAnalyzer::Finish() {
  std::vector<Event> events;
  for (std::size_t zone = 0; zone < watches_.size(); ++zone) Emit(zone, watches_[zone].Finish(), events);
  return events;
}

}  // namespace spotter::floor
