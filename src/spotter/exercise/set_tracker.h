// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "spotter/core/scene.h"
#include "spotter/exercise/candidate.h"
#include "spotter/exercise/finding.h"
#include "spotter/exercise/free_count.h"
#include "spotter/exercise/history.h"

namespace spotter::exercise {

struct SetTrackerOptions {
  std::string pinned;        // only this exercise is looked for; empty = all of them
  double idle_close_s = 60;  // a set without a repetition for this long is over
  double rest_s = 18;        // a longer pause between two repetitions makes the second one start a new set
};

// Decides for one person which exercise is being done, opens a set, announces its repetitions as they happen, and when
// the set is over counts it again. All candidates (exercise x signal) run side by side; the one that explains most of
// the movement leads. One owner, not thread safe; the library outlives it.
class SetTracker {
 public:
  SetTracker(const ExerciseLibrary& library, const SetTrackerOptions& options);

  // The history's last frame is new.
  std::vector<Finding> Update(const FeatureHistory& history);
  // The person is gone or the stream is over: settles what is open.
  std::vector<Finding> Close(const FeatureHistory& history);

  // A set is open and its last repetition not long ago: the person is at it, or in a short pause.
  bool IsRepeating(Pts now) const;
  // A set is open, and a repetition that is under way now would belong to it.
  bool MayGoOn(Pts now) const;
  int& sets_done() { return sets_done_; }

  // Nothing before this instant is needed any more.
  Pts NeededSince(Pts now) const;
  std::optional<SetInProgress> InProgress(const FeatureHistory& history) const;

 private:
  struct OpenSet {
    const ExerciseDefinition* exercise = nullptr;  // null: unknown
    Pts start{0};
    Pts last_end{0};
    std::vector<Attempt> attempts;  // the repetitions announced, in time order
    double confidence = 0;
    bool proven = false;                // found afterwards, from the whole stay
    std::optional<std::size_t> leader;  // index of the candidate that was announced last

    // From one repetition to the next, on the average.
    double Usual_s() const;
    std::chrono::microseconds LongestPause() const;
    // Whether the attempt is one of them, perhaps seen from its other end.
    bool Knows(const Attempt& attempt) const;
  };

  const Candidate* Leader() const;
  const Candidate* Rival() const;
  void Advance(const FeatureHistory& history, std::vector<Finding>& findings);
  void Open(const Candidate& leader, std::vector<Finding>& findings);
  void Announce(const Candidate& leader, Pts now, std::vector<Finding>& findings);
  void LookForUnknown(const FeatureHistory& history, std::vector<Finding>& findings);
  void LookBack(const FeatureHistory& history, std::vector<Finding>& findings);
  MovementTemplate OpenMovement() const;
  void FollowMovement(const FeatureHistory& history, std::vector<Finding>& findings);
  void AnnounceNew(std::span<const Attempt> attempts, Pts now, std::vector<Finding>& findings);
  void AnnounceAttempt(Attempt attempt, Pts now, std::vector<Finding>& findings);
  bool IsWalking(const FeatureHistory& history, const Candidate& leader) const;
  bool Explains(const Candidate& candidate) const;
  bool MayTakeOver(const Candidate& candidate) const;
  std::string OpenName() const;
  bool IsStalled(Pts now) const;
  bool HasRested(Pts at) const;
  bool IsAnother(std::span<const Attempt> attempts) const;
  void CloseSet(const FeatureHistory& history, Pts limit, std::vector<Finding>& findings);
  void CloseSetBefore(Pts next_start, const FeatureHistory& history, std::vector<Finding>& findings);

  SetTrackerOptions options_;
  const ExerciseLibrary* library_;
  std::vector<Candidate> candidates_;
  std::optional<OpenSet> open_;
  Pts next_look_{0};                   // for unknown movements
  std::optional<Pts> passes_since_{};  // the looks found an unknown exercise, all since then
  Pts group_start_{0};                 // attempts that ended before are over
  Pts settled_until_{0};               // what came before belongs to a settled set
  int sets_done_ = 0;
};

}  // namespace spotter::exercise
