// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <csignal>
#include <string>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace spotter::rtsp_test {

// A camera in a process of its own; killed at the end.
class Camera {
 public:
  // `port` 0 = any free one.
  explicit Camera(const std::string& file, int port = 0, std::vector<std::string> login = {}) {
    std::array<int, 2> out = {-1, -1};
    EXPECT_EQ(pipe2(out.data(), O_CLOEXEC), 0);
    std::vector<std::string> words = {SPOTTER_RTSP_SERVER, file, std::to_string(port)};
    words.insert(words.end(), login.begin(), login.end());
    std::vector<char*> argv;
    argv.reserve(words.size() + 1);
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    pid_ = fork();
    if (pid_ == 0) {
      dup2(out[1], STDOUT_FILENO);
      execv(argv[0], argv.data());
      _exit(127);
    }
    close(out[1]);
    char letter = 0;
    while (read(out[0], &letter, 1) == 1 && letter != '\n') url_ += letter;
    close(out[0]);
    EXPECT_FALSE(url_.empty()) << "the RTSP server did not start";
  }
  ~Camera() { Kill(); }
  Camera(const Camera&) = delete;
  Camera& operator=(const Camera&) = delete;

  const std::string& url() const { return url_; }
  int port() const { return std::stoi(url_.substr(url_.rfind(':') + 1)); }
  void Hang() const { kill(pid_, SIGSTOP); }
  void GoOn() const { kill(pid_, SIGCONT); }
  void Kill() {
    if (pid_ <= 0) return;
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    pid_ = -1;
  }

 private:
  pid_t pid_ = -1;
  std::string url_;
};

}  // namespace spotter::rtsp_test
