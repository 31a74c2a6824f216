// SPDX-License-Identifier: Apache-2.0
#include "spotter/perceive/movenet_decoder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace spotter::perceive {
namespace {

constexpr int kJoints = static_cast<int>(kKeypointCount);
constexpr float kStride = 4;             // input pixels per cell
constexpr float kDistanceOffset = 1.8F;  // cells; the published decoder weighs a cell by 1 / (distance + 1.8)

float Sigmoid(float logit) { return 1 / (1 + std::exp(-logit)); }
float Logit(float probability) { return std::log(probability / (1 - probability)); }

// One head: rows x cols cells of `channels` values.
struct Map {
  const float* values = nullptr;
  int rows = 0;
  int cols = 0;
  int channels = 0;

  explicit Map(const infer::OutputTensor& tensor)
      : values(tensor.values.data()),
        rows(static_cast<int>(tensor.shape[1])),
        cols(static_cast<int>(tensor.shape[2])),
        channels(static_cast<int>(tensor.shape[3])) {}
  const float* cell(int y, int x) const { return values + (static_cast<std::ptrdiff_t>(y) * cols + x) * channels; }
};

struct Peak {
  int y = 0;
  int x = 0;
  float logit = 0;
};

bool IsLocalMaximum(const Map& center, int y, int x) {
  const float value = *center.cell(y, x);
  for (int ny = std::max(0, y - 1); ny <= std::min(center.rows - 1, y + 1); ++ny) {
    for (int nx = std::max(0, x - 1); nx <= std::min(center.cols - 1, x + 1); ++nx) {
      if (*center.cell(ny, nx) > value) return false;
    }
  }
  return true;
}

std::vector<Peak> FindPeaks(const Map& center, float min_logit, int most) {
  std::vector<Peak> peaks;
  for (int y = 0; y < center.rows; ++y) {
    for (int x = 0; x < center.cols; ++x) {
      const float logit = *center.cell(y, x);
      if (logit > min_logit && IsLocalMaximum(center, y, x)) peaks.push_back({y, x, logit});
    }
  }
  std::stable_sort(peaks.begin(), peaks.end(), [](const Peak& a, const Peak& b) { return a.logit > b.logit; });
  if (peaks.size() > static_cast<std::size_t>(most)) peaks.resize(most);
  return peaks;
}

// Largest value of each joint's heatmap: with it the search below may stop early.
std::array<float, kKeypointCount> JointMaxima(const Map& heatmap) {
  std::array<float, kKeypointCount> maxima;
  maxima.fill(-std::numeric_limits<float>::infinity());
  const float* values = heatmap.values;
  for (int cell = 0; cell < heatmap.rows * heatmap.cols; ++cell, values += kJoints) {
    for (int j = 0; j < kJoints; ++j) maxima[j] = std::max(maxima[j], values[j]);
  }
  for (float& value : maxima) value = Sigmoid(value);
  return maxima;
}

// The cell where heatmap / (distance to `expected` + 1.8) is largest, found in square rings around it: cells further
// out cannot win once even the joint's largest heat would be too weak at the ring's distance.
class JointSearch {
 public:
  JointSearch(const Map& heatmap, int joint, Point expected) : heatmap_(heatmap), joint_(joint), expected_(expected) {
    y_ = std::clamp(static_cast<int>(std::lround(expected.y)), 0, heatmap.rows - 1);
    x_ = std::clamp(static_cast<int>(std::lround(expected.x)), 0, heatmap.cols - 1);
  }

  void Run(float largest_heat) {
    const int reach = std::max(heatmap_.rows, heatmap_.cols);
    const Point start{static_cast<float>(x_), static_cast<float>(y_)};
    // How far the start is from the expected place; above 0.71, the network points out of the picture, and no cell is
    // nearer than the start.
    const float apart = Distance(expected_, start);
    const int y = y_;
    const int x = x_;
    for (int ring = 0; ring <= reach; ++ring) {
      // Every cell on this ring or further out is at least this far from the expected place.
      const float nearest = std::max({static_cast<float>(ring) - apart, apart - 0.71F, 0.0F});
      if (largest_heat <= best_ * (nearest + kDistanceOffset)) break;
      VisitRing(y, x, ring);
    }
  }

  int y() const { return y_; }
  int x() const { return x_; }
  float heat() const { return heat_; }

 private:
  void VisitRing(int y, int x, int ring) {
    for (int cy = std::max(0, y - ring); cy <= std::min(heatmap_.rows - 1, y + ring); ++cy) {
      const bool whole_row = cy == y - ring || cy == y + ring;
      const int step = whole_row || ring == 0 ? 1 : 2 * ring;
      for (int cx = x - ring; cx <= x + ring; cx += step) {
        if (cx >= 0 && cx < heatmap_.cols) Visit(cy, cx);
      }
    }
  }

  void Visit(int y, int x) {
    const float distance = std::hypot(static_cast<float>(y) - expected_.y, static_cast<float>(x) - expected_.x);
    const float heat = Sigmoid(heatmap_.cell(y, x)[joint_]);
    const float value = heat / (distance + kDistanceOffset);
    if (value <= best_) return;
    best_ = value;
    heat_ = heat;
    y_ = y;
    x_ = x;
  }

  const Map& heatmap_;
  const int joint_;
  const Point expected_;
  int y_ = 0;
  int x_ = 0;
  float heat_ = 0;
  float best_ = 0;
};

}  // namespace

std::unique_ptr<PoseDecoder> MoveNetDecoder::Recognise(const infer::ModelInfo& info, const DecoderOptions& options) {
  const auto find = [&](std::string_view name) { return infer::FindOutput(info.outputs, name); };
  const std::array<int, 6> found = {find("center"),      find("kpt_heatmap"), find("kpt_offset"),
                                    find("kpt_regress"), find("box_scale"),   find("box_offset")};
  if (std::any_of(found.begin(), found.end(), [](int index) { return index < 0; })) return nullptr;
  const auto at = [&](std::size_t i) { return static_cast<std::size_t>(found[i]); };
  return std::unique_ptr<PoseDecoder>(new MoveNetDecoder({at(0), at(1), at(2), at(3), at(4), at(5)}, options));
}

std::vector<Detection> MoveNetDecoder::Decode(const infer::InferRequest& request) const {
  const Map center(request.output(heads_.center));
  const Map heatmap(request.output(heads_.heatmap));
  const Map offset(request.output(heads_.offset));
  const Map regress(request.output(heads_.regress));
  const Map box_scale(request.output(heads_.box_scale));
  const Map box_offset(request.output(heads_.box_offset));
  const auto maxima = JointMaxima(heatmap);
  std::vector<Detection> people;
  for (const Peak& peak : FindPeaks(center, Logit(options_.min_confidence), options_.max_people)) {
    Detection person;
    person.confidence = Sigmoid(peak.logit);
    const float* size = box_scale.cell(peak.y, peak.x);
    const float* shift = box_offset.cell(peak.y, peak.x);
    const Point middle{static_cast<float>(peak.x) + shift[1], static_cast<float>(peak.y) + shift[0]};
    person.box = {kStride * (middle.x - size[1] / 2), kStride * (middle.y - size[0] / 2),
                  kStride * (middle.x + size[1] / 2), kStride * (middle.y + size[0] / 2)};
    const float* toward = regress.cell(peak.y, peak.x);
    for (int j = 0; j < kJoints; ++j) {
      JointSearch search(heatmap, j,
                         {static_cast<float>(peak.x) + toward[2 * j + 1], static_cast<float>(peak.y) + toward[2 * j]});
      search.Run(maxima[j]);
      const float* fine = offset.cell(search.y(), search.x()) + 2 * j;
      person.pose.keypoints[j] = {kStride * (static_cast<float>(search.x()) + fine[1]),
                                  kStride * (static_cast<float>(search.y()) + fine[0]), search.heat()};
    }
    people.push_back(person);
  }
  return people;
}

}  // namespace spotter::perceive
