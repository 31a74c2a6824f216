// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "spotter/base/time.h"
#include "spotter/core/rep.h"
#include "spotter/core/scene.h"
#include "spotter/geometry/box.h"
#include "spotter/render/canvas.h"
#include "spotter/render/rep_watch.h"

namespace spotter::render {

// The picture that explains a count: for each person a strip with the exercise's main angle over time, a numbered mark
// where a repetition was counted live, a notch at each turn of the settled repetitions. Bounded memory for a stream of
// any length: time is cut into at most 2400 bins whose length doubles, at most 32 people are kept and the 6 with the
// most repetitions drawn (those without any only when nobody has one). One owner, not thread safe.
class RepChart {
 public:
  // Call in stream order.
  void Add(const Scene& scene);
  void AddSet(const PersonId& person, const Set& set);

  // Pixels that Draw needs; 0 when nobody did anything.
  float Height() const;
  void Draw(Canvas& canvas, const Box& area) const;

 private:
  struct Range {  // of the angle within one bin, degrees; empty when low > high
    float low = 1e9F;
    float high = -1e9F;
    bool empty() const { return low > high; }
    void Include(const Range& other);
  };
  struct Mark {
    Pts at{0};
    int number = 0;
  };
  struct SettledSet {
    std::string text;  // "squat 5"
    Pts start{0};
    Pts end{0};
    std::vector<Pts> turns;
  };
  struct Strip {
    std::string name;
    std::vector<Range> bins;
    std::vector<Mark> marks;
    std::vector<SettledSet> settled;
    std::optional<SetInProgress> set;  // last seen
    std::size_t repetitions() const;
  };

  Strip* StripOf(const std::string& name);
  std::size_t BinAt(Pts pts);
  void DoubleBins();
  std::vector<const Strip*> Busiest() const;
  void DrawStrip(Canvas& canvas, const Strip& strip, const Box& area) const;
  void DrawHeading(Canvas& canvas, const Strip& strip, const Box& area) const;
  void DrawCurve(Canvas& canvas, const Strip& strip, const Box& plot, const Range& range) const;
  void DrawSettled(Canvas& canvas, const Strip& strip, const Box& plot) const;
  void DrawMarks(Canvas& canvas, const Strip& strip, const Box& plot) const;
  void DrawTimes(Canvas& canvas, const Box& plot) const;
  static void DrawLegend(Canvas& canvas, Point left_middle);
  float XAt(Pts pts, const Box& plot) const;

  RepWatch watch_;
  std::map<std::string, Strip> strips_;
  std::optional<Pts> first_;
  Pts last_{0};
  std::chrono::microseconds bin_{20'000};
};

}  // namespace spotter::render
