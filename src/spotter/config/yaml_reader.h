// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "spotter/base/result.h"
#include "spotter/config/yaml_tree.h"

namespace spotter::config {

// Typed reading of a YAML file with errors that a person can act on:
//
//   spotter.yaml:14: key 'zones[1].floor_polygon': needs at least 3 points
//
// The getters below never stop in the middle: a wrong value is reported to the document and replaced by a harmless one,
// and YamlDocument::Read returns the first error in place of everything read. So a reader is straight-line code:
//
//   Result<YamlDocument> document = YamlDocument::Load(path);
//   if (!document.ok()) return document.error();
//   return document->Read<Camera>([](YamlNode root) {
//     const YamlMap map = root.Map({"id", "fps"});      // any other key is an error that names the nearest known one
//     Camera camera{.id = map.Required("id").Text()};
//     if (YamlNode fps = map.Optional("fps")) camera.fps = fps.Number(0.1, 240);
//     return camera;
//   });
//
// Nodes and maps are views into the document and live no longer than the call of Read. One thread.

struct YamlReadState;
class YamlMap;

// A value somewhere in the document, or, from YamlMap::Optional, nothing.
class YamlNode {
 public:
  YamlNode() = default;
  YamlNode(const YamlTree* tree, std::string path, YamlReadState* state)
      : tree_(tree), path_(std::move(path)), state_(state) {}

  // False for a key that is absent or null (`fps:`). Everything below requires true.
  explicit operator bool() const { return tree_ != nullptr; }

  std::string Text() const;                              // not empty
  double Number(double low, double high) const;          // low <= value <= high
  int Integer(int low, int high) const;                  // low <= value <= high
  bool Flag() const;                                     // true or false
  std::vector<YamlNode> Items() const;                   // of a sequence
  std::vector<YamlNode> Items(std::size_t count) const;  // of a sequence of exactly `count` values
  YamlMap Map(std::vector<std::string_view> known_keys) const;
  std::vector<std::pair<std::string, YamlNode>> Entries() const;  // of a mapping whose keys are the user's own names

  // The value that belongs to one of a few words.
  template <typename Value>
  Value Choice(std::span<const std::pair<std::string_view, Value>> choices) const {
    std::vector<std::string_view> words;
    for (const auto& choice : choices) words.push_back(choice.first);
    return choices[ChoiceIndex(words)].second;
  }
  template <typename Value>
  Value Choice(std::initializer_list<std::pair<std::string_view, Value>> choices) const {
    return Choice(std::span(choices.begin(), choices.size()));
  }

  bool IsMapping() const { return tree_->kind == YamlTree::Kind::kMapping; }
  bool IsSequence() const { return tree_->kind == YamlTree::Kind::kSequence; }

  // Reports what a reader finds wrong with this value: "file:line: key 'path': reason".
  void Fail(const std::string& reason) const;

  // "file:line: key 'path'".
  std::string Where() const;
  const std::string& path() const { return path_; }  // "zones[1].floor_polygon", empty at the top
  int line() const { return tree_->line; }           // from 1

 private:
  std::size_t ChoiceIndex(const std::vector<std::string_view>& words) const;
  const std::string* Scalar(std::string_view expected) const;

  const YamlTree* tree_ = nullptr;
  std::string path_;
  YamlReadState* state_ = nullptr;  // null: a stand-in for a missing value, reports nothing
};

// A mapping with fixed keys.
class YamlMap {
 public:
  YamlMap(YamlNode node, const YamlTree* tree, YamlReadState* state, std::vector<std::string_view> known_keys)
      : node_(std::move(node)), tree_(tree), state_(state), known_keys_(std::move(known_keys)) {}

  // REQUIRES: `key` is one of the known keys.
  YamlNode Required(std::string_view key) const;
  YamlNode Optional(std::string_view key) const;

  const YamlNode& node() const { return node_; }

 private:
  YamlNode node_;
  const YamlTree* tree_;
  YamlReadState* state_;
  std::vector<std::string_view> known_keys_;
};

// What went wrong while one document was read.
struct YamlReadState {
  struct Problem {
    int line;
    std::string message;
  };
  std::string name;
  std::vector<Problem> problems;
};

// One parsed file.
class YamlDocument {
 public:
  // Errors: no such file, a directory, unreadable, or what ParseYamlTree refuses.
  static Result<YamlDocument> Load(const std::filesystem::path& path);
  // `name` stands for the file in messages.
  static Result<YamlDocument> Parse(std::string_view text, std::string name);

  // Calls `read` with the top of the document. The result, or the first error (by line) that was reported.
  template <typename T, typename Reader>
  Result<T> Read(Reader read) const {
    YamlReadState state{.name = name_, .problems = {}};
    T value = read(YamlNode(&tree_, "", &state));
    if (state.problems.empty()) return value;
    return FirstError(state);
  }

 private:
  YamlDocument(std::string name, YamlTree tree) : name_(std::move(name)), tree_(std::move(tree)) {}
  static Error FirstError(const YamlReadState& state);

  std::string name_;
  YamlTree tree_;
};

}  // namespace spotter::config
