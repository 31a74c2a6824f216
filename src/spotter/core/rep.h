// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spotter/base/time.h"

namespace spotter {

// Phases of one repetition. "Stretched" is the end where the working muscle is long (bottom of a squat), "shortened"
// the other.
enum class Phase { kNone, kEccentric, kPauseStretched, kConcentric, kPauseShortened };
std::string_view ToString(Phase phase);

// Which side of the body did the repetition.
enum class Side { kBoth, kLeft, kRight };
std::string_view ToString(Side side);

enum class Severity { kInfo, kWarning, kCritical };
std::string_view ToString(Severity severity);

// A form rule broken in one repetition, with its proof: what was measured, when, and what was allowed.
struct FormFault {
  std::string name;  // shallow_depth, knee_cave ...
  Severity severity = Severity::kInfo;
  Pts at{0};              // of the frame that shows it best
  std::string measure{};  // feature of the body ("knee", "hip_line"), or "duration"
  double value = 0;       // measured: degrees, torso lengths or seconds
  double limit = 0;       // where the fault begins, in the same unit
  double confidence = 0;  // [0, 1]
};

// The way of what is moved (bar, hands or body) in the lifting phase. Heights only: a camera sees them unshortened.
struct LoadPath {
  double range_m = 0;         // of the whole repetition
  double mean_mps = 0;        // speed over the lifting phase
  double peak_mps = 0;        // highest over a fifth of a second
  double error_mps = 0;       // of mean_mps, one standard deviation
  double peak_error_mps = 0;  // of peak_mps
};

// What a form model, which examples of right and wrong repetitions have taught, says of a repetition.
struct TaughtVerdict {
  double wrong_probability = 0;  // [0, 1]; wrong above 0.5
  std::string joint{};           // that explains a wrong one: "left_knee", "trunk"
  std::string cue{};             // in words
  bool IsWrong() const { return wrong_probability > 0.5; }
};

// One full cycle, start posture to start posture. Times are stream times.
struct Rep {
  Pts start{0};                   // leaves the start posture
  Pts turn{0};                    // middle of the far end: bottom of a squat, top of a curl
  Pts end{0};                     // back at the start posture
  std::optional<Pts> counted_at;  // when it was announced live; none when only the settled count found it
  bool partial = false;           // attempted, but short of the person's range
  Side side = Side::kBoth;
  double rom_rad = 0;               // range of motion of the exercise's main angle
  bool rom_assessable = false;      // the angle lies within 30 degrees of the picture and its joints were seen
  std::optional<LoadPath> load;     // none where not assessable
  std::optional<double> asymmetry;  // (left - right) / larger range, [-1, 1]; none where not assessable
  std::chrono::microseconds eccentric{0};
  std::chrono::microseconds pause_stretched{0};
  std::chrono::microseconds concentric{0};
  std::chrono::microseconds pause_shortened{0};
  std::vector<FormFault> faults;
  std::optional<TaughtVerdict> taught{};  // none: no model of the exercise, or not assessable
};

// What a set of an exercise usually aims at: repetitions, seconds of a hold, or turns a minute.
struct SetTarget {
  double least = 0;
  double most = 0;
};

// Repetitions of one exercise without a rest between them.
struct Set {
  std::string exercise;   // an exercise id: "squat" ... or "unknown"
  double confidence = 0;  // in the exercise's name, [0, 1]
  Pts start{0};
  Pts end{0};
  std::vector<Rep> reps;                          // settled, in time order, partial ones included
  std::optional<double> velocity_loss;            // of the last repetition against the fastest, share
  std::optional<double> consistency;              // [0, 1]: 1 less the variation coefficient of the range
  std::vector<FormFault> faults;                  // of holds
  int live_count = 0;                             // repetitions announced while it happened
  std::optional<double> form_score;               // [0, 1]
  std::optional<std::chrono::microseconds> hold;  // holds (plank): how long; reps is then empty
  std::optional<double> cadence_rpm;              // cyclic machines: strokes or turns a minute; reps is then empty
  std::optional<SetTarget> target;                // of the exercise
};

}  // namespace spotter
