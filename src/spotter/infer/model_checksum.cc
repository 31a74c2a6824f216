// SPDX-License-Identifier: Apache-2.0
#include "spotter/infer/model_checksum.h"

#include <array>
#include <fstream>
#include <string>

#include "spotter/base/sha256.h"

namespace spotter::infer {
namespace {

// The sum recorded for `name` ("<64 digits>  <name>" a line, as sha256sum writes it); empty when there is none.
std::string RecordedSum(const std::filesystem::path& sums, const std::string& name) {
  std::ifstream file(sums);
  std::string digest;
  std::string listed;
  while (file >> digest >> listed) {
    if (listed == name || listed == "*" + name) return digest;
  }
  return {};
}

Result<void> CheckFile(const std::filesystem::path& path) {
  const std::string recorded = RecordedSum(path.parent_path() / "SHA256SUMS", path.filename().string());
  if (recorded.empty() || recorded == Checksum(path)) return {};
  return MakeError(ErrorCode::kUnreadable,
                   "The network {} was altered (its checksum differs): run `make setup` to get it again.",
                   path.string());
}

}  // namespace

std::vector<std::filesystem::path> FilesOfModel(const std::filesystem::path& model) {
  if (model.extension() != ".xml") return {model};
  return {model, std::filesystem::path(model).replace_extension(".bin")};
}

std::string Checksum(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return {};
  std::array<char, 1 << 16> piece{};
  Sha256 sha;
  while (file.read(piece.data(), piece.size()), file.gcount() > 0) {
    sha.Update({reinterpret_cast<const std::uint8_t*>(piece.data()), static_cast<std::size_t>(file.gcount())});
  }
  return sha.HexDigest();
}

Result<void> CheckChecksum(const std::filesystem::path& model) {
  for (const std::filesystem::path& path : FilesOfModel(model)) {
    if (auto intact = CheckFile(path); !intact) return intact;
  }
  return {};
}

}  // namespace spotter::infer
