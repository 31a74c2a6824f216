// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spotter/track/tracklet.h"

namespace spotter::track {

// What makes an expected and an observed person alike; weights are relative to the overlap of their boxes (1).
struct AffinityOptions {
  double bonus = 0.3;           // of any pair that passes the gate: how much a match is preferred to none
  double belief_weight = 1.2;   // of a different belief: who is half hidden stays half hidden for a while
  double height_weight = 0.35;  // of a different height (logarithm of the ratio)
  double pose_weight = 1.0;     // of the keypoint similarity, where both have poses
  double pose_gate = 0.4;       // keypoint similarity that lets a pair pass whose boxes do not overlap enough
};

// Height overlap of two boxes in [0, 1]: shared vertical extent / joint vertical extent.
double HeightOverlap(const Box& a, const Box& b);

// Part of the smaller box that lies in the other, [0, 1].
double Containment(const Box& a, const Box& b);

// Whether two boxes have about the same width or the same height: whole body and upper body do, the boxes of two people
// at different distances do not.
bool ShareASide(const Box& a, const Box& b);

// Object keypoint similarity (COCO's) of `b` with `a` moved by `shift`, over the joints that both have, in [0, 1];
// `area` of the person in square units. 0 when fewer than four joints are shared.
double KeypointSimilarity(const Pose& a, Point shift, const Pose& b, double area);

// Of two observations of one frame. The boxes do not matter: a weak detection's joints are often those of somebody
// else.
double PoseSimilarity(const Observation& a, const Observation& b);

// How much is won by saying that `observation` is `track`; 0 = impossible, because the boxes overlap (intersection over
// union) less than `least_overlap` and the poses are not alike. Overlap x height overlap and the cues of height and
// confidence: Yang et al.: "Hybrid-SORT", AAAI 2024. Pose: Maji et al.: "YOLO-Pose", CVPR Workshops 2022 (OKS).
double Affinity(const Tracklet& track,
                const Observation& observation,
                double least_overlap,
                const AffinityOptions& options);

}  // namespace spotter::track
