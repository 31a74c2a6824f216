// SPDX-License-Identifier: Apache-2.0
#include "spotter/net/http_session.h"

#include <algorithm>
#include <exception>
#include <vector>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "spotter/base/log.h"

namespace spotter::net {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::awaitable;
using beast::error_code;

constexpr auto kNoThrow = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t kChunkBytes = 64 * 1024;
constexpr std::size_t kMaxDrainBytes = 16 * 1024 * 1024;
constexpr std::chrono::seconds kMaxDrainTime{2};

HttpHeaders HeadersOf(const http::request<http::string_body>& message) {
  HttpHeaders headers;
  for (const auto& field : message) headers.emplace_back(field.name_string(), field.value());
  return headers;
}

// What the handler says, or a 500 when it throws: a bug in one route must not end the server.
HttpResponse CallHandler(const HttpHandler& handler, const HttpRequest& request) {
  try {
    return handler(request);
  } catch (const std::exception& error) {
    LogError("HTTP {} {}: {}", request.method, request.target.path, error.what());
    return ErrorResponse(500, "internal error; the log has more");
  }
}

// A coroutine of the worker pool. `handler` and `request` outlive it: the session waits for it.
awaitable<HttpResponse> CallOnWorker(const HttpHandler& handler, const HttpRequest& request) {
  co_return CallHandler(handler, request);
}

HttpResponse ResponseTo(error_code error) {
  if (error == http::error::body_limit) return ErrorResponse(413, "the body is too large");
  if (error == http::error::header_limit) return ErrorResponse(431, "the header is too large");
  return ErrorResponse(400, "not a valid HTTP request: " + error.message());
}

// The status line and headers as text.
std::string HeaderText(const HttpResponse& response, std::uint64_t length, bool keep_alive) {
  const auto status = http::int_to_status(static_cast<unsigned>(response.status));
  std::string text = fmt::format("HTTP/1.1 {} {}\r\n", response.status, std::string(http::obsolete_reason(status)));
  for (const auto& [name, value] : response.headers) text += fmt::format("{}: {}\r\n", name, value);
  if (response.status != 304) text += fmt::format("Content-Length: {}\r\n", length);
  return text + (keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n");
}

}  // namespace

HttpSession::HttpSession(asio::ip::tcp::socket socket, const HttpSessionContext& context)
    : stream_(std::move(socket)), buffer_(context.options.max_header_bytes + kChunkBytes), context_(context) {
  error_code failed;
  const auto peer = stream_.socket().remote_endpoint(failed).address();
  const bool mapped = !failed && peer.is_v6() && peer.to_v6().is_v4_mapped();
  from_loopback_ =
      !failed && (mapped ? make_address_v4(asio::ip::v4_mapped, peer.to_v6()).is_loopback() : peer.is_loopback());
  stream_.socket().set_option(asio::ip::tcp::no_delay(true), failed);
}

awaitable<void> HttpSession::Run() {
  bool go_on = true;
  while (go_on) go_on = co_await ServeOne();
  co_await CloseGently();
}

awaitable<void> HttpSession::Refuse() {
  const HttpResponse response = ErrorResponse(503, "too many connections");
  co_await Write(response, false, false);
  co_await CloseGently();
}

awaitable<bool> HttpSession::ServeOne() {
  Parser parser;
  const error_code error = co_await Read(parser);
  if (error) {
    co_await AnswerError(error);
    co_return false;
  }
  const bool go_on = co_await Answer(parser);
  co_return go_on;
}

awaitable<error_code> HttpSession::Read(Parser& parser) {
  parser.header_limit(static_cast<std::uint32_t>(context_.options.max_header_bytes));
  parser.body_limit(context_.options.max_body_bytes);
  stream_.expires_after(context_.options.header_timeout);
  auto [header_error, header_bytes] = co_await http::async_read_header(stream_, buffer_, parser, kNoThrow);
  if (header_error) co_return header_error;
  if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
    const bool written = co_await WriteBytes("HTTP/1.1 100 Continue\r\n\r\n");
    if (!written) co_return http::error::end_of_stream;
  }
  stream_.expires_after(context_.options.body_timeout);
  auto [body_error, body_bytes] = co_await http::async_read(stream_, buffer_, parser, kNoThrow);
  co_return body_error;
}

awaitable<bool> HttpSession::Answer(const Parser& parser) {
  const auto& message = parser.get();
  const std::string target(message.target());
  std::optional<RequestTarget> parsed = ParseTarget(target);
  if (!parsed) {
    const HttpResponse refusal = ErrorResponse(400, "the address of the request is malformed");
    co_await Write(refusal, false, false);
    co_return false;
  }
  HttpRequest request{.method = std::string(message.method_string()),
                      .target = std::move(*parsed),
                      .headers = HeadersOf(message),
                      .body = message.body(),
                      .from_loopback = from_loopback_};
  stream_.expires_never();
  const HttpResponse response =
      co_await asio::co_spawn(context_.workers, CallOnWorker(context_.handler, request), asio::use_awaitable);
  const bool go_on = co_await Write(response, request.method == "HEAD", message.keep_alive());
  co_return go_on;
}

awaitable<void> HttpSession::AnswerError(error_code error) {
  // After a time-out Beast has closed the socket.
  const bool gone = error == http::error::end_of_stream || error == beast::error::timeout ||
                    error == asio::error::connection_reset || error == asio::error::eof ||
                    error == asio::error::operation_aborted;
  if (gone) co_return;
  const HttpResponse response = ResponseTo(error);
  co_await Write(response, false, false);
}

awaitable<bool> HttpSession::Write(const HttpResponse& response, bool head_only, bool keep_alive) {
  const std::uint64_t length = response.file ? response.file->length : response.body.size();
  std::string text = HeaderText(response, length, keep_alive);
  if (!head_only && !response.file) text += response.body;
  bool complete = co_await WriteBytes(text);
  if (complete && response.file && !head_only) complete = co_await WriteFile(*response.file);
  co_return complete&& keep_alive;
}

awaitable<bool> HttpSession::WriteBytes(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::string_view chunk = bytes.substr(0, kChunkBytes);
    stream_.expires_after(context_.options.write_timeout);
    auto [error, written] = co_await asio::async_write(stream_, asio::buffer(chunk), kNoThrow);
    if (error) co_return false;
    bytes.remove_prefix(chunk.size());
  }
  co_return true;
}

awaitable<bool> HttpSession::WriteFile(const FileBody& body) {
  std::vector<char> chunk(kChunkBytes);
  std::uint64_t offset = body.offset;
  const std::uint64_t end = body.offset + body.length;
  while (offset < end) {
    const std::size_t wanted = std::min<std::uint64_t>(chunk.size(), end - offset);
    const std::size_t read = body.file->ReadAt(offset, std::span(chunk).first(wanted));
    if (read == 0) co_return false;  // cut short meanwhile: the client sees that bytes are missing
    const bool written = co_await WriteBytes({chunk.data(), read});
    if (!written) co_return false;
    offset += read;
  }
  co_return true;
}

awaitable<void> HttpSession::CloseGently() {
  error_code ignored;
  stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  std::vector<char> scrap(kChunkBytes);
  stream_.expires_after(kMaxDrainTime);
  for (std::size_t drained = 0; drained < kMaxDrainBytes;) {
    auto [error, bytes] = co_await stream_.async_read_some(asio::buffer(scrap), kNoThrow);
    if (error) break;
    drained += bytes;
  }
  stream_.close();
}

}  // namespace spotter::net
