// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace spotter {

// Puts numbers (little-endian) and texts one behind the other.
class ByteWriter {
 public:
  void U8(std::uint8_t value) { bytes_.push_back(std::byte{value}); }
  void U32(std::uint32_t value) { Put(value); }
  void I64(std::int64_t value) { Put(static_cast<std::uint64_t>(value)); }
  // Without a length.
  void Raw(std::span<const std::byte> bytes) { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }
  // With a length of 32 bits in front.
  void Bytes(std::span<const std::byte> bytes) {
    U32(static_cast<std::uint32_t>(bytes.size()));
    Raw(bytes);
  }
  void Text(std::string_view text) { Bytes(std::as_bytes(std::span(text))); }

  std::span<const std::byte> bytes() const { return bytes_; }
  void Clear() { bytes_.clear(); }

 private:
  template <typename Unsigned>
  void Put(Unsigned value) {
    for (std::size_t i = 0; i < sizeof(value); ++i) bytes_.push_back(static_cast<std::byte>(value >> (8 * i)));
  }

  std::vector<std::byte> bytes_;
};

// Takes them apart again. Reading beyond the end gives zeros and empty texts and makes ok() false, for good: so a
// reader is straight-line code that looks once, at its end.
class ByteReader {
 public:
  explicit ByteReader(std::span<const std::byte> bytes) : rest_(bytes) {}

  std::uint8_t U8() { return Get<std::uint8_t>(); }
  std::uint32_t U32() { return Get<std::uint32_t>(); }
  std::int64_t I64() { return static_cast<std::int64_t>(Get<std::uint64_t>()); }
  std::span<const std::byte> Raw(std::size_t count) {
    if (count > rest_.size()) {
      ok_ = false;
      rest_ = {};
      return {};
    }
    const std::span<const std::byte> taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
  }
  std::span<const std::byte> Bytes() { return Raw(U32()); }
  std::string Text() {
    const std::span<const std::byte> bytes = Bytes();
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }

  bool ok() const { return ok_; }
  std::size_t left() const { return rest_.size(); }

 private:
  template <typename Unsigned>
  Unsigned Get() {
    Unsigned value = 0;
    const std::span<const std::byte> bytes = Raw(sizeof(value));
    for (std::size_t i = 0; i < bytes.size(); ++i) value |= static_cast<Unsigned>(bytes[i]) << (8 * i);
    return value;
  }

  std::span<const std::byte> rest_;
  bool ok_ = true;
};

}  // namespace spotter
