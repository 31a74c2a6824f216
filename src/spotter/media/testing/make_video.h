// SPDX-License-Identifier: Apache-2.0
// Small videos for tests, made on the spot: no binary files in the repository. Not part of the product.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "spotter/core/frame.h"

namespace spotter::media::testing {

struct VideoSpec {
  std::string path;               // its ending chooses the container
  std::string codec = "libx264";  // libav's encoder
  std::string pixel_format = "yuv420p";
  int width = 96;  // as stored
  int height = 64;
  int frames = 20;
  int frame_rate = 25;
  int keyframe_every = 10;
  int b_frames = 2;
  std::vector<int> times_ms = {};        // of each frame; default: by the frame rate
  std::optional<int> rotation_deg = {};  // clockwise, that a player has to turn it
  std::optional<std::string> creation_time = {};
  bool faststart = false;  // MP4: index in front
};

// The picture: four quadrants of different brightness (Y of top left, top right, bottom left, bottom right) around a
// centre square whose brightness tells the frame's number.
inline constexpr std::array<int, 4> kQuadrants = {210, 160, 110, 60};

// False when this libav lacks the encoder; aborts when anything else goes wrong.
bool MakeVideo(const VideoSpec& spec);
// Half a second of silence (AAC).
void MakeAudio(const std::string& path);

// The number of a frame that MakeVideo drew, read from its centre; good for 0 to 49.
int NumberOf(const Frame& frame);
// Mean brightness of the four quadrants, in the order of kQuadrants, away from the centre and the edges.
std::array<int, 4> QuadrantsOf(const Frame& frame);

}  // namespace spotter::media::testing
