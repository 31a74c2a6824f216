// SPDX-License-Identifier: Apache-2.0
#include "spotter/clip/span.h"

#include <algorithm>
#include <utility>

namespace spotter::clip {
namespace {

// Times are rounded on their way: a picture this much beside a limit lies on it.
constexpr std::chrono::microseconds kRounding{500};
// Pictures farther apart than this have something missing between them; slow cameras send one a second.
constexpr std::chrono::microseconds kLongestStep{1'500'000};
constexpr std::chrono::microseconds kDefaultStep{40'000};

Error NothingThere(const RecordClip& request, const std::string& why) {
  return MakeError(ErrorCode::kNotFound, "the time asked for, {:.3f} to {:.3f} s, is not there: {}",
                   ToSeconds(request.from), ToSeconds(request.to), why);
}

std::size_t FirstAfter(std::span<const PictureAt> row, Pts time) {
  return static_cast<std::size_t>(std::ranges::upper_bound(row, time, {}, &PictureAt::pts) - row.begin());
}

// How long picture `i` is shown.
std::chrono::microseconds StepAfter(std::span<const PictureAt> row, std::size_t i, const RowEnds& ends) {
  if (i + 1 < row.size()) return row[i + 1].pts - row[i].pts;
  if (ends.last_step.count() > 0) return std::min(ends.last_step, kLongestStep);
  return i == 0 ? kDefaultStep : std::min(row[i].pts - row[i - 1].pts, kLongestStep);
}

void AddGap(SpanChoice& choice, ClipGap gap) {
  if (gap.to - gap.from > kRounding) choice.gaps.push_back(std::move(gap));
}

void FindGaps(SpanChoice& choice, const RecordClip& request, std::span<const PictureAt> row, const RowEnds& ends) {
  AddGap(choice, {request.from, choice.span.start, ends.before});
  for (std::size_t i = choice.first; i + 1 < choice.end; ++i) {
    if (row[i + 1].pts - row[i].pts <= kLongestStep) continue;
    AddGap(choice, {row[i].pts, row[i + 1].pts,
                    row[i + 1].begins_session ? "the camera was away" : "the camera sent no picture"});
  }
  AddGap(choice, {choice.span.end, request.to, ends.after});
}

}  // namespace

Result<SpanChoice> ChooseSpan(const RecordClip& request, std::span<const PictureAt> row, const RowEnds& ends) {
  if (row.empty()) return NothingThere(request, ends.after.empty() ? ends.before : ends.after);
  SpanChoice choice;
  choice.first = FirstAfter(row, request.from + kRounding);
  if (choice.first > 0) --choice.first;
  choice.end = FirstAfter(row, request.to - kRounding);
  if (choice.first >= choice.end) return NothingThere(request, ends.before);
  const PictureAt& first = row[choice.first];
  const PictureAt& last = row[choice.end - 1];
  const std::chrono::microseconds step = StepAfter(row, choice.end - 1, ends);
  choice.span = {first.pts, last.pts + step, first.captured_at, last.captured_at + step};
  if (choice.span.end <= request.from) return NothingThere(request, ends.after);
  FindGaps(choice, request, row, ends);
  return choice;
}

}  // namespace spotter::clip
