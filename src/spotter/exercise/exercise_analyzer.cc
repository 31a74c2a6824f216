// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/exercise_analyzer.h"

#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace spotter::exercise {
namespace {

constexpr std::chrono::microseconds kCameraHold{1'000'000};  // another camera may take over after this silence
constexpr std::chrono::microseconds kClockJump{2'000'000};   // time running back by more than this is a new stream

struct SubjectStart {
  template <typename Data>
  std::string operator()(const Data& /*data*/) const {
    return {};
  }
  std::string operator()(const RepCounted& data) const { return fmt::format("#{}", data.number); }
  std::string operator()(const SetCompleted& data) const { return fmt::format("#{}", data.number); }
  std::string operator()(const RepPartial& data) const { return fmt::format("#{}", data.number); }
  std::string operator()(const FormAlert& data) const { return fmt::format("#{}/{}", data.number, data.fault.name); }
  std::string operator()(const FormImproved& data) const { return fmt::format("#{}/{}", data.number, data.name); }
  std::string operator()(const RestTimer& data) const { return fmt::format("/{}", ToString(data.stage)); }
  std::string operator()(const ExerciseChanged& data) const { return fmt::format("/{}>{}", data.from, data.to); }
  std::string operator()(const HoldProgress& /*data*/) const { return {}; }
  std::string operator()(const CadenceProgress& /*data*/) const { return {}; }
};

}  // namespace

struct ExerciseAnalyzer::Entry {
  PersonAnalyzer analyzer;
  Stamp stamp;  // of the last frame that was used
  std::optional<TrackId> track_id;
  std::vector<TrackId> track_ids;
};

ExerciseAnalyzer::ExerciseAnalyzer(Options options)
    : options_(std::move(options)),
      playbook_(std::make_shared<const Playbook>(std::exchange(options_.library, {}), options_.pinned_exercise)),
      set_options_{.pinned = options_.pinned_exercise, .idle_close_s = options_.idle_close_s},
      in_doubt_(options_.longest_doubt_s) {}

ExerciseAnalyzer::~ExerciseAnalyzer() = default;

void ExerciseAnalyzer::Adopt(const ExerciseLibrary& library) {
  ExerciseLibrary with_forms(library.exercises(), playbook_->all.forms());
  playbook_ = std::make_shared<const Playbook>(std::move(with_forms), options_.pinned_exercise);
  for (auto& [id, entry] : people_) entry->analyzer.Adopt(playbook_);
}

std::vector<Event> ExerciseAnalyzer::Update(Scene& scene) {
  std::vector<Event> events;
  DropReflections(scene);
  for (ScenePerson& person : scene.people) UpdatePerson(person, scene, events);
  ForgetGone(scene, events);
  return events;
}

// What a reflection did is forgotten, also when it was taken for a person before.
void ExerciseAnalyzer::DropReflections(const Scene& scene) {
  for (const TrackId track : scene.reflections) {
    in_doubt_.Drop(scene.camera_id, track);
    std::erase_if(people_, [&](const auto& person) {
      return person.second->stamp.camera_id == scene.camera_id && person.second->track_id == track;
    });
  }
}

void ExerciseAnalyzer::UpdatePerson(ScenePerson& person, const Scene& scene, std::vector<Event>& events) {
  const float aspect =
      scene.width > 0 && scene.height > 0 ? static_cast<float>(scene.width) / static_cast<float>(scene.height) : 1.0F;
  const Joints joints = MakeJoints(person.perceived, scene.pts, aspect);
  if (person.perceived.in_doubt) return in_doubt_.Hold(scene.camera_id, person.perceived.track_id, joints);
  if (person.person_id.value().empty()) return;  // nobody that identity vouches for
  std::unique_ptr<Entry>& entry = people_[person.person_id];
  if (entry && scene.camera_id == entry->stamp.camera_id && scene.pts < entry->stamp.now - kClockJump) {
    Emit(person.person_id, *entry, entry->analyzer.Close(), events);
    entry.reset();
  }
  if (!entry)
    entry = std::make_unique<Entry>(Entry{.analyzer = PersonAnalyzer(playbook_, set_options_, options_.form),
                                          .stamp = {scene.camera_id, scene.pts, scene.captured_at},
                                          .track_id = {},
                                          .track_ids = {}});
  if (scene.camera_id != entry->stamp.camera_id && scene.pts < entry->stamp.now + kCameraHold) return;
  entry->stamp = {scene.camera_id, std::max(scene.pts, entry->stamp.now), scene.captured_at};
  entry->track_id = person.perceived.track_id;
  entry->track_ids = person.track_ids;
  for (const Joints& held : in_doubt_.Release(scene.camera_id, person.perceived.track_id))
    Emit(person.person_id, *entry, entry->analyzer.Update(held), events);
  Emit(person.person_id, *entry, entry->analyzer.Update(joints), events);
  person.set = entry->analyzer.InProgress();
  person.activity = entry->analyzer.activity();
}

void ExerciseAnalyzer::ForgetGone(const Scene& scene, std::vector<Event>& events) {
  in_doubt_.ForgetGone(scene.camera_id, scene.pts);
  for (auto it = people_.begin(); it != people_.end();) {
    Entry& entry = *it->second;
    const bool is_gone = ToSeconds(scene.pts - entry.stamp.now) > options_.gone_s;
    const bool is_of_an_old_stream = scene.pts < entry.stamp.now - kClockJump;
    // The stream times of two cameras say nothing about each other.
    if (entry.stamp.camera_id != scene.camera_id || (!is_gone && !is_of_an_old_stream)) {
      ++it;
      continue;
    }
    if (is_gone) {
      entry.stamp.now = scene.pts;
      entry.stamp.captured_at = scene.captured_at;
    }
    Emit(it->first, entry, entry.analyzer.Close(), events);
    it = people_.erase(it);
  }
}

std::vector<Event> ExerciseAnalyzer::Finish() {
  std::vector<Event> events;
  for (auto& [id, entry] : people_) Emit(id, *entry, entry->analyzer.Close(), events);
  people_.clear();
  return events;
}

void ExerciseAnalyzer::Emit(const PersonId& id,
                            Entry& entry,
                            std::vector<Finding> findings,
                            std::vector<Event>& events) const {
  for (Finding& finding : findings) {
    if (auto* completed = std::get_if<SetCompleted>(&finding.data)) completed->track_ids = entry.track_ids;
    Event event{.gym_id = options_.gym_id,
                .camera_id = entry.stamp.camera_id,
                .pts = finding.at,
                .raised_pts = entry.stamp.now,
                .person_id = id,
                .track_id = entry.track_id,
                .data = std::move(finding.data)};
    if (entry.stamp.captured_at) event.occurred_at = *entry.stamp.captured_at - (entry.stamp.now - finding.at);
    const std::string subject = id.value() + std::visit(SubjectStart{}, event.data);
    event.event_id = MakeEventId(event, subject);
    events.push_back(std::move(event));
  }
}

}  // namespace spotter::exercise
