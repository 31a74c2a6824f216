// SPDX-License-Identifier: Apache-2.0
#include "spotter/render/skeleton.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <span>
#include <vector>

#include "spotter/render/palette.h"
#include "spotter/render/path.h"

namespace spotter::render {
namespace {

using enum KeypointId;

// A place on the body in pixels and how sure it is.
struct Joint {
  Point at;
  float confidence = 0;
};
using MaybeJoint = std::optional<Joint>;

struct Limb {
  Joint from;
  Joint to;
  Color color;
  float width = 1;  // times the style's line width
};

struct Edge {
  KeypointId from;
  KeypointId to;
  Color color;
};

constexpr std::array kEdges = {
    Edge{kLeftShoulder, kLeftElbow, kLeftSide},
    Edge{kLeftElbow, kLeftWrist, kLeftSide},
    Edge{kRightShoulder, kRightElbow, kRightSide},
    Edge{kRightElbow, kRightWrist, kRightSide},
    Edge{kLeftHip, kLeftKnee, kLeftSide},
    Edge{kLeftKnee, kLeftAnkle, kLeftSide},
    Edge{kRightHip, kRightKnee, kRightSide},
    Edge{kRightKnee, kRightAnkle, kRightSide},
    Edge{kLeftShoulder, kLeftHip, kLeftSide},
    Edge{kRightShoulder, kRightHip, kRightSide},
    Edge{kLeftShoulder, kRightShoulder, kBodyCentre},
    Edge{kLeftHip, kRightHip, kBodyCentre},
};

struct FootEdge {
  std::size_t from;  // BlazePose landmark
  std::size_t to;
  Color color;
};
constexpr std::array kFootEdges = {
    FootEdge{27, 29, kLeftSide},  FootEdge{29, 31, kLeftSide},  FootEdge{27, 31, kLeftSide},
    FootEdge{28, 30, kRightSide}, FootEdge{30, 32, kRightSide}, FootEdge{28, 32, kRightSide},
};

// Frame fractions; what lies farther out cannot reach into the picture with a limb of a visible person.
constexpr float kFarthest = 2;
constexpr float kFullConfidence = 0.5F;
constexpr float kFaintest = 0.3F;

class SkeletonPainter {
 public:
  SkeletonPainter(Canvas& canvas, const PerceivedPerson& person, const SkeletonStyle& style)
      : canvas_(canvas), person_(person), style_(style) {}

  void Draw() {
    CollectLimbs();
    PaintCasing();
    for (const Limb& limb : limbs_) PaintLimb(limb);
    PaintJoints();
    if (style_.draw_head) PaintHead();
  }

 private:
  MaybeJoint At(float x, float y, float confidence) const {
    if (!std::isfinite(x) || !std::isfinite(y) || !(confidence >= style_.min_confidence)) return std::nullopt;
    if (std::abs(x - 0.5F) > kFarthest || std::abs(y - 0.5F) > kFarthest) return std::nullopt;
    return Joint{{x * static_cast<float>(canvas_.width()), y * static_cast<float>(canvas_.height())}, confidence};
  }
  MaybeJoint At(KeypointId id) const {
    const Keypoint& k = person_.pose[id];
    return At(k.x, k.y, k.confidence);
  }
  static MaybeJoint Middle(const MaybeJoint& a, const MaybeJoint& b) {
    if (!a || !b) return std::nullopt;
    return Joint{Midpoint(a->at, b->at), std::min(a->confidence, b->confidence)};
  }

  void AddLimb(const MaybeJoint& from, const MaybeJoint& to, Color color, float width) {
    if (from && to) limbs_.push_back({*from, *to, color, width});
  }

  void CollectLimbs() {
    for (const Edge& edge : kEdges) AddLimb(At(edge.from), At(edge.to), edge.color, 1);
    AddLimb(Middle(At(kLeftShoulder), At(kRightShoulder)), At(kNose), kBodyCentre, 1);
    if (!person_.landmarks) return;
    for (const FootEdge& edge : kFootEdges) {
      const Landmark& from = (*person_.landmarks)[edge.from];
      const Landmark& to = (*person_.landmarks)[edge.to];
      AddLimb(At(from.x, from.y, from.confidence), At(to.x, to.y, to.confidence), edge.color, 0.7F);
    }
  }

  float Opacity(float confidence) const {
    const float span = std::max(kFullConfidence - style_.min_confidence, 1e-3F);
    return std::clamp(kFaintest + (1 - kFaintest) * (confidence - style_.min_confidence) / span, kFaintest, 1.0F);
  }

  // A dark outline under all limbs separates them from bright clothes and walls. The joints hide where limbs overlap.
  void PaintCasing() {
    for (const Limb& limb : limbs_) {
      const float width = style_.line_width_px * (limb.width + 0.7F);
      DrawLine(canvas_, {limb.from.at, limb.to.at}, width, {kInk, 0.45F});
    }
  }

  void PaintLimb(const Limb& limb) {
    const float opacity = Opacity(std::min(limb.from.confidence, limb.to.confidence));
    DrawLine(canvas_, {limb.from.at, limb.to.at}, style_.line_width_px * limb.width, {limb.color, opacity});
  }

  void PaintJoints() {
    for (std::size_t i = static_cast<std::size_t>(kLeftShoulder); i < kKeypointCount; ++i) {
      const MaybeJoint joint = At(static_cast<KeypointId>(i));
      if (!joint) continue;
      const float opacity = Opacity(joint->confidence);
      FillCircle(canvas_, joint->at, 1.25F * style_.line_width_px, {kInk, 0.8F * opacity});
      FillCircle(canvas_, joint->at, 0.85F * style_.line_width_px, {style_.joint_color, opacity});
    }
  }

  // The ring spans the ears, or is guessed from the shoulders when they are all there is.
  void PaintHead() {
    const MaybeJoint nose = At(kNose);
    if (!nose) return;
    float radius = 2 * style_.line_width_px;
    const MaybeJoint left = At(kLeftShoulder);
    const MaybeJoint right = At(kRightShoulder);
    if (left && right) radius = std::max(radius, 0.5F * Distance(nose->at, Midpoint(left->at, right->at)));
    FillCircle(canvas_, nose->at, radius, {kBodyCentre, Opacity(nose->confidence)});
    FillCircle(canvas_, nose->at, radius - style_.line_width_px, {kStage, 1});
  }

  Canvas& canvas_;
  const PerceivedPerson& person_;
  const SkeletonStyle& style_;
  std::vector<Limb> limbs_;
};

}  // namespace

void DrawSkeleton(Canvas& canvas, const PerceivedPerson& person, const SkeletonStyle& style) {
  SkeletonPainter(canvas, person, style).Draw();
}

}  // namespace spotter::render
