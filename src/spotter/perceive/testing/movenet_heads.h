// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

#include "spotter/core/pose.h"
#include "spotter/geometry/box.h"
#include "spotter/infer/inference_backend.h"
#include "spotter/perceive/testing/stub_request.h"

namespace spotter::perceive::testing {

// The six heads of MoveNet MultiPose for an input of `rows` x `cols` cells, silent until a test says something.
struct MoveNetHeads {
  static constexpr int kStride = 4;  // input pixels per cell
  static constexpr int kJoints = static_cast<int>(kKeypointCount);

  MoveNetHeads(int of_rows, int of_cols) : rows(of_rows), cols(of_cols) {}

  // What the network's file says; the sizes may be open (0).
  static infer::ModelInfo Info(int height, int width) {
    const int rows = height == 0 ? -1 : height / kStride;
    const int cols = width == 0 ? -1 : width / kStride;
    return {.height = height,
            .width = width,
            .outputs = {{{"center"}, {1, rows, cols, 1}},
                        {{"kpt_heatmap"}, {1, rows, cols, kJoints}},
                        {{"kpt_offset"}, {1, rows, cols, 2 * kJoints}},
                        {{"kpt_regress"}, {1, rows, cols, 2 * kJoints}},
                        {{"box_scale"}, {1, rows, cols, 2}},
                        {{"box_offset"}, {1, rows, cols, 2}}}};
  }

  int Cell(int y, int x) const { return y * cols + x; }

  // Somebody whose joints are all in one place. Everything in pixels of the input.
  void AddPerson(const Box& box, float confidence, Point joints) {
    const Point center_at{(box.x0 + box.x1) / 2 / kStride, (box.y0 + box.y1) / 2 / kStride};
    const Point joints_at{joints.x / kStride, joints.y / kStride};
    const int cell = CellAt(center_at);
    const int joint_cell = CellAt(joints_at);
    center[cell] = Logit(confidence);
    Put(box_scale, 2 * cell, {box.width() / kStride, box.height() / kStride});
    Put(box_offset, 2 * cell, FromCell(center_at, cell));
    for (int j = 0; j < kJoints; ++j) {
      heatmap[joint_cell * kJoints + j] = Logit(confidence);
      Put(regress, 2 * (cell * kJoints + j), FromCell(joints_at, cell));
      Put(offset, 2 * (joint_cell * kJoints + j), FromCell(joints_at, joint_cell));
    }
  }

  // In the order of Info.
  std::vector<std::vector<float>> Values() const { return {center, heatmap, offset, regress, box_scale, box_offset}; }

  StubRequest Request() const {
    const infer::ModelInfo info = Info(rows * kStride, cols * kStride);
    const auto values = Values();
    std::vector<StubRequest::Output> outputs;
    for (std::size_t i = 0; i < values.size(); ++i) outputs.push_back({info.outputs[i].shape, values[i]});
    return StubRequest(outputs);
  }

  int rows;
  int cols;
  std::size_t cells = static_cast<std::size_t>(rows) * cols;
  std::vector<float> center = std::vector<float>(cells, -9);
  std::vector<float> heatmap = std::vector<float>(cells * kJoints, -9);
  std::vector<float> offset = std::vector<float>(cells * 2 * kJoints, 0);
  std::vector<float> regress = std::vector<float>(cells * 2 * kJoints, 0);
  std::vector<float> box_scale = std::vector<float>(cells * 2, 4);
  std::vector<float> box_offset = std::vector<float>(cells * 2, 0);

 private:
  static float Logit(float probability) { return std::log(probability / (1 - probability)); }
  static void Put(std::vector<float>& head, int at, Point value) {
    head[at] = value.y;
    head[at + 1] = value.x;
  }
  int CellAt(Point in_cells) const { return Cell(static_cast<int>(in_cells.y), static_cast<int>(in_cells.x)); }
  Point FromCell(Point in_cells, int cell) const {
    const int row = cell / cols;
    return {in_cells.x - static_cast<float>(cell % cols), in_cells.y - static_cast<float>(row)};
  }
};

}  // namespace spotter::perceive::testing
