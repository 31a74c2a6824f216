// SPDX-License-Identifier: Apache-2.0
// What one clip costs: 8 s around an event of a 1080p camera, spooled, read, remuxed, with its thumbnail.
#include <filesystem>
#include <memory>
#include <vector>

#include <benchmark/benchmark.h>

#include "spotter/base/check.h"
#include "spotter/base/testing/temp_dir.h"
#include "spotter/clip/finish.h"
#include "spotter/clip/spool.h"
#include "spotter/media/demuxer.h"
#include "spotter/media/video_writer.h"

namespace spotter::clip {
namespace {

using std::chrono::milliseconds;

constexpr int kWidth = 1920;
constexpr int kHeight = 1080;
constexpr int kPicturesPerSecond = 25;
constexpr int kSeconds = 12;

// A moving pattern with enough detail for about 4 Mbit/s.
void MakeCameraVideo(const std::string& path) {
  media::VideoWriter writer =
      std::move(media::VideoWriter::Create({.path = path, .width = kWidth, .height = kHeight, .frame_rate = 25}))
          .value();
  std::vector<std::uint8_t> pixels(std::size_t{3} * kWidth * kHeight);
  for (int i = 0; i < kSeconds * kPicturesPerSecond; ++i) {
    for (std::size_t p = 0; p < pixels.size(); ++p) {
      const std::size_t x = p / 3 % kWidth + static_cast<std::size_t>(3 * i);
      const std::size_t y = p / 3 / kWidth;
      pixels[p] = static_cast<std::uint8_t>((x * x / 97 + y * y / 89) % 160 + 40);
    }
    SPOTTER_CHECK(writer.Write({pixels.data(), 3 * kWidth, kWidth, kHeight}, i * milliseconds(40)).ok());
  }
  SPOTTER_CHECK(writer.Finish().ok());
}

std::vector<media::StreamEntry> EntriesOf(const std::string& path) {
  media::IoWatch watch;
  const auto demuxer = std::move(media::Demuxer::Open({.url = path}, watch)).value();
  const auto stream = std::make_shared<const media::VideoStream>(demuxer->stream());
  std::vector<media::StreamEntry> entries;
  while (const std::optional<media::Packet> packet = *demuxer->Read()) {
    entries.emplace_back(media::StreamPacket{stream, *packet});
    entries.emplace_back(media::PictureTime{stream, *packet->pts(), *packet->pts(), UtcTime(*packet->pts())});
  }
  return entries;
}

void CutOneClip(benchmark::State& state) {
  const TempDir folder;
  MakeCameraVideo(folder / "camera.mp4");
  const std::vector<media::StreamEntry> entries = EntriesOf(folder / "camera.mp4");
  const RecordClip request = {.event_id = "event",
                              .camera_id = CameraId("cam_01"),
                              .at = milliseconds(6'000),
                              .from = milliseconds(2'000),
                              .to = milliseconds(10'000)};
  const ClipFiles files = FilesOf(folder.path(), request.event_id);
  for (auto _ : state) {
    {
      SpoolWriter writer = std::move(SpoolWriter::Create(files.spool, request)).value();
      SPOTTER_CHECK(writer.Append(entries).ok());
    }
    const ClipDone done = FinishClip(*ReadSpool(files.spool), files, "");
    SPOTTER_CHECK(done.is_complete());
  }
  state.counters["megabytes"] = static_cast<double>(std::filesystem::file_size(files.video)) / 1e6;
  // One every two seconds: CPU seconds a second.
  state.counters["core_share_at_30_a_minute"] =
      benchmark::Counter(60.0 / 30, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(CutOneClip)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace spotter::clip
