// SPDX-License-Identifier: Apache-2.0
#include "spotter/floor/occupancy.h"

#include <algorithm>
#include <utility>

namespace spotter::floor {
namespace {

// A new name that comes up within this time of the last sight of the user, in the middle of the zone, is the same
// person: people do not come out of nothing.
constexpr std::chrono::microseconds kRenamedBefore{500'000};

// Who comes back in time is known to be inside only a little later (StayOptions: leave_s and enter_s, and a frame), and
// feet behind a machine seem to leave some tenths of a second early: so long an end waits.
constexpr std::chrono::microseconds kSettle{800'000};

// After so long without a look nobody can say that it is still the same use.
constexpr std::chrono::minutes kLongestUnseen{15};

}  // namespace

void Occupancy::TakeUp(Pts start, Pts until, const CameraId& camera) {
  Run run;
  run.start = start;
  run.until = until;
  run.camera_id = camera;
  run.announced = true;
  run_ = std::move(run);
}

std::vector<FloorFinding> Occupancy::Update(Pts now, std::chrono::microseconds blind, const Visitors& visitors) {
  std::vector<FloorFinding> findings;
  if (run_ && (UnseenForLong(blind) || CameBackTooLate(blind, visitors))) Finish(now, blind, findings);
  Extend(blind, visitors);
  if (!run_) return findings;
  const auto there = (run_->until - run_->start) - (run_->blind_until - run_->blind_before);
  if (!run_->announced && there >= start_after_) {
    run_->announced = true;
    run_->user = LongestThere();
    findings.push_back(About(run_->start, run_->user, MachineOccupiedStart{.dwell = there}));
  }
  if (!run_->user && run_->announced) run_->user = LongestThere();
  if (run_->announced) FollowUser(now, visitors, findings);
  if (Absence(now, blind) >= end_after_ + kSettle) Finish(now, blind, findings);
  return findings;
}

std::chrono::microseconds Occupancy::Absence(Pts until, std::chrono::microseconds blind) const {
  return (until - run_->until) - (blind - run_->blind_until);
}

// No camera has looked for long since somebody was last there.
bool Occupancy::UnseenForLong(std::chrono::microseconds blind) const {
  return blind - run_->blind_until > kLongestUnseen;
}

// Somebody is inside again whose way over the border lies beyond the end of the run.
bool Occupancy::CameBackTooLate(std::chrono::microseconds blind, const Visitors& visitors) const {
  std::optional<Pts> first;
  for (const auto& [id, visitor] : visitors) {
    if (visitor.stay.inside()) first = std::min(first.value_or(visitor.stay.since()), visitor.stay.since());
  }
  return first && Absence(*first, blind) >= end_after_;
}

void Occupancy::Finish(Pts now, std::chrono::microseconds blind, std::vector<FloorFinding>& findings) {
  if (run_->announced) findings.push_back(About(run_->until, run_->user, Summary(blind)));
  ended_ = Ended{.until = run_->until, .known_at = now};
  run_.reset();
}

// Inside, and seen there since the last run was over: that somebody has left is known a moment late, and the stay of
// that run begins no other.
bool Occupancy::IsThere(const Visitor& visitor) const {
  return visitor.stay.inside() && (!ended_ || visitor.stay.last_there() > ended_->until);
}

// When the visitor came, after the last run.
Pts Occupancy::SinceOf(const Visitor& visitor) const {
  const Pts since = visitor.stay.since();
  return ended_ && since <= ended_->until ? ended_->known_at : since;
}

// Takes the people who are there now into the run, or begins one.
void Occupancy::Extend(std::chrono::microseconds blind, const Visitors& visitors) {
  for (const auto& [id, visitor] : visitors) {
    if (!IsThere(visitor)) continue;
    if (!run_) Begin(visitor, blind);
    if (!run_->announced && SinceOf(visitor) < run_->start) {
      run_->start = SinceOf(visitor);
      run_->camera_id = visitor.camera_id;
    }
    if (visitor.stay.last_there() > run_->until) {
      run_->until = visitor.stay.last_there();
      run_->blind_until = blind;
    }
    Count(id, visitor);
  }
}

void Occupancy::Begin(const Visitor& first, std::chrono::microseconds blind) {
  Run run;
  run.start = SinceOf(first);
  run.until = first.stay.last_there();
  run.blind_before = blind;
  run.blind_until = blind;
  run.camera_id = first.camera_id;
  run_ = std::move(run);
}

void Occupancy::Count(const PersonId& id, const Visitor& visitor) {
  const auto [it, added] = run_->people.try_emplace(id);
  Part& part = it->second;
  if (added) part.since = SinceOf(visitor);
  part.visitor = visitor;
  const auto more = visitor.stay.last_there() - std::max(SinceOf(visitor), part.counted_until);
  if (more <= std::chrono::microseconds{0}) return;
  part.counted_until = visitor.stay.last_there();
  part.dwell += more;
  if (visitor.activity != Activity::kExercising) return;
  part.exercising += more;
  run_->exercised_at = part.counted_until;
}

bool Occupancy::UsedBefore(const PersonId& person, Pts at) const {
  const auto it = run_->people.find(person);
  return it != run_->people.end() && it->second.since + start_after_ <= at;
}

std::optional<PersonId> Occupancy::LongestThere() const {
  const auto longest = std::ranges::max_element(run_->people, {}, [](const auto& entry) { return entry.second.dwell; });
  if (longest == run_->people.end()) return std::nullopt;
  return longest->first;
}

// Who has been there for long enough to be the next user: the one who came first.
std::optional<PersonId> Occupancy::Successor(Pts now, const Visitors& visitors) const {
  const Visitor& user = run_->people.at(*run_->user).visitor;
  std::optional<PersonId> successor;
  for (const auto& [id, visitor] : visitors) {
    // Another camera's name for the user is no other person.
    if (id == *run_->user || !visitor.stay.inside() || visitor.camera_id != user.camera_id) continue;
    if (now - visitor.stay.since() < end_after_) continue;
    if (!successor || visitor.stay.since() < visitors.at(*successor).stay.since()) successor = id;
  }
  return successor;
}

void Occupancy::FollowUser(Pts now, const Visitors& visitors, std::vector<FloorFinding>& findings) {
  if (!run_->user) return;
  const Visitor& user = run_->people.at(*run_->user).visitor;
  if (now - user.stay.last_there() < end_after_) return;
  const std::optional<PersonId> next = Successor(now, visitors);
  if (!next) return;
  const Visitor& successor = visitors.at(*next);
  const auto seen = visitors.find(*run_->user);
  const bool walked_off = seen != visitors.end() && seen->second.went_out;
  const bool renamed =
      !walked_off && !successor.came_from_outside && successor.first_seen > user.stay.last_there() - kRenamedBefore;
  const PersonId previous = *std::exchange(run_->user, next);
  if (renamed) return;
  const Pts at = std::max(user.stay.last_there(), successor.stay.since());
  findings.push_back(About(at, next, MachineUserChanged{.previous_person_id = previous}));
}

FloorFinding Occupancy::About(Pts at, const std::optional<PersonId>& person, EventData data) const {
  FloorFinding finding{.at = at,
                       .camera_id = run_->camera_id,
                       .person_id = person,
                       .track_id = {},
                       .data = std::move(data),
                       .attempts = {}};
  if (person) finding.track_id = run_->people.at(*person).visitor.track_id;
  return finding;
}

MachineOccupiedEnd Occupancy::Summary(std::chrono::microseconds blind) const {
  MachineOccupiedEnd end{
      .start = run_->start, .dwell = run_->until - run_->start, .uncertain = blind - run_->blind_until, .people = {}};
  for (const auto& [id, part] : run_->people)
    end.people.push_back({.person_id = id, .dwell = part.dwell, .exercising = part.exercising});
  std::ranges::stable_sort(end.people, std::greater<>(), &UsePart::dwell);
  return end;
}

}  // namespace spotter::floor
