// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

#include "spotter/net/http_server.h"

namespace spotter::net {

// What all sessions of a server share. Outlives them.
struct HttpSessionContext {
  const HttpServerOptions& options;
  const HttpHandler& handler;
  boost::asio::thread_pool& workers;
};

// One connection: requests are read and answered one after the other until either side has enough. Inside net/ only;
// used on the server's input and output thread.
class HttpSession {
 public:
  HttpSession(boost::asio::ip::tcp::socket socket, const HttpSessionContext& context);

  // The whole life of the connection. Never throws.
  boost::asio::awaitable<void> Run();
  // One answer and the end, for a connection too many.
  boost::asio::awaitable<void> Refuse();

 private:
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
  using Header = boost::beast::http::response_header<>;

  boost::asio::awaitable<bool> ServeOne();
  boost::asio::awaitable<boost::beast::error_code> Read(Parser& parser);
  boost::asio::awaitable<bool> Answer(const Parser& parser);
  boost::asio::awaitable<void> AnswerError(boost::beast::error_code error);
  boost::asio::awaitable<bool> Write(const HttpResponse& response, bool head_only, bool keep_alive);
  boost::asio::awaitable<bool> WriteBytes(std::string_view bytes);
  boost::asio::awaitable<bool> WriteFile(const FileBody& body);
  // Ends our side, then reads on for a moment: closing with unread bytes would tear the answer from the client's hands.
  boost::asio::awaitable<void> CloseGently();

  boost::beast::tcp_stream stream_;
  boost::beast::flat_buffer buffer_;
  const HttpSessionContext& context_;
  bool from_loopback_ = false;
};

}  // namespace spotter::net
