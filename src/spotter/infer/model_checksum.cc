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

std::string SumOf(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::array<char, 1 << 16> piece{};
  Sha256 sha;
  while (file.read(piece.data(), piece.size()), file.gcount() > 0) {
    sha.Update({reinterpret_cast<const std::uint8_t*>(piece.data()), static_cast<std::size_t>(file.gcount())});
  }
  return sha.HexDigest();
}

Result<void> CheckFile(const std::filesystem::path& path) {
  const std::string recorded = RecordedSum(path.parent_path() / "SHA256SUMS", path.filename().string());
  if (recorded.empty() || recorded == SumOf(path)) return {};
  return MakeError(ErrorCode::kUnreadable,
                   "The network {} was altered (its checksum differs): run `make setup` to get it again.",
                   path.string());
}

}  // namespace

Result<void> CheckChecksum(const std::filesystem::path& model) {
  if (auto intact = CheckFile(model); !intact) return intact;
  if (model.extension() != ".xml") return {};
  return CheckFile(std::filesystem::path(model).replace_extension(".bin"));
}

}  // namespace spotter::infer
