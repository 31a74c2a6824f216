// SPDX-License-Identifier: Apache-2.0
#include "spotter/perceive/yolo_decoder.h"

#include <algorithm>

namespace spotter::perceive {
namespace {

constexpr std::int64_t kColumnValues = 56;  // box 4, confidence, 17 x 3
constexpr std::int64_t kRowValues = 57;     // the same and a class

// Value `k` of candidate `n`, whichever way the table lies.
class Table {
 public:
  explicit Table(const infer::OutputTensor& tensor)
      : values_(tensor.values.data()), rows_(tensor.shape[2] == kRowValues) {
    count_ = static_cast<std::size_t>(rows_ ? tensor.shape[1] : tensor.shape[2]);
  }
  std::size_t count() const { return count_; }
  bool is_end_to_end() const { return rows_; }
  float at(std::size_t n, std::size_t k) const { return rows_ ? values_[n * kRowValues + k] : values_[k * count_ + n]; }

 private:
  const float* values_;
  bool rows_;
  std::size_t count_ = 0;
};

Detection Read(const Table& table, std::size_t n) {
  Detection person;
  person.confidence = table.at(n, 4);
  const auto v = [&](std::size_t k) { return table.at(n, k); };
  const bool corners = table.is_end_to_end();
  person.box =
      corners ? Box{v(0), v(1), v(2), v(3)} : Box{v(0) - v(2) / 2, v(1) - v(3) / 2, v(0) + v(2) / 2, v(1) + v(3) / 2};
  const std::size_t first = corners ? 6 : 5;
  for (std::size_t j = 0; j < kKeypointCount; ++j) {
    person.pose.keypoints[j] = {v(first + 3 * j), v(first + 3 * j + 1), v(first + 3 * j + 2)};
  }
  return person;
}

}  // namespace

std::unique_ptr<PoseDecoder> YoloDecoder::Recognise(const infer::ModelInfo& info, const DecoderOptions& options) {
  for (std::size_t i = 0; i < info.outputs.size(); ++i) {
    const infer::Shape& shape = info.outputs[i].shape;
    if (shape.size() == 3 && (shape[1] == kColumnValues || shape[2] == kRowValues)) {
      return std::unique_ptr<PoseDecoder>(new YoloDecoder(i, options));
    }
  }
  return nullptr;
}

std::vector<Detection> YoloDecoder::Decode(const infer::InferRequest& request) const {
  const Table table(request.output(output_));
  std::vector<std::size_t> kept;
  for (std::size_t n = 0; n < table.count(); ++n) {
    if (table.at(n, 4) >= options_.min_confidence) kept.push_back(n);
  }
  std::stable_sort(kept.begin(), kept.end(),
                   [&](std::size_t a, std::size_t b) { return table.at(a, 4) > table.at(b, 4); });
  // Each person has many candidates until duplicates are removed.
  constexpr std::size_t kCandidatesPerPerson = 30;
  kept.resize(std::min(kept.size(), kCandidatesPerPerson * static_cast<std::size_t>(options_.max_people)));
  std::vector<Detection> people;
  people.reserve(kept.size());
  for (const std::size_t n : kept) people.push_back(Read(table, n));
  return people;
}

}  // namespace spotter::perceive
