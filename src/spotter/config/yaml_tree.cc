// SPDX-License-Identifier: Apache-2.0
#include "spotter/config/yaml_tree.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <set>
#include <sstream>
#include <utility>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

namespace spotter::config {
namespace {

constexpr std::size_t kMaxReason = 200;  // bytes of yaml-cpp's own words

// Hides what an address in `text` may hold of a password: everything between "://" and the last '@' of the word, and
// what follows a '?'.
std::string WithoutSecrets(std::string_view text) {
  constexpr std::string_view kSchemeEnd = "://";
  std::string out;
  for (;;) {
    const std::size_t scheme = text.find(kSchemeEnd);
    if (scheme == std::string_view::npos) return out.append(text);
    out.append(text.substr(0, scheme + kSchemeEnd.size()));
    text.remove_prefix(scheme + kSchemeEnd.size());
    std::string_view address = text.substr(0, text.find_first_of(" \t\r\n'\""));
    text.remove_prefix(address.size());
    if (const std::size_t at = address.rfind('@'); at != std::string_view::npos) {
      out.append("***");
      address.remove_prefix(at);
    }
    const std::size_t question = address.find('?');
    out.append(address.substr(0, question));
    if (question != std::string_view::npos) out.append("?***");
  }
}

struct TreeError {
  int line;
  std::string message;
};

int LineOf(const YAML::Mark& mark) { return mark.is_null() ? 1 : mark.line + 1; }

// Builds the tree from yaml-cpp's events. YAML::Node is not used: it shares aliased nodes, which multiplies them
// without limit, keeps the last of two equal keys and knows no limits.
class TreeBuilder final : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override { Add(NewNode(Kind::kNull, mark)); }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    throw TreeError{LineOf(mark), "aliases (*name) are not supported; write the value out"};
  }

  void OnScalar(const YAML::Mark& mark,
                const std::string& /*tag*/,
                YAML::anchor_t /*anchor*/,
                const std::string& value) override {
    if (!open_.empty() && open_.back().node.kind == Kind::kMapping && !open_.back().key) {
      TakeKey(mark, value);
      return;
    }
    YamlTree node = NewNode(Kind::kScalar, mark);
    node.text = value;
    Add(std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark,
                       const std::string& /*tag*/,
                       YAML::anchor_t /*anchor*/,
                       YAML::EmitterStyle::value /*style*/) override {
    Open(Kind::kSequence, mark);
  }
  void OnSequenceEnd() override { Close(); }

  void OnMapStart(const YAML::Mark& mark,
                  const std::string& /*tag*/,
                  YAML::anchor_t /*anchor*/,
                  YAML::EmitterStyle::value /*style*/) override {
    Open(Kind::kMapping, mark);
  }
  void OnMapEnd() override { Close(); }

  YamlTree Take() && { return std::move(root_); }

 private:
  using Kind = YamlTree::Kind;

  struct OpenNode {
    YamlTree node;
    std::optional<std::string> key;  // of a mapping: the key whose value comes next,
    std::set<std::string> seen;      // and all so far
  };

  YamlTree NewNode(Kind kind, const YAML::Mark& mark) {
    if (!open_.empty() && open_.back().node.kind == Kind::kMapping && !open_.back().key)
      throw TreeError{LineOf(mark), "a key must be plain text"};
    if (++node_count_ > kMaxYamlNodes) throw TreeError{LineOf(mark), "the file holds too many values"};
    YamlTree node;
    node.kind = kind;
    node.line = LineOf(mark);
    return node;
  }

  void TakeKey(const YAML::Mark& mark, const std::string& key) {
    OpenNode& mapping = open_.back();
    if (!mapping.seen.insert(key).second) throw TreeError{LineOf(mark), "key '" + ForMessage(key) + "' is given twice"};
    mapping.key = key;
  }

  void Open(Kind kind, const YAML::Mark& mark) {
    YamlTree node = NewNode(kind, mark);
    if (open_.size() >= kMaxYamlDepth) throw TreeError{LineOf(mark), "nested too deep"};
    open_.push_back({std::move(node), std::nullopt, {}});
  }

  void Close() {
    YamlTree node = std::move(open_.back().node);
    open_.pop_back();
    Add(std::move(node));
  }

  void Add(YamlTree node) {
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    OpenNode& parent = open_.back();
    if (parent.key) parent.node.keys.push_back(*std::exchange(parent.key, std::nullopt));
    parent.node.children.push_back(std::move(node));
  }

  YamlTree root_;
  std::vector<OpenNode> open_;
  std::size_t node_count_ = 0;
};

YamlTree Parse(std::string_view text) {
  std::istringstream stream{std::string(text)};
  YAML::Parser parser(stream);
  TreeBuilder builder;
  parser.HandleNextDocument(builder);
  if (parser) {
    TreeBuilder second;
    if (parser.HandleNextDocument(second)) throw TreeError{1, "the file must hold one YAML document, not several"};
  }
  return std::move(builder).Take();
}

}  // namespace

std::string ForMessage(std::string_view text, std::size_t max_bytes) {
  std::string shown = WithoutSecrets(text);
  std::ranges::replace_if(
      shown, [](unsigned char c) { return std::iscntrl(c) != 0; }, '?');
  if (shown.size() > max_bytes) shown = shown.substr(0, max_bytes) + "...";
  return shown;
}

Result<YamlTree> ParseYamlTree(std::string_view text, std::string_view name) {
  if (text.size() > kMaxYamlBytes)
    return MakeError(ErrorCode::kInvalidArgument, "{}: larger than {} bytes, which no configuration is", name,
                     kMaxYamlBytes);
  try {
    return Parse(text);
  } catch (const YAML::Exception& error) {
    return MakeError(ErrorCode::kInvalidArgument, "{}:{}: broken YAML: {}", name, LineOf(error.mark),
                     ForMessage(error.msg, kMaxReason));
  } catch (const TreeError& error) {
    return MakeError(ErrorCode::kInvalidArgument, "{}:{}: {}", name, error.line, error.message);
  }
}

}  // namespace spotter::config
