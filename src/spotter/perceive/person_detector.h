// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <vector>

#include "spotter/base/result.h"
#include "spotter/core/frame.h"
#include "spotter/core/perception.h"
#include "spotter/media/scaler.h"
#include "spotter/perceive/letterbox.h"
#include "spotter/perceive/pose_engine.h"
#include "spotter/perceive/request_pool.h"

namespace spotter::perceive {

// Finds everybody in the frames of one source: preprocess -> infer -> postprocess. The inference runs on the engine's
// threads meanwhile; submit the next frame before collecting the last (two or three in flight keep two cores busy). The
// same frame gives the same bits, whatever the timing. One thread.
class PersonDetector {
 public:
  // `engine` outlives the detector.
  explicit PersonDetector(PoseEngine& engine) : engine_(engine), scaler_(media::RgbOrder::kRgb) {}
  PersonDetector(const PersonDetector&) = delete;
  PersonDetector& operator=(const PersonDetector&) = delete;
  // Waits for what is in flight.
  ~PersonDetector();

  // Prepares the frame and starts the inference; the pixels are not needed afterwards. Waits only while all requests of
  // the network are out. A frame is looked at twice, if the detector needs that (docs/adr/0005), from when a frame
  // collected before showed somebody too large for it until nobody was for two seconds.
  Result<void> Submit(const Frame& frame);
  // The people of the oldest frame not collected yet, most confident first, in fractions of the frame. REQUIRES:
  // in_flight() > 0
  Result<std::vector<Detection>> Collect();
  // Waits for what is in flight and gives its requests back; the results are kept for Collect.
  void FinishAll();
  // `finish` is called before this thread waits for a request that others hold. It must give back every request that
  // the thread holds anywhere, else two sources could wait for each other for ever. Default: FinishAll of this object.
  void CallBeforeWaiting(std::function<void()> finish) { before_waiting_ = std::move(finish); }
  // Frames submitted and not collected.
  std::size_t in_flight() const { return jobs_.size(); }

 private:
  struct Pass {
    Letterbox letterbox;
    std::optional<RequestPool::Lease> request;  // none once finished
    Result<std::vector<Detection>> people;      // in pixels of the network's input
  };
  struct Job {
    Pts pts{0};
    std::vector<Pass> passes;  // at full size; then, if need be, at the size of the training
  };
  Pass Start(const Frame& frame, DetectorNetwork& network);
  RequestPool::Lease AcquireRequest(DetectorNetwork& network);
  void Fill(const Frame& frame, const Letterbox& letterbox, std::span<std::uint8_t> rgb);
  void Finish(Pass& pass) const;
  std::vector<Detection> Merge(Job& job);

  PoseEngine& engine_;
  media::Scaler scaler_;
  std::deque<Job> jobs_;
  std::optional<Pts> large_at_;  // when somebody was last too large for the full size
  std::function<void()> before_waiting_ = [this] { FinishAll(); };
};

}  // namespace spotter::perceive
