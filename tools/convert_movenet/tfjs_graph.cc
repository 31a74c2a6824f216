// SPDX-License-Identifier: Apache-2.0
#include "tfjs_graph.h"

#include <cstdint>
#include <cstring>
#include <fstream>
#include <functional>
#include <numeric>
#include <stdexcept>
#include <string_view>

#include <nlohmann/json.hpp>
#include <openvino/core/type/float16.hpp>

namespace spotter::convert {
namespace {

using nlohmann::json;

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot open " + path.string());
  std::string bytes(std::filesystem::file_size(path), '\0');
  if (!file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) {
    throw std::runtime_error("cannot read " + path.string());
  }
  return bytes;
}

// The TFJS converter writes protobuf `bytes` (padding, fused operations) as base64.
std::string DecodeBase64(std::string_view text) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const size_t digit = kAlphabet.find(c);
    if (digit == std::string_view::npos) break;  // '=' ends the text
    bits = bits << 6 | static_cast<uint32_t>(digit);
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes.push_back(static_cast<char>(bits >> count & 0xFF));
    }
  }
  return bytes;
}

// Lists of NHWC numbers: the middle two are height and width. Protobuf's JSON form writes 64-bit integers as strings.
std::array<size_t, 2> HeightAndWidth(const json& attributes, const char* key) {
  if (!attributes.contains(key)) return {1, 1};
  const json& list = attributes.at(key).at("list").at("i");
  return {std::stoul(list.at(1).get<std::string>()), std::stoul(list.at(2).get<std::string>())};
}

TfjsNode ParseNode(const json& source) {
  TfjsNode node{.name = source.at("name").get<std::string>(), .op = source.at("op").get<std::string>()};
  for (const json& input : source.value("input", json::array())) {
    const auto text = input.get<std::string>();
    const size_t begin = text.starts_with('^') ? 1 : 0;
    node.inputs.push_back(text.substr(begin, text.find(':') - begin));
  }
  const json attributes = source.value("attr", json::object());
  node.strides = HeightAndWidth(attributes, "strides");
  node.dilations = HeightAndWidth(attributes, "dilations");
  if (attributes.contains("padding")) node.padding = DecodeBase64(attributes["padding"].at("s").get<std::string>());
  if (attributes.contains("fused_ops")) {
    for (const json& op : attributes["fused_ops"].at("list").value("s", json::array())) {
      node.fused_ops.push_back(DecodeBase64(op.get<std::string>()));
    }
  }
  if (attributes.contains("half_pixel_centers")) node.half_pixel_centers = attributes["half_pixel_centers"].at("b");
  return node;
}

// Reads little-endian values one after the other from the joined weight shards of one group.
class WeightReader {
 public:
  explicit WeightReader(std::string bytes) : bytes_(std::move(bytes)) {}

  TfjsTensor Read(const json& entry) {
    TfjsTensor tensor{.shape = entry.at("shape").get<std::vector<size_t>>(), .values = {}};
    const size_t count = std::accumulate(tensor.shape.begin(), tensor.shape.end(), size_t{1}, std::multiplies<>());
    const json quantization = entry.value("quantization", json::object());
    const auto stored =
        quantization.empty() ? entry.at("dtype").get<std::string>() : quantization.at("dtype").get<std::string>();
    tensor.values = ReadStored(stored, count);
    if (!quantization.empty() && stored != "float16") {  // affine 8- or 16-bit quantisation
      const auto scale = quantization.at("scale").get<float>();
      const auto min = quantization.at("min").get<float>();
      for (float& value : tensor.values) value = value * scale + min;
    }
    return tensor;
  }

 private:
  std::vector<float> ReadStored(const std::string& type, size_t count) {
    if (type == "float32") return ReadAs<float>(count);
    if (type == "float16") return ReadAs<ov::float16>(count);
    if (type == "int32") return ReadAs<int32_t>(count);
    if (type == "uint16") return ReadAs<uint16_t>(count);
    if (type == "uint8" || type == "bool") return ReadAs<uint8_t>(count);
    throw std::runtime_error("a weight is stored as '" + type + "', which is not supported");
  }

  template <typename Stored>
  std::vector<float> ReadAs(size_t count) {
    if (count > (bytes_.size() - offset_) / sizeof(Stored)) throw std::runtime_error("the weight files are too short");
    std::vector<Stored> stored(count);
    std::memcpy(stored.data(), bytes_.data() + offset_, count * sizeof(Stored));
    offset_ += count * sizeof(Stored);
    std::vector<float> values(count);
    for (size_t i = 0; i < count; ++i) values[i] = static_cast<float>(stored[i]);
    return values;
  }

  std::string bytes_;
  size_t offset_ = 0;
};

TfjsGraph ParseGraph(const json& model, const std::filesystem::path& folder) {
  TfjsGraph graph;
  for (const json& source : model.at("modelTopology").at("node")) {
    TfjsNode node = ParseNode(source);
    graph.nodes.emplace(node.name, std::move(node));
  }
  for (const json& group : model.at("weightsManifest")) {
    std::string bytes;
    for (const json& path : group.at("paths")) bytes += ReadFile(folder / path.get<std::string>());
    WeightReader reader(std::move(bytes));
    for (const json& entry : group.at("weights")) graph.weights.emplace(entry.at("name"), reader.Read(entry));
  }
  return graph;
}

}  // namespace

Result<TfjsGraph> ReadTfjsGraph(const std::filesystem::path& model_json) {
  if (!std::filesystem::is_regular_file(model_json)) {
    return MakeError(ErrorCode::kNotFound, "There is no model file {}.", model_json.string());
  }
  try {
    return ParseGraph(json::parse(ReadFile(model_json)), model_json.parent_path());
  } catch (const std::exception& error) {  // nlohmann-json, numbers, files: all mean the same to the caller
    return MakeError(ErrorCode::kUnreadable, "{} is not a readable TensorFlow.js graph model: {}.", model_json.string(),
                     error.what());
  }
}

}  // namespace spotter::convert
