// SPDX-License-Identifier: Apache-2.0
#include "spotter/net/http_server.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "spotter/base/testing/temp_dir.h"
#include "spotter/net/http_client.h"

namespace spotter::net {
namespace {

using std::chrono::milliseconds;

HttpServerOptions Quick() {
  HttpServerOptions options;
  options.workers = 2;
  options.max_header_bytes = 2'000;
  options.max_body_bytes = 1'000;
  options.header_timeout = milliseconds(300);
  options.body_timeout = milliseconds(300);
  options.write_timeout = milliseconds(300);
  return options;
}

std::string Filler(std::size_t bytes) {
  std::string filler;
  filler.resize(bytes, 'x');
  return filler;
}

// Says what arrived.
HttpResponse Echo(const HttpRequest& request) {
  if (request.target.path == "/throw") throw std::runtime_error("a bug");
  HttpResponse response;
  response.headers = {{"X-Loopback", request.from_loopback ? "yes" : "no"}};
  response.body = request.method + " " + request.target.path + " " + request.body;
  return response;
}

// A client that sends exactly the given bytes.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  }
  ~RawClient() { close(socket_); }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  void Send(const std::string& bytes) const {
    for (std::size_t sent = 0; sent < bytes.size();) {
      const ssize_t n = send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
      if (n <= 0) return;
      sent += static_cast<std::size_t>(n);
    }
  }
  // Everything until the server closes.
  std::string ReadAll() const {
    std::string all;
    std::vector<char> buffer(4096);
    for (ssize_t n = 0; (n = recv(socket_, buffer.data(), buffer.size(), 0)) > 0;)
      all.append(buffer.data(), static_cast<std::size_t>(n));
    return all;
  }

 private:
  const int socket_;
};

class HttpServerTest : public testing::Test {
 protected:
  void Start(const HttpServerOptions& options, HttpHandler handler = &Echo) {
    Result<std::unique_ptr<HttpServer>> started = HttpServer::Start(options, std::move(handler));
    ASSERT_TRUE(started.ok()) << started.error().message;
    server_ = std::move(started).value();
  }
  std::string Url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(server_->port()) + path;
  }
  // The whole answer to these bytes.
  std::string Answer(const std::string& bytes) const {
    const RawClient client(server_->port());
    client.Send(bytes);
    return client.ReadAll();
  }

  std::unique_ptr<HttpServer> server_;
  HttpClient client_{HttpClientOptions{}};
};

TEST_F(HttpServerTest, AnswersManyRequestsOverOneConnection) {
  Start(Quick());
  for (int i = 0; i < 20; ++i) {
    const auto reply = client_.PostJson(Url("/a%20b"), "{}");
    ASSERT_TRUE(reply.ok()) << reply.error().message;
    EXPECT_EQ(reply->status, 200);
    EXPECT_EQ(reply->body, "POST /a%20b {}");
  }
  EXPECT_EQ(client_.Get(Url("/x"))->body, "GET /x ");
}

TEST_F(HttpServerTest, AHandlersBugIsA500AndTheServerGoesOn) {
  Start(Quick());
  EXPECT_EQ(client_.Get(Url("/throw"))->status, 500);
  EXPECT_EQ(client_.Get(Url("/x"))->status, 200);
}

TEST_F(HttpServerTest, LimitsAreAnsweredWithTheirStatus) {
  Start(Quick());
  const std::string post = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ";
  EXPECT_TRUE(Answer(post + "1001\r\n\r\n" + std::string(1001, 'x')).starts_with("HTTP/1.1 413"));
  EXPECT_TRUE(Answer(post + "10485760\r\n\r\n" + Filler(10'485'760)).starts_with("HTTP/1.1 413"));
  EXPECT_TRUE(Answer("GET / HTTP/1.1\r\nX: " + std::string(5'000, 'x')).starts_with("HTTP/1.1 431"));
  EXPECT_TRUE(Answer("rubbish\r\n\r\n").starts_with("HTTP/1.1 400"));
  EXPECT_TRUE(Answer("GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n").starts_with("HTTP/1.1 400"));
}

TEST_F(HttpServerTest, WhoSendsTooSlowlyIsCutOff) {
  Start(Quick());
  EXPECT_EQ(Answer("GET / HTTP/1.1\r\nHost: x\r\n"), "") << "a header that never ends";
  EXPECT_EQ(Answer("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc"), "") << "a body that never ends";
  EXPECT_EQ(client_.Get(Url("/x"))->status, 200);
}

TEST_F(HttpServerTest, AChunkedBodyBeyondTheLimitIsRefusedToo) {
  Start(Quick());
  std::string request = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 20; ++i) request += "64\r\n" + std::string(100, 'x') + "\r\n";
  EXPECT_TRUE(Answer(request + "0\r\n\r\n").starts_with("HTTP/1.1 413"));
}

TEST_F(HttpServerTest, ExpectContinueIsHonoured) {
  Start(Quick());
  const std::string answer =
      Answer("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nok");
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 100")) << answer;
  EXPECT_NE(answer.find("POST / ok"), std::string::npos) << answer;
}

TEST_F(HttpServerTest, OneConnectionTooManyIsTurnedAway) {
  HttpServerOptions options = Quick();
  options.max_connections = 1;
  options.header_timeout = milliseconds(60'000);
  Start(options);
  const RawClient first(server_->port());
  first.Send("GET / HTTP/1.1\r\nHost: x\r\n");
  // The second is only surely the second when the first has been accepted.
  std::this_thread::sleep_for(milliseconds(100));
  EXPECT_TRUE(Answer("GET / HTTP/1.1\r\nHost: x\r\n\r\n").starts_with("HTTP/1.1 503"));
}

TEST_F(HttpServerTest, HeadHasTheHeadersOfAGetAndNoBody) {
  Start(Quick());
  const std::string answer = Answer("HEAD /abc HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_NE(answer.find("Content-Length: 10\r\n"), std::string::npos) << answer;
  EXPECT_TRUE(answer.ends_with("\r\n\r\n")) << answer;
}

TEST_F(HttpServerTest, APortInUseIsAnError) {
  Start(Quick());
  HttpServerOptions options = Quick();
  options.port = server_->port();
  const auto second = HttpServer::Start(options, &Echo);
  ASSERT_FALSE(second.ok());
  EXPECT_NE(second.error().message.find(std::to_string(options.port)), std::string::npos);
}

TEST_F(HttpServerTest, TheClientSaysWhyNothingCame) {
  Start(Quick(), [](const HttpRequest&) {
    HttpResponse response;
    response.body = Filler(2'000'000);
    return response;
  });
  HttpClient small({.max_reply_bytes = 1'000});
  EXPECT_FALSE(small.Get(Url("/")).ok());
  const std::string url = Url("/");
  server_.reset();
  EXPECT_EQ(client_.Get(url).error().code, ErrorCode::kUnavailable);
  EXPECT_FALSE(client_.Get("file:///etc/passwd").ok());
}

TEST_F(HttpServerTest, AFileBodyIsSentInPartAndASlowReaderIsCutOff) {
  const TempDir folder;
  std::ofstream(folder / "big") << "0123456789" << Filler(50'000'000);
  const std::vector<std::filesystem::path> roots{folder.path()};
  Start(Quick(), [&](const HttpRequest& request) {
    HttpResponse response;
    const auto file = *FileView::OpenWithin(folder / "big", roots);
    const bool whole = request.target.path == "/whole";
    response.file = {.file = file, .offset = whole ? 0U : 2U, .length = whole ? file->size() : 3U};
    return response;
  });
  EXPECT_EQ(client_.Get(Url("/part"))->body, "234");
  {
    const RawClient slow(server_->port());
    slow.Send("GET /whole HTTP/1.1\r\nHost: x\r\n\r\n");
    std::this_thread::sleep_for(milliseconds(1'000));
    EXPECT_LT(slow.ReadAll().size(), 50'000'000U);
  }
}

TEST(FileView, OnlyWhatReallyLiesInARootIsOpened) {
  const TempDir folder;
  const std::filesystem::path root = folder / "media";
  std::filesystem::create_directories(root / "sub");
  std::filesystem::create_directories(folder / "media2");
  std::ofstream(root / "sub" / "a.mp4") << "clip";
  std::ofstream(folder / "secret") << "secret";
  std::ofstream(folder / "media2" / "b.mp4") << "other";
  std::filesystem::create_symlink(folder / "secret", root / "link.mp4");
  std::filesystem::create_symlink(folder.path(), root / "up");
  std::filesystem::create_symlink(root / "sub" / "a.mp4", folder / "into.mp4");
  const std::vector<std::filesystem::path> roots{root, folder / "missing"};
  const auto opens = [&](const std::filesystem::path& path) { return FileView::OpenWithin(path, roots).ok(); };
  EXPECT_TRUE(opens(root / "sub" / "a.mp4"));
  EXPECT_TRUE(opens(root / "sub" / ".." / "sub" / "a.mp4"));
  EXPECT_TRUE(opens(folder / "into.mp4")) << "a link that leads into the root";
  EXPECT_FALSE(opens(root / ".." / "secret"));
  EXPECT_FALSE(opens(root / "link.mp4"));
  EXPECT_FALSE(opens(root / "up" / "secret"));
  EXPECT_FALSE(opens(folder / "media2" / "b.mp4")) << "a name that begins like the root";
  EXPECT_FALSE(opens(root / "sub"));
  EXPECT_FALSE(opens(root / "none"));
  EXPECT_FALSE(opens(""));
}

}  // namespace
}  // namespace spotter::net
