// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <functional>
#include <numbers>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "spotter/core/scene.h"
#include "spotter/exercise/exercise_definition.h"
#include "spotter/exercise/history.h"
#include "spotter/exercise/joints.h"
#include "spotter/exercise/kinematics.h"

// Generated people for the tests of exercise/: a stick figure posed by angles, filmed from any side.
namespace spotter::exercise::testing {

// Angles in degrees. Forward angles are against straight down (trunk: against straight up), positive to the front.
struct LegPose {
  double thigh = 0;
  double shank = 0;
};
struct ArmPose {
  double upper_forward = 0;
  double upper_out = 0;
  double fore_forward = 0;
  double fore_out = 0;
};
struct Posture {
  double trunk = 0;
  LegPose left_leg, right_leg;
  ArmPose left_arm, right_arm;
  double forward_m = 0;  // where the person stands
};

inline Posture Squatting(double depth) {  // 0 standing, 1 thighs level
  const LegPose leg{.thigh = 85 * depth, .shank = -35 * depth};
  const ArmPose arm{.upper_forward = 20 + 60 * depth, .fore_forward = 30 + 60 * depth};
  return {.trunk = 35 * depth, .left_leg = leg, .right_leg = leg, .left_arm = arm, .right_arm = arm};
}

inline Posture Curling(double height) {  // 0 arms hanging, 1 hands at the shoulders
  const ArmPose arm{.upper_forward = 5 * height, .fore_forward = 8 + 137 * height};
  return {.left_arm = arm, .right_arm = arm};
}

inline Posture RaisingSideways(double height) {  // 0 arms hanging, 1 level
  const ArmPose arm{.upper_out = 8 + 80 * height, .fore_out = 8 + 80 * height};
  return {.left_arm = arm, .right_arm = arm};
}

inline Posture Walking(double phase) {  // phase in steps
  const double swing = 25 * std::sin(std::numbers::pi * phase);
  return {.left_leg = {swing, swing - 8},
          .right_leg = {-swing, -swing - 8},
          .left_arm = {.upper_forward = -swing, .fore_forward = 15 - swing},
          .right_arm = {.upper_forward = swing, .fore_forward = 15 + swing},
          .forward_m = 0.7 * phase};
}

struct Camera {
  double yaw_deg = 0;  // 0: from the side, facing right; 90: from the front
  bool mirrored = false;
  double jitter = 0;        // standard deviation of each coordinate, metres
  bool with_depth = false;  // gives world landmarks, too
};

// Filmed with 0.4 frame heights a metre in a 16:9 picture; the feet stand at 0.9 of its height.
class Photographer {
 public:
  explicit Photographer(const Camera& camera, unsigned seed = 1) : camera_(camera), random_(seed) {}

  PerceivedPerson Photograph(const Posture& posture, int track_id = 1) {
    std::array<Point3, kKeypointCount> joints = Joints(posture);
    double floor = 1e9;
    for (const KeypointId foot : {KeypointId::kLeftAnkle, KeypointId::kRightAnkle})
      floor = std::min(floor, At(joints, foot).y);
    PerceivedPerson person{.track_id = TrackId(track_id), .confidence = 0.9F};
    for (std::size_t i = 0; i < kKeypointCount; ++i) {
      joints[i].y -= floor;
      person.pose.keypoints[i] = Project(joints[i]);
    }
    if (camera_.with_depth) person.world_landmarks = InSpace(joints);
    if (camera_.mirrored) person.pose = Mirror(person.pose);
    person.box = BoxOf(person.pose);
    return person;
  }

 private:
  struct Point3 {
    double x, y, z;  // forward, up, to the person's left; metres
  };
  static double Rad(double degrees) { return degrees * std::numbers::pi / 180; }
  static Point3& At(std::array<Point3, kKeypointCount>& joints, KeypointId id) {
    return joints[static_cast<std::size_t>(id)];
  }
  // Where a limb is turned to: forwards and outwards from straight down, degrees; side +1 left, -1 right.
  struct Turn {
    double forward_deg;
    double out_deg;
    double side;
  };
  static Point3 Limb(Point3 from, double length, const Turn& turn) {
    const double f = Rad(turn.forward_deg);
    const double o = Rad(turn.out_deg);
    const double side = turn.side;
    return {from.x + length * std::sin(f) * std::cos(o), from.y - length * std::cos(f) * std::cos(o),
            from.z + side * length * std::sin(o)};
  }

  static std::array<Point3, kKeypointCount> Joints(const Posture& p) {
    std::array<Point3, kKeypointCount> joints{};
    using enum KeypointId;
    const Point3 hips{p.forward_m, 0, 0};
    const Point3 neck{hips.x + 0.5 * std::sin(Rad(p.trunk)), 0.5 * std::cos(Rad(p.trunk)), 0};
    for (const KeypointId face : {kNose, kLeftEye, kRightEye, kLeftEar, kRightEar})
      At(joints, face) = {neck.x + 0.1, neck.y + 0.22, 0};
    const auto side = [&](double s, const LegPose& leg, const ArmPose& arm, const std::array<KeypointId, 6>& ids) {
      At(joints, ids[0]) = {neck.x, neck.y, s * 0.18};
      At(joints, ids[1]) = Limb(At(joints, ids[0]), 0.30, {arm.upper_forward, arm.upper_out, s});
      At(joints, ids[2]) = Limb(At(joints, ids[1]), 0.26, {arm.fore_forward, arm.fore_out, s});
      At(joints, ids[3]) = {hips.x, hips.y, s * 0.10};
      At(joints, ids[4]) = Limb(At(joints, ids[3]), 0.42, {leg.thigh, 4, s});
      At(joints, ids[5]) = Limb(At(joints, ids[4]), 0.42, {leg.shank, 2, s});
    };
    side(1, p.left_leg, p.left_arm, {kLeftShoulder, kLeftElbow, kLeftWrist, kLeftHip, kLeftKnee, kLeftAnkle});
    side(-1, p.right_leg, p.right_arm, {kRightShoulder, kRightElbow, kRightWrist, kRightHip, kRightKnee, kRightAnkle});
    return joints;
  }

  Keypoint Project(const Point3& point) {
    const double yaw = Rad(camera_.yaw_deg);
    const double right = point.x * std::cos(yaw) + point.z * std::sin(yaw) + Noise();
    const double up = point.y + Noise();
    return {static_cast<float>(0.5 + 0.4 * right * 9 / 16), static_cast<float>(0.9 - 0.4 * up), 0.9F};
  }

  // Metres from the middle of the hips, in the camera's axes.
  WorldLandmarks InSpace(const std::array<Point3, kKeypointCount>& joints) {
    const double yaw = Rad(camera_.yaw_deg);
    const Point3& left = joints[static_cast<std::size_t>(KeypointId::kLeftHip)];
    const Point3& right = joints[static_cast<std::size_t>(KeypointId::kRightHip)];
    WorldLandmarks world{};
    for (std::size_t i = 0; i < kKeypointCount; ++i) {
      const double forward = joints[i].x - (left.x + right.x) / 2;
      const double sideways = joints[i].z - (left.z + right.z) / 2;
      const double up = joints[i].y - (left.y + right.y) / 2;
      const std::size_t other = i == 0 ? 0 : (i % 2 == 1 ? i + 1 : i - 1);
      const double x = forward * std::cos(yaw) + sideways * std::sin(yaw) + Noise();
      world[kLandmarkOfKeypoint[camera_.mirrored ? other : i]] = {
          static_cast<float>(camera_.mirrored ? -x : x), static_cast<float>(-up + Noise()),
          static_cast<float>(sideways * std::cos(yaw) - forward * std::sin(yaw) + Noise())};
    }
    return world;
  }

  double Noise() { return camera_.jitter > 0 ? camera_.jitter * normal_(random_) : 0; }

  static Pose Mirror(const Pose& pose) {
    Pose mirrored;
    for (std::size_t i = 0; i < kKeypointCount; ++i) {
      const std::size_t other = i == 0 ? 0 : (i % 2 == 1 ? i + 1 : i - 1);
      mirrored.keypoints[other] = pose.keypoints[i];
      mirrored.keypoints[other].x = 1 - pose.keypoints[i].x;
    }
    return mirrored;
  }

  static Box BoxOf(const Pose& pose) {
    Box box{1, 1, 0, 0};
    for (const Keypoint& k : pose.keypoints)
      box = {std::min(box.x0, k.x), std::min(box.y0, k.y), std::max(box.x1, k.x), std::max(box.y1, k.y)};
    return box;
  }

  Camera camera_;
  std::mt19937 random_;
  std::normal_distribution<double> normal_{0, 1};
};

// A scene with these people; person i is "p<i+1>".
inline Scene MakeTestScene(Pts pts, const std::vector<PerceivedPerson>& people) {
  Scene scene{.camera_id = CameraId("cam_01"), .pts = pts, .width = 1280, .height = 720};
  for (std::size_t i = 0; i < people.size(); ++i) {
    ScenePerson person{.perceived = people[i], .person_id = PersonId(fmt::format("p{}", i + 1))};
    person.track_ids = {people[i].track_id};
    scene.people.push_back(std::move(person));
  }
  return scene;
}

// Raised cosine there and back: 0 at the ends, 1 in the middle; 0 outside [0, 1].
inline double ThereAndBack(double share) {
  return share <= 0 || share >= 1 ? 0 : 0.5 - 0.5 * std::cos(2 * std::numbers::pi * share);
}

// What is measured of somebody in `duration_s` at 15 pictures a second.
inline FeatureHistory HistoryOf(const std::function<PerceivedPerson(double t)>& person_at, double duration_s) {
  Kinematics kinematics;
  FeatureHistory history;
  for (int i = 0; i < duration_s * 15; ++i) {
    const double t = i / 15.0;
    history.Push(kinematics.Update(MakeJoints(person_at(t), FromSeconds(t), 16.0F / 9)));
  }
  return history;
}

inline FeatureHistory FilmHistory(const std::function<Posture(double t)>& script,
                                  double duration_s,
                                  const Camera& camera = {}) {
  Photographer photographer(camera);
  return HistoryOf([&](double t) { return photographer.Photograph(script(t)); }, duration_s);
}

// A library of two: squat by hip height, curl by elbow.
inline ExerciseLibrary SmallLibrary() {
  constexpr float kDegree = std::numbers::pi_v<float> / 180;
  ExerciseDefinition squat{.id = "squat", .family = "squat", .title = "Squat"};
  squat.signals = {{.feature = {Feature::kHipHeight}, .turn_is_high = false, .min_rom = 0.25F, .full_rom = 0.6F}};
  squat.main_angle = {Feature::kKnee};
  squat.start = {{.feature = {Feature::kHipHeight}, .low = 1.2F, .high = 3, .soft = 0.3F}};
  squat.turn = {{.feature = {Feature::kKneeHeight}, .low = -0.7F, .high = 0.4F, .soft = 0.15F}};
  ExerciseDefinition curl{.id = "bicep_curl", .family = "bicep_curl", .title = "Curl"};
  curl.signals = {
      {.feature = {Feature::kElbow}, .turn_is_high = false, .min_rom = 45 * kDegree, .full_rom = 90 * kDegree}};
  curl.main_angle = {Feature::kElbow};
  curl.start = {{.feature = {Feature::kElbow}, .low = 115 * kDegree, .high = 181 * kDegree, .soft = 20 * kDegree}};
  curl.turn = {{.feature = {Feature::kElbow}, .low = 0, .high = 100 * kDegree, .soft = 15 * kDegree},
               {.feature = {Feature::kUpperArm}, .low = 0, .high = 50 * kDegree, .soft = 15 * kDegree}};
  curl.travel = {{.feature = {Feature::kHipsY}, .low = 0, .high = 0.3F, .soft = 0.2F}};
  curl.eccentric_first = false;
  return ExerciseLibrary({squat, curl});
}

}  // namespace spotter::exercise::testing
