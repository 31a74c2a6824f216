// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <numbers>
#include <span>

#include "spotter/exercise/attempt.h"
#include "spotter/exercise/history.h"

namespace spotter::exercise {

// Movements of everyday life that come again and look like repetitions.

// Whether a trunk tilted so far (radians from upright) with the hips so high above the ankles (torso lengths) is that
// of somebody who lies or is on all fours. Who stands bent over has the hips at about 1.6. Ankles that are not seen say
// nothing.
inline bool LiesOrIsOnAllFours(float trunk_tilt, float hip_height) {
  return trunk_tilt > 60 / 180.0F * std::numbers::pi_v<float> && !(hip_height > 1.2F);
}

// How uneven they are in rhythm, duration and range, the mean of the three: below 0.2 a metronome, gestures and steps
// above 0.4. REQUIRES: at least two attempts
double Irregularity(std::span<const Attempt> attempts);

// Whether most of these are one hand going to the face or the chest and back without a rhythm: drinking, scratching,
// looking at a phone. Who curls with one arm goes on and keeps time.
bool IsGesturing(std::span<const Attempt> attempts);

// Whether one hand is at the mouth, on the mean: about as high as the nose, its elbow bent sharply, the other arm not.
bool IsHandAtMouth(const FeatureHistory& history, Span span);

// Whether it is one single movement too slow for a repetition: sitting down for a while, a stretch.
bool IsOneSlowMovement(std::span<const Attempt> attempts);

// Whether somebody goes down once, in an exercise of the legs, and stays there: on a seat.
bool IsSittingDown(const FeatureHistory& history,
                   const ExerciseDefinition& exercise,
                   std::span<const Attempt> attempts);

// Whether a hand is at the face, on the mean: between just below the shoulder and above the nose, its elbow bent
// sharply. Also the upper end of a curl.
bool IsAtFace(const FeatureHistory& history, Span span);

// How long the attempt stays near its far end, as if it went there and back evenly. Unlike the pause of a repetition it
// is told by the whole posture, so that noise which moves one joint does not end it.
double StaysDown_s(const FeatureHistory& history, const Attempt& attempt);

// Whether these are two movements with more time between them than they take: whoever does only two repetitions does
// them one after the other.
bool AreTwoApart(std::span<const Attempt> attempts);

// Whether the person walks during much of the span: hips and feet go sideways together, or torso and legs grow (shrink)
// while the feet go down (up) in the picture, which who walks towards (away from) a camera above the floor does.
// Camera and person share the floor; the view does not matter. Nobody walks lying, or on all fours.
bool IsWalkingAbout(const FeatureHistory& history, Span span);

// Whether these are the strides of somebody who walks, also on a treadmill: upright, the feet pass each other again and
// again while the hips stay at one height and the knees low.
bool AreStrides(const FeatureHistory& history, std::span<const Attempt> attempts);

// Whether the hips are in one place at every start, in one place at every turn, and as near the camera at every start:
// whatever moves in between, it comes back. False for fewer than three attempts.
bool StaysInOnePlace(const FeatureHistory& history, std::span<const Attempt> attempts);

// Whether the person has left the attempt's far end when it is over. A burst of wrong joints looks like the way back of
// somebody who only sits down or holds a stretch. True where nothing is known of the time after it.
bool ComesBack(const FeatureHistory& history, const Attempt& attempt);

// Whether what was taken for an exercise that is done on the spot are steps of somebody who walks about. A camera that
// moves looks the same: only attempts that do not match the exercise well (kGoodMatch) should be asked about.
bool AreSteps(const FeatureHistory& history, const ExerciseDefinition& exercise, std::span<const Attempt> attempts);

}  // namespace spotter::exercise
