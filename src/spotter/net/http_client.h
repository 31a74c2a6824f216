// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "spotter/base/result.h"
#include "spotter/net/http_message.h"

namespace spotter::net {

struct HttpClientOptions {
  std::chrono::milliseconds connect_timeout{5'000};
  std::chrono::milliseconds total_timeout{15'000};
  std::size_t max_reply_bytes = 4 * 1024 * 1024;
};

struct HttpReply {
  int status = 0;
  std::string body;
  std::chrono::seconds retry_after{0};  // what the server asks for; 0 = it does not
};

// Requests to http:// and https:// servers (libcurl), one after the other; connections are kept. Follows no
// redirections. One thread.
class HttpClient {
 public:
  explicit HttpClient(const HttpClientOptions& options);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // Any answer is a reply, whatever its status. Errors (kUnavailable): no connection, time-out, a reply that is too
  // large. Messages never hold the address's password.
  Result<HttpReply> Get(const std::string& url, const HttpHeaders& headers = {});
  Result<HttpReply> PostJson(const std::string& url, const std::string& body, HttpHeaders headers = {});

 private:
  class Impl;
  const std::unique_ptr<Impl> impl_;
};

}  // namespace spotter::net
