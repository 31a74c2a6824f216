// SPDX-License-Identifier: Apache-2.0
#include "spotter/exercise/activity_classifier.h"

#include <algorithm>
#include <cmath>

#include "spotter/exercise/attempt.h"
#include "spotter/exercise/everyday.h"
#include "spotter/geometry/angles.h"

namespace spotter::exercise {
namespace {

constexpr std::chrono::microseconds kLookInterval{200'000};
constexpr std::chrono::microseconds kWindow{1'000'000};
constexpr std::chrono::microseconds kMustLast{500'000};
constexpr std::chrono::microseconds kFirstLook{300'000};  // before, who comes in walking seems to stand or to sit

constexpr float kWalkingSpeed = 0.55F;  // torso lengths a second

constexpr float Degrees(double degrees) { return static_cast<float>(degrees / kDegreesPerRadian); }

// The last second of one person.
class Moment {
 public:
  explicit Moment(const FeatureHistory& history)
      : history_(history), span_{history.IndexAt(history.frames().back().pts - kWindow), history.frames().size() - 1} {}

  float Of(Feature feature, SideUse side = SideUse::kMean) const { return Mean(history_, {feature, side}, span_); }
  float TravelOf(Feature feature) const { return Travel(history_, {feature, SideUse::kMean}, span_); }
  // Torso lengths a second that hips and feet moved across the picture, the slower of both: bending and squatting move
  // the hips only. `sideways`: without the vertical, which pulling up and jumping move too.
  float Speed(bool sideways) const {
    const float hips = Way(Feature::kHipsX, sideways ? Feature::kHipsX : Feature::kHipsY);
    const float feet = Way(Feature::kAnklesX, sideways ? Feature::kAnklesX : Feature::kAnklesY);
    const auto duration_s =
        static_cast<float>(ToSeconds(history_.frames()[span_.last].pts - history_.frames()[span_.first].pts));
    const float way = std::isfinite(feet) ? std::min(hips, feet) : hips;
    return duration_s > 0.3F && std::isfinite(way) ? way / duration_s : 0;
  }
  bool HasHandAtMouth() const { return IsHandAtMouth(history_, span_); }
  bool IsOnTheSpot() const { return OnTheSpotScore(history_, span_) > 0.9F; }

 private:
  float Way(Feature x, Feature y) const {
    const FeatureFrame& from = history_.frames()[span_.first];
    const FeatureFrame& to = history_.frames()[span_.last];
    const auto moved = [&](Feature f) { return to.Get({f, SideUse::kMean}) - from.Get({f, SideUse::kMean}); };
    return x == y ? std::abs(moved(x)) : std::hypot(moved(x), moved(y));
  }

  const FeatureHistory& history_;
  Span span_;
};

bool IsLying(const Moment& now) {
  return now.Of(Feature::kTorsoTilt) > Degrees(58) && now.Of(Feature::kHipHeight) < 0.75F;
}

bool IsSitting(const Moment& now) {
  return now.Of(Feature::kHipHeight) < 1.25F && now.Of(Feature::kKneeHeight) > -0.55F &&
         now.Of(Feature::kTorsoTilt) < Degrees(50);
}

// Sits, thighs nearly level, even as a camera from above sees who stands with bent knees.
bool IsSittingLow(const Moment& now) {
  return IsSitting(now) && now.Of(Feature::kHipHeight) < 1.1F && now.Of(Feature::kKneeHeight) > -0.45F;
}

// A hand held still before the chest.
bool IsOnThePhone(const Moment& now) {
  const float hand = now.Of(Feature::kWristHeight, SideUse::kMax);
  const float elbow = now.Of(Feature::kElbow, SideUse::kMin);
  return hand > -0.65F && hand < -0.05F && elbow > Degrees(25) && elbow < Degrees(115) &&
         now.TravelOf(Feature::kWristHeight) < 0.15F && now.Of(Feature::kElbowHeight) < -0.3F;
}

bool IsWalking(const Moment& now, bool exercising) {
  if (exercising) return now.Speed(true) > kWalkingSpeed;
  return now.Speed(false) > kWalkingSpeed || !now.IsOnTheSpot();
}

Activity Classify(const FeatureHistory& history, const ActivityClassifier::Known& known) {
  const Moment now(history);
  if (known.wiping && !known.named && !IsLying(now) && !IsSittingLow(now)) return Activity::kWiping;
  if (known.exercising) return IsWalking(now, true) ? Activity::kWalking : Activity::kExercising;
  if (std::isnan(now.Of(Feature::kTorsoTilt))) return Activity::kUnknown;
  if (IsLying(now)) return Activity::kLying;
  if (IsWalking(now, false)) return Activity::kWalking;
  if (now.HasHandAtMouth()) return Activity::kDrinking;
  if (IsOnThePhone(now)) return Activity::kPhone;
  if (IsSitting(now)) return Activity::kSitting;
  return Activity::kStanding;
}

}  // namespace

Activity ActivityClassifier::Update(const FeatureHistory& history, const Known& known) {
  const Pts now = history.frames().back().pts;
  if (now < next_look_ || now - history.frames().front().pts < kFirstLook) return activity_;
  next_look_ = now + kLookInterval;
  // In the pauses of a set people stand, sit or lie and are still at it; walking off ends it.
  const Activity seen = Classify(history, known);
  if (seen != next_) {
    next_ = seen;
    next_since_ = now;
  }
  if (next_ != activity_ && (now - next_since_ >= kMustLast || activity_ == Activity::kUnknown)) activity_ = next_;
  return activity_;
}

}  // namespace spotter::exercise
