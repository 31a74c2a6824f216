// SPDX-License-Identifier: Apache-2.0
// convert_movenet MODEL.json OUT.xml: the TensorFlow.js graph of MoveNet MultiPose -> OpenVINO IR with half-precision
// weights.
#include <cstdio>
#include <filesystem>

#include <fmt/format.h>
#include <openvino/core/graph_util.hpp>

#include "movenet_model.h"
#include "tfjs_graph.h"

namespace spotter::convert {
namespace {

Result<void> Convert(const std::filesystem::path& model_json, const std::filesystem::path& out_xml) {
  const Result<TfjsGraph> graph = ReadTfjsGraph(model_json);
  if (!graph) return graph.error();
  const Result<std::shared_ptr<ov::Model>> model = BuildMoveNetModel(*graph);
  if (!model) return model.error();
  try {
    ov::save_model(*model, out_xml, /*compress_to_fp16=*/true);
  } catch (const std::exception& error) {
    return MakeError(ErrorCode::kUnwritable, "Cannot write {}: {}.", out_xml.string(), error.what());
  }
  return {};
}

}  // namespace
}  // namespace spotter::convert

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "Usage: convert_movenet MODEL.json OUT.xml\n");
    return 2;
  }
  const spotter::Result<void> done = spotter::convert::Convert(argv[1], argv[2]);
  if (!done) fmt::print(stderr, "convert_movenet: {}\n", done.error().message);
  return done ? 0 : 1;
}
