// SPDX-License-Identifier: Apache-2.0
#include "spotter/app/result_table.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "spotter/geometry/angles.h"

namespace spotter::app {
namespace {

using Row = std::vector<std::string>;

std::string Clock(Pts time) {
  const auto tenths = std::chrono::round<std::chrono::duration<std::int64_t, std::deci>>(time).count();
  return fmt::format("{}:{:02}.{}", tenths / 600, tenths / 10 % 60, tenths % 10);
}

// REQUIRES: some repetitions
template <typename Figure>
double Mean(std::span<const Rep> reps, Figure figure) {
  double sum = 0;
  for (const Rep& rep : reps) sum += figure(rep);
  return sum / static_cast<double>(reps.size());
}

// Over those repetitions whose figure is known; none when it is of none.
template <typename Figure>
std::optional<double> MeanKnown(const Set& set, Figure figure) {
  double sum = 0;
  int known = 0;
  for (const Rep& rep : set.reps) {
    const std::optional<double> value = figure(rep);
    sum += value.value_or(0);
    known += value ? 1 : 0;
  }
  return known > 0 ? std::optional(sum / known) : std::nullopt;
}

// Of the repetitions whose angle the camera shows unshortened.
std::optional<double> MeanRangeDegrees(const Set& set) {
  return MeanKnown(
      set, [](const Rep& r) { return r.rom_assessable ? std::optional(r.rom_rad * kDegreesPerRadian) : std::nullopt; });
}

std::optional<double> MeanSpeed(const Set& set) {
  return MeanKnown(set, [](const Rep& r) { return r.load ? std::optional(r.load->mean_mps) : std::nullopt; });
}

// "72 deg"; "-" where the camera's side does not show the angle, and nothing without repetitions.
std::string RangeText(const Set& set) {
  if (set.reps.empty()) return "";
  const std::optional<double> degrees = MeanRangeDegrees(set);
  return degrees ? fmt::format("{:.0f} deg", *degrees) : "-";
}

// The side that did the repetitions, "alternating" when they took turns.
std::string SideText(const Set& set) {
  if (set.reps.empty()) return "";
  const Side first = set.reps.front().side;
  const bool is_same = std::ranges::all_of(set.reps, [&](const Rep& r) { return r.side == first; });
  return is_same ? std::string(ToString(first)) : "alternating";
}

std::string TrackList(const std::vector<TrackId>& ids) {
  std::string text;
  for (const TrackId& id : ids) text += fmt::format("{}{}", text.empty() ? "" : "+", id.value());
  return text;
}

// "8 of 8-12 (1 partial)": what was done, of what the exercise usually aims at.
std::string RepText(const Set& set) {
  std::string text = std::to_string(set.reps.size());
  if (set.hold) text = fmt::format("{:.0f} s", ToSeconds(*set.hold));
  if (set.cadence_rpm) text = fmt::format("{:.0f} rpm", *set.cadence_rpm);
  if (set.target) text += fmt::format(" of {}-{}", set.target->least, set.target->most);
  const auto partial = std::ranges::count_if(set.reps, &Rep::partial);
  if (partial > 0) text += fmt::format(" ({} partial)", partial);
  return text;
}

// Eccentric - pause - concentric - pause, as coaches write it: seconds, means of the repetitions.
std::string TempoText(std::span<const Rep> reps) {
  if (reps.empty()) return "";
  return fmt::format("{:.1f}-{:.1f}-{:.1f}-{:.1f}", Mean(reps, [](const Rep& r) { return ToSeconds(r.eccentric); }),
                     Mean(reps, [](const Rep& r) { return ToSeconds(r.pause_stretched); }),
                     Mean(reps, [](const Rep& r) { return ToSeconds(r.concentric); }),
                     Mean(reps, [](const Rep& r) { return ToSeconds(r.pause_shortened); }));
}

// "knee_cave x2 too_fast x1": how often each rule was broken.
std::string FaultText(const Set& set) {
  std::map<std::string, int> faults;
  for (const Rep& rep : set.reps) {
    for (const FormFault& fault : rep.faults) ++faults[fault.name];
  }
  for (const FormFault& fault : set.faults) ++faults[fault.name];
  std::string text;
  for (const auto& [name, count] : faults) text += fmt::format("{}{} x{}", text.empty() ? "" : " ", name, count);
  return text;
}

// "0.85 knee_cave x2 too_fast x1": the score and the faults.
std::string FormText(const Set& set) {
  if (!set.form_score) return "";
  const std::string faults = FaultText(set);
  return fmt::format("{:.2f}{}{}", *set.form_score, faults.empty() ? "" : " ", faults);
}

Row SetRow(const PersonResult& person, std::size_t number, const Set& set) {
  return {person.person_id.value(),
          std::to_string(number),
          set.exercise,
          RepText(set),
          Clock(set.start),
          Clock(set.end),
          RangeText(set),
          TempoText(set.reps),
          FormText(set),
          TrackList(person.track_ids)};
}

// "0.43 +-0.04 m/s"; "-" where the load is not assessable.
std::string SpeedText(const std::optional<LoadPath>& load, double LoadPath::*speed, double LoadPath::*error) {
  return load ? fmt::format("{:.2f} +-{:.2f} m/s", *load.*speed, *load.*error) : "-";
}

// "left +12 %": how much farther that side went; "-" where it is not assessable.
std::string AsymmetryText(const std::optional<double>& asymmetry) {
  if (!asymmetry) return "-";
  const double percent = std::round(100 * *asymmetry);
  return percent == 0 ? "even" : fmt::format("{} +{:.0f} %", percent > 0 ? "left" : "right", std::abs(percent));
}

// "partial, knee_cave": what there is to say of a repetition.
std::string RepNotes(const Rep& rep) {
  std::vector<std::string> notes;
  if (rep.partial) notes.emplace_back("partial");
  if (!rep.counted_at) notes.emplace_back("found when the set was settled");
  for (const FormFault& fault : rep.faults) notes.push_back(fault.name);
  return fmt::format("{}", fmt::join(notes, ", "));
}

Row RepRow(std::size_t number, const Rep& rep) {
  const std::string degrees = rep.rom_assessable ? fmt::format("{:.0f} deg", rep.rom_rad * kDegreesPerRadian) : "-";
  const std::string way = rep.load ? fmt::format("{:.0f} cm", 100 * rep.load->range_m) : "-";
  return {std::to_string(number),
          Clock(rep.start),
          Clock(rep.end),
          std::string(ToString(rep.side)),
          degrees,
          way,
          SpeedText(rep.load, &LoadPath::mean_mps, &LoadPath::error_mps),
          SpeedText(rep.load, &LoadPath::peak_mps, &LoadPath::peak_error_mps),
          TempoText({&rep, 1}),
          AsymmetryText(rep.asymmetry),
          RepNotes(rep)};
}

// "velocity loss 23 %, consistency 0.95, form 0.90, 8 counted live".
std::string SetNotes(const Set& set) {
  std::vector<std::string> notes;
  if (set.velocity_loss) notes.push_back(fmt::format("velocity loss {:.0f} %", 100 * *set.velocity_loss));
  if (set.consistency) notes.push_back(fmt::format("consistency {:.2f}", *set.consistency));
  if (const std::string form = FormText(set); !form.empty()) notes.push_back("form " + form);
  if (!set.reps.empty()) notes.push_back(fmt::format("{} counted live", set.live_count));
  return fmt::format("{}", fmt::join(notes, ", "));
}

// "p1 set 1 repetition 3: wrong (83 %), left knee: bends 12 degrees less than in the right ones": those that a form
// model calls wrong.
std::string WrongReps(const FileResult& result) {
  std::string text;
  for (const PersonResult& person : result.people) {
    for (std::size_t s = 0; s < person.sets.size(); ++s) {
      const std::vector<Rep>& reps = person.sets[s].reps;
      for (std::size_t r = 0; r < reps.size(); ++r) {
        const std::optional<TaughtVerdict>& taught = reps[r].taught;
        if (!taught || !taught->IsWrong()) continue;
        text += fmt::format("{} set {} repetition {}: wrong ({:.0f} %), {}\n", person.person_id.value(), s + 1, r + 1,
                            100 * taught->wrong_probability, taught->cue);
      }
    }
  }
  return text;
}

// REQUIRES: rows of one length
std::string PrintRows(const std::vector<Row>& rows) {
  std::vector<std::size_t> widths(rows.front().size());
  for (const Row& row : rows) {
    for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], row[c].size());
  }
  std::string out;
  for (const Row& row : rows) {
    std::string line;
    for (std::size_t c = 0; c < row.size(); ++c) line += fmt::format("{:<{}}  ", row[c], widths[c]);
    while (!line.empty() && line.back() == ' ') line.pop_back();
    out += line + '\n';
  }
  return out;
}

// RFC 4180: quoted when it holds a comma, a quote or a line break.
std::string CsvField(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

// Empty for what is not known.
std::string CsvNumber(std::optional<double> number, int decimals) {
  return number ? fmt::format("{:.{}f}", *number, decimals) : "";
}

std::string CsvFigures(const Set& set) {
  const std::optional<double> hold_s = set.hold ? std::optional(ToSeconds(*set.hold)) : std::nullopt;
  return fmt::format("{},{:.3f},{:.3f},{:.3f},{},{},{},{},{},{},{},{},{}", CsvField(set.exercise), set.confidence,
                     ToSeconds(set.start), ToSeconds(set.end), set.reps.size(), set.live_count,
                     std::ranges::count_if(set.reps, &Rep::partial), CsvNumber(MeanRangeDegrees(set), 1),
                     CsvNumber(hold_s, 1), CsvNumber(set.cadence_rpm, 1), SideText(set), CsvNumber(MeanSpeed(set), 2),
                     CsvField(FaultText(set)));
}

}  // namespace

std::string ResultToTable(const FileResult& result) {
  std::vector<Row> rows = {{"person", "set", "exercise", "reps", "start", "end", "range", "tempo", "form", "tracks"}};
  std::size_t reps = 0;
  for (const PersonResult& person : result.people) {
    for (std::size_t i = 0; i < person.sets.size(); ++i) {
      rows.push_back(SetRow(person, i + 1, person.sets[i]));
      reps += person.sets[i].reps.size();
    }
  }
  std::string out = fmt::format("{}  ({}, {} frames)\n", result.source, Clock(result.duration), result.frames);
  if (rows.size() == 1) return out + "No sets found.\n";
  out += PrintRows(rows) + WrongReps(result);
  const std::size_t people = result.people.size();
  const std::size_t sets = rows.size() - 1;
  return out + fmt::format("{} repetition{} in {} set{} by {} {}\n", reps, reps == 1 ? "" : "s", sets,
                           sets == 1 ? "" : "s", people, people == 1 ? "person" : "people");
}

std::string ResultToRepTable(const FileResult& result) {
  std::string out = fmt::format("{}  ({}, {} frames)\n", result.source, Clock(result.duration), result.frames);
  const std::size_t empty = out.size();
  for (const PersonResult& person : result.people) {
    for (std::size_t s = 0; s < person.sets.size(); ++s) {
      const Set& set = person.sets[s];
      out += fmt::format("\n{} set {}: {} {}, {} to {}\n", person.person_id.value(), s + 1, set.exercise, RepText(set),
                         Clock(set.start), Clock(set.end));
      std::vector<Row> rows = {
          {"rep", "start", "end", "side", "range", "way", "speed", "peak", "tempo", "asymmetry", "notes"}};
      for (std::size_t i = 0; i < set.reps.size(); ++i) rows.push_back(RepRow(i + 1, set.reps[i]));
      if (rows.size() > 1) out += PrintRows(rows);
      if (const std::string notes = SetNotes(set); !notes.empty()) out += notes + '\n';
    }
  }
  return out.size() == empty ? out + "No sets found.\n" : out + WrongReps(result);
}

std::string ResultToCsv(const FileResult& result) {
  std::string out =
      "source,person,set,exercise,confidence,start_s,end_s,rep_count,live_count,partial_count,rom_deg,hold_s,"
      "cadence_rpm,side,mean_mps,faults\r\n";
  for (const PersonResult& person : result.people) {
    const std::string who = CsvField(result.source) + "," + CsvField(person.person_id.value());
    for (std::size_t i = 0; i < person.sets.size(); ++i) {
      out += fmt::format("{},{},{}\r\n", who, i + 1, CsvFigures(person.sets[i]));
    }
  }
  return out;
}

}  // namespace spotter::app
