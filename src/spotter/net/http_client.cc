// SPDX-License-Identifier: Apache-2.0
#include "spotter/net/http_client.h"

#include <mutex>

#include <curl/curl.h>
#include <fmt/format.h>

namespace spotter::net {
namespace {

struct EasyDeleter {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct ListDeleter {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using EasyHandle = std::unique_ptr<CURL, EasyDeleter>;
using HeaderList = std::unique_ptr<curl_slist, ListDeleter>;

void InitializeOnce() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

// Where a reply's body goes while it arrives.
struct BodyBuffer {
  std::string text;
  std::size_t max_bytes;
};

std::size_t AppendBody(char* data, std::size_t size, std::size_t count, void* user) {
  auto& buffer = *static_cast<BodyBuffer*>(user);
  if (buffer.text.size() + size * count > buffer.max_bytes) return 0;  // makes libcurl stop with CURLE_WRITE_ERROR
  buffer.text.append(data, size * count);
  return size * count;
}

HeaderList MakeList(const HttpHeaders& headers) {
  HeaderList list;
  for (const auto& [name, value] : headers) {
    curl_slist* longer = curl_slist_append(list.get(), fmt::format("{}: {}", name, value).c_str());
    if (longer == nullptr) continue;  // out of memory
    static_cast<void>(list.release());
    list.reset(longer);
  }
  return list;
}

}  // namespace

class HttpClient::Impl {
 public:
  explicit Impl(const HttpClientOptions& options) : options_(options) {
    InitializeOnce();
    handle_.reset(curl_easy_init());
  }

  Result<HttpReply> Perform(const std::string& url, const std::string* body, const HttpHeaders& headers) {
    if (!handle_) return MakeError(ErrorCode::kUnavailable, "no memory for an HTTP request");
    CURL* curl = handle_.get();
    curl_easy_reset(curl);  // keeps open connections
    BodyBuffer buffer{.text = {}, .max_bytes = options_.max_reply_bytes};
    const HeaderList list = MakeList(headers);
    SetCommonOptions(url, buffer);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list.get());
    if (body != nullptr) {
      curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body->size()));
      curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body->c_str());
    }
    const CURLcode code = curl_easy_perform(curl);
    if (code == CURLE_WRITE_ERROR)
      return MakeError(ErrorCode::kUnavailable, "the server's reply has more than {} bytes", options_.max_reply_bytes);
    if (code != CURLE_OK) return MakeError(ErrorCode::kUnavailable, "{}", curl_easy_strerror(code));
    return ReadReply(std::move(buffer.text));
  }

 private:
  void SetCommonOptions(const std::string& url, BodyBuffer& buffer) {
    CURL* curl = handle_.get();
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_.connect_timeout.count()));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(options_.total_timeout.count()));
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "spotter");
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &AppendBody);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &buffer);
  }

  HttpReply ReadReply(std::string body) {
    long status = 0;
    curl_off_t retry_after = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(handle_.get(), CURLINFO_RETRY_AFTER, &retry_after);
    return {
        .status = static_cast<int>(status), .body = std::move(body), .retry_after = std::chrono::seconds(retry_after)};
  }

  const HttpClientOptions options_;
  EasyHandle handle_;
};

HttpClient::HttpClient(const HttpClientOptions& options) : impl_(std::make_unique<Impl>(options)) {}
HttpClient::~HttpClient() = default;

Result<HttpReply> HttpClient::Get(const std::string& url, const HttpHeaders& headers) {
  return impl_->Perform(url, nullptr, headers);
}

Result<HttpReply> HttpClient::PostJson(const std::string& url, const std::string& body, HttpHeaders headers) {
  headers.emplace_back("Content-Type", "application/json");
  headers.emplace_back("Expect", "");  // "Expect:" takes libcurl's own one away: no waiting for "100 Continue"
  return impl_->Perform(url, &body, headers);
}

}  // namespace spotter::net
