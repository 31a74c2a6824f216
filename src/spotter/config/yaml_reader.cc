// SPDX-License-Identifier: Apache-2.0
#include "spotter/config/yaml_reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "spotter/base/check.h"

namespace spotter::config {
namespace {

constexpr std::size_t kMaxComparedText = 40;  // bytes of an unknown key; bounds the work for a hostile file

std::string_view KindName(YamlTree::Kind kind) {
  switch (kind) {
    case YamlTree::Kind::kNull:
      return "nothing";
    case YamlTree::Kind::kScalar:
      return "a single value";
    case YamlTree::Kind::kSequence:
      return "a list";
    case YamlTree::Kind::kMapping:
      return "a mapping";
  }
  return "something else";
}

// The whole text as a finite number.
std::optional<double> ParseNumber(const std::string& text) {
  double value = 0;
  const char* begin = text.data() + (text.starts_with('+') ? 1 : 0);
  const auto [end, failure] = std::from_chars(begin, text.data() + text.size(), value);
  if (failure != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

// Insertions, deletions and replacements between two words (Levenshtein 1966).
std::size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, replaced}));
    }
  }
  return row.back();
}

std::string_view NearestWord(std::string_view word, const std::vector<std::string_view>& known) {
  const std::string_view start = word.substr(0, kMaxComparedText);
  return *std::ranges::min_element(known, {}, [&](std::string_view k) { return EditDistance(start, k); });
}

std::string KeyPath(const std::string& parent, std::string_view key) {
  return parent.empty() ? ForMessage(key) : fmt::format("{}.{}", parent, ForMessage(key));
}

std::string Place(const YamlReadState& state, int line, const std::string& path) {
  return fmt::format("{}:{}:{}", state.name, line, path.empty() ? "" : fmt::format(" key '{}'", path));
}

// `state` is null where a missing value was reported already: its stand-in complains no more.
void Report(YamlReadState* state, int line, const std::string& path, const std::string& reason) {
  if (state == nullptr) return;
  state->problems.push_back({line, fmt::format("{}{} {}", Place(*state, line, path), path.empty() ? "" : ":", reason)});
}

}  // namespace

// ---- YamlNode ----

void YamlNode::Fail(const std::string& reason) const { Report(state_, line(), path_, reason); }

std::string YamlNode::Where() const { return state_ == nullptr ? path_ : Place(*state_, line(), path_); }

// The text of a scalar, else nullptr after a report.
const std::string* YamlNode::Scalar(std::string_view expected) const {
  if (tree_->kind == YamlTree::Kind::kScalar && !tree_->text.empty()) return &tree_->text;
  const std::string_view found = tree_->kind == YamlTree::Kind::kScalar ? "nothing" : KindName(tree_->kind);
  Fail(fmt::format("must be {}, not {}", expected, found));
  return nullptr;
}

std::string YamlNode::Text() const {
  const std::string* text = Scalar("text");
  return text != nullptr ? *text : "?";
}

double YamlNode::Number(double low, double high) const {
  const std::string* text = Scalar("a number");
  if (text == nullptr) return low;
  const std::optional<double> value = ParseNumber(*text);
  if (value && *value >= low && *value <= high) return *value;
  Fail(value ? fmt::format("must lie between {} and {}, not {}", low, high, *value)
             : fmt::format("must be a number, not '{}'", ForMessage(*text)));
  return low;
}

int YamlNode::Integer(int low, int high) const {
  const std::string* text = Scalar("a whole number");
  if (text == nullptr) return low;
  const std::optional<double> value = ParseNumber(*text);
  if (value && *value == std::floor(*value) && *value >= low && *value <= high) return static_cast<int>(*value);
  Fail(value && *value == std::floor(*value) ? fmt::format("must lie between {} and {}, not {}", low, high, *value)
                                             : fmt::format("must be a whole number, not '{}'", ForMessage(*text)));
  return low;
}

bool YamlNode::Flag() const {
  const std::string* text = Scalar("true or false");
  if (text == nullptr) return false;
  if (*text != "true" && *text != "false") Fail(fmt::format("must be true or false, not '{}'", ForMessage(*text)));
  return *text == "true";
}

std::size_t YamlNode::ChoiceIndex(const std::vector<std::string_view>& words) const {
  const std::string expected = fmt::format("one of {}", fmt::join(words, ", "));
  const std::string* text = Scalar(expected);
  if (text == nullptr) return 0;
  const auto it = std::ranges::find(words, *text);
  if (it != words.end()) return static_cast<std::size_t>(it - words.begin());
  Fail(fmt::format("must be {}, not '{}'", expected, ForMessage(*text)));
  return 0;
}

std::vector<YamlNode> YamlNode::Items() const {
  std::vector<YamlNode> items;
  if (!IsSequence()) {
    Fail(fmt::format("must be a list, not {}", KindName(tree_->kind)));
    return items;
  }
  for (std::size_t i = 0; i < tree_->children.size(); ++i)
    items.emplace_back(&tree_->children[i], fmt::format("{}[{}]", path_, i), state_);
  return items;
}

std::vector<YamlNode> YamlNode::Items(std::size_t count) const {
  std::vector<YamlNode> items = Items();
  if (!IsSequence() || items.size() == count) return items;
  Fail(fmt::format("must be a list of {} values, not of {}", count, items.size()));
  return {};
}

std::vector<std::pair<std::string, YamlNode>> YamlNode::Entries() const {
  std::vector<std::pair<std::string, YamlNode>> entries;
  if (!IsMapping()) {
    if (tree_->kind != YamlTree::Kind::kNull)
      Fail(fmt::format("must be a mapping (key: value), not {}", KindName(tree_->kind)));
    return entries;
  }
  for (std::size_t i = 0; i < tree_->children.size(); ++i)
    entries.emplace_back(tree_->keys[i], YamlNode(&tree_->children[i], KeyPath(path_, tree_->keys[i]), state_));
  return entries;
}

YamlMap YamlNode::Map(std::vector<std::string_view> known_keys) const {
  SPOTTER_CHECK(!known_keys.empty());
  for (const auto& [key, value] : Entries()) {
    if (std::ranges::find(known_keys, key) != known_keys.end()) continue;
    value.Fail(fmt::format("unknown; the nearest known key is '{}'", NearestWord(key, known_keys)));
    break;  // only the first error of a file is told
  }
  return {*this, tree_, state_, std::move(known_keys)};
}

// ---- YamlMap ----

YamlNode YamlMap::Optional(std::string_view key) const {
  SPOTTER_CHECK(std::ranges::find(known_keys_, key) != known_keys_.end());
  const auto it = std::ranges::find(tree_->keys, key);
  if (it == tree_->keys.end()) return {};
  const YamlTree& value = tree_->children[static_cast<std::size_t>(it - tree_->keys.begin())];
  if (value.kind == YamlTree::Kind::kNull) return {};
  return {&value, KeyPath(node_.path(), key), state_};
}

YamlNode YamlMap::Required(std::string_view key) const {
  static const YamlTree kMissing;
  if (YamlNode value = Optional(key)) return value;
  Report(state_, node_.line(), KeyPath(node_.path(), key), "is missing");
  return {&kMissing, KeyPath(node_.path(), key), nullptr};
}

// ---- YamlDocument ----

Result<YamlDocument> YamlDocument::Load(const std::filesystem::path& path) {
  std::error_code failure;
  const std::filesystem::file_status status = std::filesystem::status(path, failure);
  if (!std::filesystem::exists(status)) return MakeError(ErrorCode::kNotFound, "{}: no such file", path.string());
  if (std::filesystem::is_directory(status))
    return MakeError(ErrorCode::kUnreadable, "{} is a directory; give a YAML file", path.string());
  std::ifstream file(path, std::ios::binary);
  if (!file) return MakeError(ErrorCode::kUnreadable, "{}: cannot be opened for reading", path.string());
  std::string text(kMaxYamlBytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad()) return MakeError(ErrorCode::kUnreadable, "{}: cannot be read", path.string());
  text.resize(static_cast<std::size_t>(file.gcount()));
  return Parse(text, path.string());
}

Result<YamlDocument> YamlDocument::Parse(std::string_view text, std::string name) {
  Result<YamlTree> tree = ParseYamlTree(text, name);
  if (!tree.ok()) return tree.error();
  return YamlDocument(std::move(name), std::move(tree).value());
}

Error YamlDocument::FirstError(const YamlReadState& state) {
  const auto first = std::ranges::min_element(state.problems, {}, &YamlReadState::Problem::line);
  return Error{ErrorCode::kInvalidArgument, first->message};
}

}  // namespace spotter::config
