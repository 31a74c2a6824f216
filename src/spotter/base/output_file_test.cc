// SPDX-License-Identifier: Apache-2.0
#include "spotter/base/output_file.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "spotter/base/testing/temp_dir.h"

namespace spotter {
namespace {

namespace fs = std::filesystem;

class OutputFileTest : public ::testing::Test {
 protected:
  std::string At(const std::string& name) const { return (folder_ / name).string(); }
  static std::string Read(const std::string& path) {
    std::stringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
  }
  // Writes `text` to `path` and commits it.
  static Result<void> Put(const std::string& path, const std::string& text) {
    Result<OutputFile> file = OutputFile::Create(path);
    if (!file.ok()) return file.error();
    if (Result<void> written = file->Write(text); !written.ok()) return written;
    return file->Commit();
  }

  const TempDir folder_;
};

TEST_F(OutputFileTest, AFileHasItsNameOnlyWhenItIsWhole) {
  Result<OutputFile> file = OutputFile::Create(At("a"));
  ASSERT_TRUE(file.ok());
  ASSERT_TRUE(file->Write("half").ok());
  EXPECT_FALSE(fs::exists(At("a")));
  ASSERT_TRUE(file->Write(" whole").ok());
  ASSERT_TRUE(file->Commit().ok());
  EXPECT_EQ(Read(At("a")), "half whole");
  EXPECT_FALSE(fs::exists(At("a.part")));
}

TEST_F(OutputFileTest, WhatIsNotCommittedLeavesTheEarlierFileAndNoPart) {
  ASSERT_TRUE(Put(At("a"), "earlier").ok());
  {
    Result<OutputFile> file = OutputFile::Create(At("a"));
    ASSERT_TRUE(file.ok() && file->Write("later").ok());
    const OutputFile moved = std::move(file).value();
    EXPECT_TRUE(fs::exists(moved.part_path()));
  }
  EXPECT_EQ(Read(At("a")), "earlier");
  EXPECT_FALSE(fs::exists(At("a.part")));
}

TEST_F(OutputFileTest, ALinkStaysALinkAndItsTargetIsWritten) {
  ASSERT_TRUE(Put(At("target"), "earlier").ok());
  fs::create_symlink("target", At("link"));
  fs::create_symlink(At("link"), At("link_to_link"));
  ASSERT_TRUE(Put(At("link_to_link"), "later").ok());
  EXPECT_TRUE(fs::is_symlink(At("link")) && fs::is_symlink(At("link_to_link")));
  EXPECT_EQ(Read(At("target")), "later");
  fs::create_symlink("new", At("dangling"));
  ASSERT_TRUE(Put(At("dangling"), "made").ok());
  EXPECT_EQ(Read(At("new")), "made");
  EXPECT_TRUE(fs::is_symlink(At("dangling")));
}

TEST_F(OutputFileTest, ANamedPipeIsWrittenDirectlyAndStaysOne) {
  ASSERT_EQ(mkfifo(At("pipe").c_str(), 0600), 0);
  std::string read;
  std::thread reader([&] { read = Read(At("pipe")); });
  EXPECT_TRUE(Put(At("pipe"), "through").ok());
  reader.join();
  EXPECT_EQ(read, "through");
  EXPECT_TRUE(fs::is_fifo(At("pipe")));
}

TEST_F(OutputFileTest, ADeviceIsWrittenDirectly) {
  EXPECT_TRUE(Put("/dev/null", "x").ok());
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
  fs::create_symlink("/dev/full", At("full"));
  const Result<void> full = Put(At("full"), "x");
  ASSERT_FALSE(full.ok());
  EXPECT_NE(full.error().message.find("full cannot be written: No space left"), std::string::npos);
}

TEST_F(OutputFileTest, AnOpenDescriptorIsAppendedTo) {
  ASSERT_TRUE(Put(At("log"), "first,").ok());
  std::FILE* log = std::fopen(At("log").c_str(), "a");
  ASSERT_NE(log, nullptr);
  EXPECT_TRUE(Put("/dev/fd/" + std::to_string(fileno(log)), "second").ok());
  std::fclose(log);
  EXPECT_EQ(Read(At("log")), "first,second");
}

TEST_F(OutputFileTest, TheEarlierFilesPermissionsAreKept) {
  ASSERT_TRUE(Put(At("a"), "earlier").ok());
  fs::permissions(At("a"), fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
  ASSERT_TRUE(Put(At("a"), "later").ok());
  EXPECT_EQ(fs::status(At("a")).permissions(), fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
}

TEST_F(OutputFileTest, TwoWritersOfOneFileAreRefused) {
  Result<OutputFile> first = OutputFile::Create(At("a"));
  ASSERT_TRUE(first.ok() && first->Write("first").ok());
  const Result<OutputFile> second = OutputFile::Create(At("a"));
  ASSERT_FALSE(second.ok());
  EXPECT_NE(second.error().message.find("another program"), std::string::npos);
  ASSERT_TRUE(first->Commit().ok());
  EXPECT_EQ(Read(At("a")), "first");
}

TEST_F(OutputFileTest, ThePartOfAKilledProgramIsOverwritten) {
  std::ofstream(At("a.part")) << "a long text that was left";
  ASSERT_TRUE(Put(At("a"), "short").ok());
  EXPECT_EQ(Read(At("a")), "short");
}

TEST_F(OutputFileTest, SomethingElseInThePlaceOfThePartIsNotTouched) {
  ASSERT_TRUE(Put(At("precious"), "kept").ok());
  fs::create_symlink(At("precious"), At("a.part"));
  EXPECT_FALSE(OutputFile::Create(At("a")).ok());
  fs::create_directory(At("b.part"));
  EXPECT_FALSE(OutputFile::Create(At("b")).ok());
  ASSERT_EQ(mkfifo(At("c.part").c_str(), 0600), 0);
  EXPECT_FALSE(OutputFile::Create(At("c")).ok());
  EXPECT_EQ(Read(At("precious")), "kept");
}

TEST_F(OutputFileTest, PlacesThatCannotBeWrittenSayWhatToDo) {
  const auto message_of = [](const std::string& path) {
    const Result<OutputFile> file = OutputFile::Create(path);
    return file.ok() ? std::string() : file.error().message;
  };
  EXPECT_NE(message_of(At("no/a")).find("make its folder first"), std::string::npos);
  EXPECT_NE(message_of(At("")).find("name a file in it"), std::string::npos);
  EXPECT_NE(message_of("").find("cannot be written"), std::string::npos);
  EXPECT_NE(message_of("/proc/version/a").find("cannot be written"), std::string::npos);
}

TEST_F(OutputFileTest, AWriteThatFailsHalfWayIsAnError) {
  Result<OutputFile> file = OutputFile::Create(At("a"));
  ASSERT_TRUE(file.ok());
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{.rlim_cur = 1000, .rlim_max = before.rlim_max};
  auto* const earlier = signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &small);
  const Result<void> written = file->Write(std::string(2000, 'x'));
  setrlimit(RLIMIT_FSIZE, &before);
  signal(SIGXFSZ, earlier);
  ASSERT_FALSE(written.ok());
  EXPECT_NE(written.error().message.find("File too large"), std::string::npos) << written.error().message;
}

}  // namespace
}  // namespace spotter
