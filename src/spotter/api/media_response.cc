// SPDX-License-Identifier: Apache-2.0
#include "spotter/api/media_response.h"

#include <string>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "spotter/api/byte_range.h"
#include "spotter/codec/clip_json.h"
#include "spotter/net/file_view.h"
#include "spotter/net/http_server.h"

namespace spotter::api {
namespace {

using net::HttpRequest;
using net::HttpResponse;

// Changes with the file: another file, other bytes or a later write.
std::string EntityTag(const net::FileView& file) {
  return fmt::format("\"{:x}-{:x}-{:x}\"", file.inode(), file.size(), file.modified_ns());
}

// "Sun, 01 Mar 2026 10:00:12 GMT" (RFC 9110, 5.6.7).
std::string HttpDate(const net::FileView& file) {
  constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;
  const auto seconds = static_cast<std::time_t>(file.modified_ns() / kNanosecondsPerSecond);
  return fmt::format("{:%a, %d %b %Y %H:%M:%S GMT}", fmt::gmtime(seconds));
}

bool Lists(const std::string& header, const std::string& tag) {
  return header == "*" || header.find(tag) != std::string::npos;
}

// Whether a Range may be answered in part: not when If-Range names an older file, whose pieces would not fit.
bool RangeApplies(const HttpRequest& request, const net::FileView& file) {
  const std::optional<std::string> condition = request.Header("If-Range");
  return !condition || *condition == EntityTag(file) || *condition == HttpDate(file);
}

// The sentence that the clip's own metadata have; empty when there are none, or no reason.
std::string WhyThereIsNone(const MediaRef& media, std::span<const std::filesystem::path> allowed_roots) {
  constexpr std::uint64_t kMaxMetadataBytes = 64 * 1024;
  const auto file =
      net::FileView::OpenWithin(std::filesystem::path(media.path).replace_extension(".json"), allowed_roots);
  if (!file.ok() || (*file)->size() > kMaxMetadataBytes) return "";
  std::string text((*file)->size(), '\0');
  text.resize((*file)->ReadAt(0, text));
  const Result<ClipDone> clip = codec::ClipFromJson(text);
  return clip.ok() ? clip->reason : "";
}

HttpResponse NoClip(const MediaRef& media, std::span<const std::filesystem::path> allowed_roots) {
  const std::string reason = media.path.empty() ? "" : WhyThereIsNone(media, allowed_roots);
  if (!reason.empty()) return net::ErrorResponse(404, "this event has no clip: " + reason);
  return net::ErrorResponse(404, "this event has no clip here, or not yet");
}

std::string ContentType(const std::string& path) {
  if (path.ends_with(".jpg") || path.ends_with(".jpeg")) return "image/jpeg";
  return "video/mp4";
}

}  // namespace

HttpResponse MediaResponse(const HttpRequest& request,
                           const MediaRef& media,
                           std::span<const std::filesystem::path> allowed_roots) {
  const auto file = net::FileView::OpenWithin(media.path, allowed_roots);
  if (media.path.empty() || !file.ok()) return NoClip(media, allowed_roots);
  const net::FileView& view = **file;
  HttpResponse response;
  response.headers = {{"Accept-Ranges", "bytes"},
                      {"ETag", EntityTag(view)},
                      {"Last-Modified", HttpDate(view)},
                      {"Vary", "Sec-Fetch-Dest"},  // a <video> may get another file
                      {"Cache-Control", "private, max-age=0, must-revalidate"},
                      {"X-Content-Type-Options", "nosniff"}};
  if (Lists(request.Header("If-None-Match").value_or(""), EntityTag(view))) {
    response.status = 304;
    return response;
  }
  ByteRange range;
  if (RangeApplies(request, view)) range = ParseRange(request.Header("Range").value_or(""), view.size());
  if (range.kind == ByteRange::Kind::kUnsatisfiable) {
    response = net::ErrorResponse(416, "the range lies beyond the clip");
    response.headers.emplace_back("Content-Range", fmt::format("bytes */{}", view.size()));
    return response;
  }
  const bool part = range.kind == ByteRange::Kind::kPart;
  if (!part) range.length = view.size();
  response.status = part ? 206 : 200;
  response.headers.emplace_back("Content-Type", ContentType(media.path));
  if (part) {
    response.headers.emplace_back(
        "Content-Range", fmt::format("bytes {}-{}/{}", range.offset, range.offset + range.length - 1, view.size()));
  }
  response.file = {.file = *file, .offset = range.offset, .length = range.length};
  return response;
}

}  // namespace spotter::api
