// SPDX-License-Identifier: Apache-2.0
#include "spotter/net/http_server.h"

#include <exception>
#include <thread>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <nlohmann/json.hpp>

#include "spotter/base/log.h"
#include "spotter/net/http_session.h"

namespace spotter::net {
namespace {

namespace asio = boost::asio;
using asio::awaitable;
using asio::ip::tcp;

constexpr std::chrono::milliseconds kAcceptPause{100};  // after an error such as too many open files

}  // namespace

class HttpServer::Impl {
 public:
  Impl(const HttpServerOptions& options, HttpHandler handler)
      : options_(options), handler_(std::move(handler)), workers_(static_cast<std::size_t>(options.workers)) {}

  ~Impl() {
    io_.stop();
    if (thread_.joinable()) thread_.join();
    workers_.join();
  }

  Result<void> Listen() {
    boost::system::error_code failed;
    const asio::ip::address address = asio::ip::make_address(options_.address, failed);
    if (failed) return MakeError(ErrorCode::kInvalidArgument, "'{}' is no IP address to listen on", options_.address);
    const tcp::endpoint endpoint(address, options_.port);
    acceptor_.open(endpoint.protocol(), failed);
    if (!failed) acceptor_.set_option(tcp::acceptor::reuse_address(true), failed);
    if (!failed) acceptor_.bind(endpoint, failed);
    if (!failed) acceptor_.listen(tcp::acceptor::max_listen_connections, failed);
    if (failed)
      return MakeError(ErrorCode::kUnavailable, "cannot listen on {}:{}: {}", options_.address, options_.port,
                       failed.message());
    port_ = acceptor_.local_endpoint().port();
    asio::co_spawn(io_, Accept(), asio::detached);
    thread_ = std::thread([this] { io_.run(); });
    return {};
  }

  std::uint16_t port() const { return port_; }

 private:
  awaitable<void> Accept() {
    while (true) {
      auto [error, socket] = co_await acceptor_.async_accept(asio::as_tuple(asio::use_awaitable));
      if (error) {
        asio::steady_timer pause(io_, kAcceptPause);
        co_await pause.async_wait(asio::use_awaitable);
        continue;
      }
      asio::co_spawn(io_, Serve(std::move(socket)), asio::detached);
    }
  }

  awaitable<void> Serve(tcp::socket socket) {
    const bool welcome = ++connections_ <= options_.max_connections;
    try {
      HttpSession session(std::move(socket), context_);
      if (welcome) {
        co_await session.Run();
      } else {
        co_await session.Refuse();
      }
    } catch (const std::exception& error) {
      LogError("HTTP: a connection broke: {}", error.what());
    }
    --connections_;
  }

  const HttpServerOptions options_;
  const HttpHandler handler_;
  // Before io_: its destruction ends coroutines that refer to the workers.
  asio::thread_pool workers_;
  const HttpSessionContext context_{.options = options_, .handler = handler_, .workers = workers_};
  asio::io_context io_{1};
  tcp::acceptor acceptor_{io_};
  std::uint16_t port_ = 0;
  int connections_ = 0;  // used on the thread of io_ only
  std::thread thread_;
};

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::~HttpServer() = default;

Result<std::unique_ptr<HttpServer>> HttpServer::Start(const HttpServerOptions& options, HttpHandler handler) {
  auto impl = std::make_unique<Impl>(options, std::move(handler));
  if (Result<void> listening = impl->Listen(); !listening.ok()) return listening.error();
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

std::uint16_t HttpServer::port() const { return impl_->port(); }

HttpResponse ErrorResponse(int status, const std::string& detail) {
  HttpResponse response;
  response.status = status;
  response.headers.emplace_back("Content-Type", "application/json");
  const nlohmann::json body = {{"detail", detail}};
  response.body = body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return response;
}

}  // namespace spotter::net
