// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "spotter/net/file_view.h"
#include "spotter/net/uri.h"

namespace spotter::net {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

// A request that has arrived whole, within the server's limits.
struct HttpRequest {
  std::string method;  // "GET"
  RequestTarget target;
  HttpHeaders headers;
  std::string body;
  bool from_loopback = false;  // the connection comes from this machine

  // The first header of that name (any case); nullopt when it is absent.
  std::optional<std::string> Header(std::string_view name) const;
};

// Part of a file as a response's body.
struct FileBody {
  std::shared_ptr<const FileView> file;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

// For a HEAD request the server sends the headers only.
struct HttpResponse {
  int status = 200;
  HttpHeaders headers;
  std::string body;
  std::optional<FileBody> file;  // in place of `body`
};

}  // namespace spotter::net
