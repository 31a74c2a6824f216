// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "spotter/core/scene.h"
#include "spotter/render/canvas.h"

namespace spotter::render {

// Neutral tones of everything that is not about one person.
inline constexpr Color kInk{17, 19, 24};       // backing of text
inline constexpr Color kPaper{248, 249, 251};  // text
inline constexpr Color kMuted{168, 174, 184};  // less important text
inline constexpr Color kStage{52, 56, 63};     // background where pixels are not shown

// What is said about form.
inline constexpr Color kCue{255, 196, 61};
inline constexpr Color kPraise{94, 214, 138};

// Sides of the body, the person's own.
inline constexpr Color kLeftSide{64, 201, 255};
inline constexpr Color kRightSide{255, 138, 51};
inline constexpr Color kBodyCentre{248, 249, 251};

// What a person is called in a picture and remembered by: the person id, or the track while there is none ("#7").
std::string SubjectName(const ScenePerson& person);

// The same colour for the same name in every picture and run: "p1" the first of the palette, "p2" the second and so on.
// The hues are those of Okabe and Ito, "Color Universal Design" (2008), which colour-blind people can tell apart,
// lightened so that dark text on them and they themselves on a dark backing can be read.
Color SubjectColor(const std::string& name);

}  // namespace spotter::render
