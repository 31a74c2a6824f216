#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Says how often somebody real is taken for a reflection. Part of bench/accuracy.py.

A recording names the tracks that were found to be reflections in each frame, but not where they are. In rendered scenes a track is somebody real when
most of the boxes that are recorded of it lie on a real person; one of which no box is recorded counts as somebody real where more such tracks are
called reflections than there are true ones that are not recorded as people, so that a person who is called one from the first frame on beside a
reflection that the network never saw is not noticed. Of real clips there is no truth: every reflection counts as somebody lost.
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
    """The frames of a recording in which somebody has looked for reflections."""
    frames = (json.loads(line) for line in recording.read_text(encoding="utf-8").splitlines())
    return [frame for frame in frames if "reflections" in frame]


def is_at(person, view, frame):
    left, top, width, height = (value / size for value, size in zip(view["bbox"], 2 * (frame["width"], frame["height"])))
    return overlap((left, top, left + width, top + height), person["box"]) > SAME_PLACE


def real_tracks(moments):
    """{track id: whether its boxes lie on somebody real more often than on a reflection}, of tracks that lie more on either."""
    votes = collections.Counter()
    for frame, views in moments:
        for person in frame["people"]:
            for view in views:
                if is_at(person, view, frame):
                    votes[person["track_id"]] += -1 if view["is_reflection"] else 1
    return {track: vote > 0 for track, vote in votes.items() if vote}


def lost_in_frame(frame, views, tracks):
    """How many real people of the frame are taken for reflections."""
    called = frame["reflections"]
    known = sum(tracks.get(track, False) for track in called)
    missing = [view for view in views if not any(is_at(person, view, frame) for person in frame["people"])]
    missing_reflections = sum(view["is_reflection"] for view in missing)
    known_reflections = sum(not tracks.get(track, True) for track in called)
    surplus = sum(track not in tracks for track in called) - max(0, missing_reflections - known_reflections)
    return known + max(0, min(len(missing) - missing_reflections - known, surplus))


def of_view(recording, truth, camera):
    moments = []
    for frame in frames_of(recording):
        true_frame = min(truth["frames"], key=lambda known: abs(known["t"] - frame["pts"]))
        if abs(true_frame["t"] - frame["pts"]) <= SAME_TIME_S:
            moments.append((frame, true_frame["views"][camera]))
    tracks = real_tracks(moments)
    return Tally(sum(not view["is_reflection"] for _, views in moments for view in views),
                 sum(lost_in_frame(frame, views, tracks) for frame, views in moments))


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
        lost = sum(len(frame["reflections"]) for frame in frames)
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
