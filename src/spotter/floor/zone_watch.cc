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

void Append(std::vector<FloorFinding> more, std::vector<FloorFinding>& findings) {
  findings.insert(findings.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace

void ZoneWatch::Look(Pts now) {
  if (!looked_at_) state_since_ = now;
  const auto elapsed = now - looked_at_.value_or(now);
  if (elapsed > kBlindAfter) blind_ += elapsed;
  looked_at_ = now;
}

void ZoneWatch::See(const ScenePerson& person, const CameraId& camera, double depth_m) {
  const Pts now = *looked_at_;
  const auto [it, added] = visitors_.try_emplace(person.person_id);
  Visitor& visitor = it->second;
  if (added) visitor.first_seen = now;
  visitor.camera_id = camera;
  visitor.blind_when_seen = blind_;
  visitor.track_id = person.perceived.track_id;
  if (depth_m < 0) (visitor.stay.inside() ? visitor.went_out : visitor.came_from_outside) = true;
  if (depth_m >= 0) visitor.went_out = false;
  visitor.stay.Update(now, depth_m);
  visitor.activity = person.activity;
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
    Append(cleaning_.UseEnded(finding, exercised), findings);
  }
  Append(cleaning_.Update(now, blind_, occupancy_.exercised_at()), findings);
  if (const MachineState state = StateNow(); state != state_) {
    state_ = state;
    state_since_ = now;
  }
  return findings;
}

std::vector<FloorFinding> ZoneWatch::Finish() {
  std::vector<FloorFinding> findings;
  if (looked_at_) CollectWipes(true, findings);
  return findings;
}

void ZoneWatch::CollectWipes(bool everything, std::vector<FloorFinding>& findings) {
  for (const Wipe& wipe : wipes_.Collect(*looked_at_, everything)) {
    const bool by_user = occupancy_.occupied() && occupancy_.UsedBefore(wipe.person_id, wipe.start);
    findings.push_back(cleaning_.Attempt(wipe, by_user));
  }
}

// Who left long ago, and who was inside and was not seen any more where somebody looked.
void ZoneWatch::ForgetGone() {
  std::erase_if(visitors_, [&](const auto& entry) {
    const Visitor& visitor = entry.second;
    const auto unseen = (*looked_at_ - visitor.stay.last_seen()) - (blind_ - visitor.blind_when_seen);
    return unseen >= (visitor.stay.inside() ? gone_after_ : kForgetAfter);
  });
}

MachineState ZoneWatch::StateNow() const {
  if (!occupancy_.occupied()) return cleaning_.dirty() ? MachineState::kNeedsCleaning : MachineState::kFree;
  const Pts now = *looked_at_;
  const std::optional<Pts> exercised = occupancy_.exercised_at();
  if (now - std::max(occupancy_.start(), exercised.value_or(Pts::min())) >= kIdleAfter) return MachineState::kIdle;
  if (exercised && now - *exercised >= kRestAfter) return MachineState::kResting;
  return MachineState::kInUse;
}

ZoneStatus ZoneWatch::StatusAt(Pts now) const {
  ZoneStatus status{.id = id_, .kind = kind_, .state = state_, .since = state_since_, .people = {}, .user = {}};
  if (!looked_at_ || now - *looked_at_ > kBlindAfter) {
    status.state = MachineState::kBlind;
    status.since = looked_at_.value_or(Pts{0});
    return status;
  }
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
