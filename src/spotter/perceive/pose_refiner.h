// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "spotter/base/result.h"
#include "spotter/core/frame.h"
#include "spotter/core/perception.h"
#include "spotter/perceive/blazepose.h"
#include "spotter/perceive/pose_engine.h"
#include "spotter/perceive/refine_budget.h"

namespace spotter::perceive {

struct RefineOptions {
  RefineBudgetOptions budget;
  float min_presence = 0.5F;      // below, the crop shows nobody: the detector's pose stays
  float max_disagreement = 0.5F;  // median joint distance, in torso lengths, above which the detector's pose stays
};

// Refines the poses of tracked people with BlazePose: more exact joints, 33 landmarks and metric 3-D. Who is not
// refined this time (see RefineBudget) keeps the last correction: the difference between the two poses then. Memory per
// track: one source, frames in order, one thread. The same frames give the same bits, whatever the timing.
class PoseRefiner {
 public:
  // `engine` outlives the refiner. Without a refining network people come back as they are.
  PoseRefiner(PoseEngine& engine, const RefineOptions& options)
      : engine_(engine), options_(options), budget_(options.budget) {}
  PoseRefiner(const PoseRefiner&) = delete;
  PoseRefiner& operator=(const PoseRefiner&) = delete;
  // Waits for what is in flight.
  ~PoseRefiner() { FinishAll(); }

  // Cuts out the people and starts the inferences; the pixels are not needed afterwards. Poses are the detector's, in
  // fractions of the frame.
  void Submit(const Frame& frame, std::vector<PerceivedPerson> people);
  // The people of the oldest frame not collected yet, in the same order, with pose, landmarks and world_landmarks set
  // where there is a refinement. REQUIRES: in_flight() > 0
  Result<std::vector<PerceivedPerson>> Collect();
  // Waits for what is in flight and gives its requests back; the results are kept for Collect.
  void FinishAll();
  // `finish` is called before this thread waits for a request that others hold. It must give back every request that
  // the thread holds anywhere, else two sources could wait for each other for ever. Default: FinishAll of this object.
  void CallBeforeWaiting(std::function<void()> finish) { before_waiting_ = std::move(finish); }
  // Frames submitted and not collected.
  std::size_t in_flight() const { return jobs_.size(); }

 private:
  struct Crop {
    CropRegion region;
    std::optional<RequestPool::Lease> request;  // none once finished
    Result<RefinedPose> refined;
  };
  struct Job {
    Pts pts{0};
    Point frame_size;  // pixels
    std::vector<PerceivedPerson> people;
    std::vector<std::optional<Crop>> crops;  // one a person; none = not refined this time
  };
  // A track's last refinement.
  struct Memory {
    Pts refined_at{0};
    Pose rough;  // the detector's
    PerceivedPerson refined;
  };

  RequestPool::Lease AcquireRequest();
  void Finish(Crop& crop) const;
  void Refine(const Job& job, const RefinedPose& refined, PerceivedPerson& person);
  void CarryOver(PerceivedPerson& person) const;

  PoseEngine& engine_;
  const RefineOptions options_;
  RefineBudget budget_;
  std::deque<Job> jobs_;
  std::function<void()> before_waiting_ = [this] { FinishAll(); };
  std::map<TrackId, Memory> last_;
};

}  // namespace spotter::perceive
