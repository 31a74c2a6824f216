// SPDX-License-Identifier: Apache-2.0
#include "spotter/floor/zone_watch.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace spotter::floor {
namespace {

constexpr std::chrono::microseconds kBlindAfter{2'000'000};    // without a frame
constexpr std::chrono::microseconds kForgetAfter{30'000'000};  // who has not been seen for so long
constexpr std::chrono::microseconds kRestAfter{5'000'000};     // without exercise
constexpr std::chrono::microseconds kIdleAfter{180'000'000};   // without exercise

// A machine or a coat that the detector takes for a person has a box, but hardly a joint, or for a frame at most; of
// people half behind a machine most are still seen.
constexpr float kSeenJoint = 0.3F;
constexpr std::ptrdiff_t kLeastJoints = 9;
constexpr std::chrono::microseconds kBodyShown{300'000};

bool ShowsBody(const PerceivedPerson& person) {
  const auto is_seen = [](const Keypoint& joint) { return joint.confidence >= kSeenJoint; };
  return std::ranges::count_if(person.pose.keypoints, is_seen) >= kLeastJoints;
}

void Append(std::vector<FloorFinding> more, std::vector<FloorFinding>& findings) {
  findings.insert(findings.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace

// What an earlier run saw is as long ago as if the camera had been away.
void ZoneWatch::TakeUp(Pts start, Pts until, const CameraId& camera) {
  occupancy_.TakeUp(start, until, camera);
  looked_at_ = until;
}

void ZoneWatch::Look(Pts now, const CameraId& camera) {
  const auto elapsed = now - looked_at_.value_or(now);
  if (elapsed > kBlindAfter) {
    blind_ += elapsed;
    Become(MachineState::kBlind, *looked_at_);
  }
  if (!looked_at_ || elapsed > kBlindAfter) looking_since_ = now;
  looked_at_ = now;
  camera_id_ = camera;
  belongings_.erase(camera);
}

// Somebody whom the camera that looks now has seen, for the first time at `since` if he is new.
Visitor& ZoneWatch::VisitorOf(const PersonId& person, Pts since) {
  const bool is_known = visitors_.contains(person);
  const auto [it, added] = (is_known ? visitors_ : strangers_).try_emplace(person);
  Visitor& visitor = it->second;
  if (added) visitor.first_seen = since;
  visitor.camera_id = camera_id_;
  visitor.blind_when_seen = blind_;
  return visitor;
}

void ZoneWatch::SeeEarlier(const ScenePerson& person, Pts at, double depth_m) {
  if (at < looking_since_) return;
  Visitor& visitor = VisitorOf(person.person_id, at);
  if (at > visitor.stay.last_seen()) visitor.See(at, depth_m);
}

void ZoneWatch::See(const ScenePerson& person, double depth_m) {
  const Pts now = *looked_at_;
  Visitor& visitor = VisitorOf(person.person_id, now);
  visitor.track_id = person.perceived.track_id;
  visitor.See(now, depth_m);
  visitor.activity = person.activity;
  const auto it = strangers_.find(person.person_id);
  if (it == strangers_.end()) return;
  if (!ShowsBody(person.perceived))
    visitor.body_since.reset();
  else if (!visitor.body_since)
    visitor.body_since = now;
  if (visitor.body_since && now - *visitor.body_since >= kBodyShown) visitors_.insert(strangers_.extract(it));
}

void ZoneWatch::SeeObject(Pts since) {
  Belonging& belonging =
      belongings_.try_emplace(camera_id_, Belonging{.since = since, .seen_at = *looked_at_}).first->second;
  belonging.since = std::max(belonging.since, since);
}

std::vector<FloorFinding> ZoneWatch::Conclude() {
  ForgetGone();
  if (kind_ != ZoneKind::kMachine) return {};
  const Pts now = *looked_at_;
  std::vector<FloorFinding> findings;
  CollectWipes(false, findings);
  const std::optional<Pts> exercised = occupancy_.exercised_at();
  for (FloorFinding& finding : occupancy_.Update(now, blind_, visitors_)) {
    const bool ended = std::holds_alternative<MachineOccupiedEnd>(finding.data);
    findings.push_back(finding);
    if (!ended) continue;
    CollectWipes(true, findings);  // what was wiped before the end counts for the window that it opens
    Append(cleaning_.UseEnded(finding, blind_, exercised), findings);
  }
  Append(cleaning_.Update(now, blind_, occupancy_.exercised_at()), findings);
  for (const FloorFinding& finding : findings) {
    if (const auto* use = std::get_if<MachineOccupiedEnd>(&finding.data)) {
      freed_at_ = std::max(freed_at_, finding.at);
      used_from_ = use->start;
    }
    if (const auto* wiped = std::get_if<CleaningAttempt>(&finding.data)) freed_at_ = std::max(freed_at_, wiped->end);
  }
  return findings;
}

std::vector<FloorFinding> ZoneWatch::Advance(Pts now) {
  if (!looked_at_) return {};
  if (now - *looked_at_ > kBlindAfter) {
    Become(MachineState::kBlind, *looked_at_);
  } else {
    const MachineState state = StateNow();
    Become(state, BeginOf(state));
  }
  if (kind_ != ZoneKind::kMachine) changes_.clear();
  return std::exchange(changes_, {});
}

std::vector<FloorFinding> ZoneWatch::Finish() {
  std::vector<FloorFinding> findings;
  if (!looked_at_) return findings;
  CollectWipes(true, findings);
  Become(MachineState::kBlind, *looked_at_);
  if (kind_ == ZoneKind::kMachine) Append(std::exchange(changes_, {}), findings);
  return findings;
}

void ZoneWatch::Become(MachineState state, Pts at) {
  if (state == state_) return;
  state_since_ = std::max({at, state_since_, looking_since_});
  changes_.push_back({.at = state_since_,
                      .camera_id = camera_id_,
                      .person_id = occupancy_.occupied() ? occupancy_.user() : std::nullopt,
                      .track_id = {},
                      .data = MachineStateChanged{.state = state, .previous = state_},
                      .attempts = {}});
  state_ = state;
}

// When the state that the last look showed began.
Pts ZoneWatch::BeginOf(MachineState state) const {
  const bool goes_on = state_ == MachineState::kResting || state_ == MachineState::kIdle;  // with the same use
  if (state == MachineState::kInUse && !goes_on) return occupancy_.start();
  if (state == MachineState::kResting) return *occupancy_.exercised_at();
  if (state == MachineState::kReserved) return *ReservedSince();
  if (!occupancy_.occupied() && state_ != MachineState::kReserved) return freed_at_;
  return *looked_at_;
}

void ZoneWatch::CollectWipes(bool everything, std::vector<FloorFinding>& findings) {
  for (const Wipe& wipe : wipes_.Collect(*looked_at_, everything)) {
    const bool by_user = occupancy_.occupied() && occupancy_.UsedBefore(wipe.person_id, wipe.start);
    findings.push_back(cleaning_.Attempt(wipe, by_user));
  }
}

// Who left long ago, and who was inside and was not seen any more where somebody looked.
void ZoneWatch::ForgetGone() {
  const auto is_gone = [&](const auto& entry) {
    const Visitor& visitor = entry.second;
    const auto unseen = (*looked_at_ - visitor.stay.last_seen()) - (blind_ - visitor.blind_when_seen);
    return unseen >= (visitor.stay.inside() ? gone_after_ : kForgetAfter);
  };
  std::erase_if(visitors_, is_gone);
  std::erase_if(strangers_, is_gone);
}

// Since when something lies there that came with the last use or after it; nullopt = nothing, or for too long. What lay
// there before did not keep the last user from taking the machine.
std::optional<Pts> ZoneWatch::ReservedSince() const {
  std::optional<Pts> newest;
  for (const auto& [camera, belonging] : belongings_) {
    const bool is_seen = *looked_at_ - belonging.seen_at <= kBlindAfter;  // by a camera that is not away
    if (is_seen && belonging.since >= used_from_) newest = std::max(newest.value_or(belonging.since), belonging.since);
  }
  if (!newest) return std::nullopt;
  const Pts start = std::max(*newest, freed_at_);
  return *looked_at_ - start < reserve_limit_ ? std::optional(start) : std::nullopt;
}

MachineState ZoneWatch::StateNow() const {
  if (!occupancy_.occupied() && ReservedSince()) return MachineState::kReserved;
  if (!occupancy_.occupied()) return cleaning_.dirty() ? MachineState::kNeedsCleaning : MachineState::kFree;
  const Pts now = *looked_at_;
  const std::optional<Pts> exercised = occupancy_.exercised_at();
  // Nobody knows whether somebody exercised while no camera looked.
  const Pts still_since = std::max({occupancy_.start(), exercised.value_or(Pts::min()), looking_since_});
  if (now - still_since >= kIdleAfter) return MachineState::kIdle;
  if (exercised && now - *exercised >= kRestAfter) return MachineState::kResting;
  return MachineState::kInUse;
}

ZoneStatus ZoneWatch::StatusAt(Pts now) const {
  ZoneStatus status{.id = id_, .kind = kind_, .state = state_, .since = state_since_, .people = {}, .user = {}};
  if (!looked_at_ || now - *looked_at_ > kBlindAfter) return status;
  for (const auto& [id, visitor] : visitors_) {
    if (visitor.stay.inside() && visitor.stay.last_seen() == *looked_at_) status.people.push_back(id);
  }
  std::ranges::stable_sort(status.people, {}, [&](const PersonId& id) { return visitors_.at(id).stay.since(); });
  if (occupancy_.occupied()) status.user = occupancy_.user();
  return status;
}

bool ZoneWatch::Holds(const PersonId& person) const {
  const auto it = visitors_.find(person);
  return it != visitors_.end() && it->second.stay.inside();
}

}  // namespace spotter::floor
