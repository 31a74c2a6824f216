#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Says how often somebody real is taken for a reflection. Part of bench/accuracy.py.

A recording names the tracks that were found to be reflections in each frame, but not where they are. In rendered scenes a real person is lost in a
frame where nobody is recorded at their place while more tracks are called reflections than there are true ones that are not recorded as people. Of
real clips there is no truth: every reflection counts as somebody lost.
"""
import collections
import json

import set_times

SAME_PLACE = 0.3    # intersection over union
SAME_TIME_S = 0.05  # of a recorded frame and a true one

Tally = collections.namedtuple("Tally", "frames lost")  # person-frames


def overlap(a, b):
    """Intersection over union of two boxes (left, top, right, bottom)."""
    width = max(0, min(a[2], b[2]) - max(a[0], b[0]))
    height = max(0, min(a[3], b[3]) - max(a[1], b[1]))
    shared = width * height
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared
    return shared / union if union > 0 else 0


def frames_of(recording):
    return [json.loads(line) for line in recording.read_text(encoding="utf-8").splitlines()]


def lost_in_frame(frame, views):
    """(real people in view, those of them who are taken for a reflection), by the truth's views of one camera."""
    def is_recorded(view):
        left, top, width, height = (value / size for value, size in zip(view["bbox"], 2 * (frame["width"], frame["height"])))
        return any(overlap((left, top, left + width, top + height), person["box"]) > SAME_PLACE for person in frame["people"])

    real = [view for view in views if not view["is_reflection"]]
    missing = [view for view in views if not is_recorded(view)]
    missing_reflections = sum(view["is_reflection"] for view in missing)
    surplus = len(frame.get("reflections", [])) - missing_reflections
    return len(real), max(0, min(len(missing) - missing_reflections, surplus))


def of_view(recording, truth, camera):
    frames = lost = 0
    for frame in frames_of(recording):
        true_frame = min(truth["frames"], key=lambda known: abs(known["t"] - frame["pts"]))
        if abs(true_frame["t"] - frame["pts"]) > SAME_TIME_S:
            continue
        seen, gone = lost_in_frame(frame, true_frame["views"][camera])
        frames, lost = frames + seen, lost + gone
    return Tally(frames, lost)


def of_rendered(suite, recordings):
    """{recording's name: Tally} of a rendered suite."""
    tallies = {}
    for path in sorted(suite.glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        for camera, video in truth.get("videos", {}).items() if isinstance(truth, dict) else ():
            recording = set_times.recording_of(recordings, video)
            if recording.exists():
                tallies[recording.stem] = of_view(recording, truth, camera)
    return tallies


def of_clips(recordings):
    """{recording's name: Tally} of clips without truth."""
    tallies = {}
    for recording in sorted(recordings.glob("*.jsonl")):
        frames = frames_of(recording)
        lost = sum(len(frame.get("reflections", [])) for frame in frames)
        tallies[recording.stem] = Tally(lost + sum(len(frame["people"]) for frame in frames), lost)
    return tallies


def share_lost(tallies):
    """The share of all person-frames; prints where any are lost, and the sum."""
    for name, tally in tallies.items():
        if tally.lost:
            print(f"{name:44} {tally.lost} of {tally.frames} frames of people taken for reflections", flush=True)
    frames, lost = (sum(column) for column in zip(*tallies.values())) if tallies else (0, 0)
    print(f"taken for reflections: {lost} of {frames} frames of people in {len(tallies)} recordings", flush=True)
    return lost / frames if frames else None
