// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "spotter/base/result.h"
#include "spotter/net/http_message.h"

namespace spotter::net {

struct HttpServerOptions {
  std::string address = "127.0.0.1";  // an IP address; IPv6 without brackets
  std::uint16_t port = 0;             // 0 = any free one, see HttpServer::port
  int workers = 16;                   // threads that run the handler
  int max_connections = 256;          // more are answered with 503
  std::size_t max_header_bytes = 16 * 1024;
  std::size_t max_body_bytes = 1024 * 1024;
  std::chrono::milliseconds header_timeout{10'000};  // for a whole header, also while a connection is idle
  std::chrono::milliseconds body_timeout{20'000};    // for a whole body
  std::chrono::milliseconds write_timeout{
      20'000};  // for each 64 KiB: a slow client does not hold a connection for ever
};

// Answers a request. Called by several worker threads at once; may block. What it throws becomes a 500.
using HttpHandler = std::function<HttpResponse(const HttpRequest&)>;

// An HTTP/1.1 server. Requests beyond the limits never reach the handler: they are answered with 400, 413 or 431 and
// {"detail": "..."}; who sends too slowly is cut off. One thread does all input and output, `workers` threads run the
// handler.
class HttpServer {
 public:
  // Listens when it returns. Errors: address in use, no such address.
  static Result<std::unique_ptr<HttpServer>> Start(const HttpServerOptions& options, HttpHandler handler);
  // Closes all connections and waits for handlers that run.
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  std::uint16_t port() const;

 private:
  class Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);
  const std::unique_ptr<Impl> impl_;
};

// {"detail": "..."}: the form of every error.
HttpResponse ErrorResponse(int status, const std::string& detail);

}  // namespace spotter::net
