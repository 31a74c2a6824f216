#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How often the built-in look at a clip tells wipes from what only looks like one.

usage: wipes.py FOLDER... [--recordings FOLDER] [--spotter PATH] [--verbose]

Each FOLDER holds rendered gym scenes: NAME.mp4 with its truth NAME.json (who does what in every frame). Every stretch of at least two seconds in which
somebody does one thing becomes an event with a clip of just that, its poses beside it and nothing measured: a wipe (the truth says "wipe") or a look-alike
(exercises, phone, drink, standing about, sitting down; walking with --walking). The real program looks at all of them. A wipe must be "cleaned", a look-alike
"not_cleaned"; "unclear" is wrong for both. With --recordings, NAME.jsonl there (`spotter record`) is taken in place of running the networks. Needs ffmpeg.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
LEAST_S = 2
SAME = 0.3  # overlap of a truth's box and a person's
START = 1767261600.0


def overlap(a, b):
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0
    shared = width * height
    return shared / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared)


def perceptions_of(video, options, folder):
    recording = options.recordings / f"{video.stem}.jsonl" if options.recordings else folder / f"{video.stem}.jsonl"
    if not recording.exists() and not options.recordings:
        subprocess.run([options.spotter, "record", video, recording], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return [json.loads(line) for line in recording.read_text().splitlines()] if recording.exists() else []


class Stretch:
    """Somebody does one thing for a while."""

    def __init__(self, activity):
        self.activity = activity
        self.times = []
        self.tracks = {}

    def see(self, perception, box):
        self.times.append(perception["pts"])
        nearest = max(perception["people"], key=lambda person: overlap(person["box"], box), default=None)
        if nearest and overlap(nearest["box"], box) > SAME:
            self.tracks[nearest["track_id"]] = self.tracks.get(nearest["track_id"], 0) + 1

    def is_usable(self):
        return self.times[-1] - self.times[0] >= LEAST_S and sum(self.tracks.values()) > len(self.times) / 2

    def track(self):
        return max(self.tracks, key=self.tracks.get)


def stretches_of(truth, camera, perceptions):
    """Every stretch of the scene, in the order in which they end."""
    frames, open_, done = truth["frames"], {}, []
    for perception in perceptions:
        frame = min(frames, key=lambda f: abs(f["t"] - perception["pts"]))
        activities = {person["id"]: person["activity"] for person in frame["people"]}
        for view in frame["views"][camera]:
            if view["is_reflection"]:
                continue
            stretch = open_.get(view["id"])
            if stretch is None or stretch.activity != activities[view["id"]]:
                done += [stretch] if stretch else []
                stretch = open_[view["id"]] = Stretch(activities[view["id"]])
            x, y, width, height = view["bbox"]
            size = perception["width"], perception["height"]
            stretch.see(perception, [x / size[0], y / size[1], (x + width) / size[0], (y + height) / size[1]])
    return [stretch for stretch in [*done, *open_.values()] if stretch.is_usable()]


def make_event(name, video, stretch, perceptions, folder):
    """The clip and its poses in `folder`; the event as a sender's outbox line."""
    start, end = stretch.times[0], stretch.times[-1]
    clip = folder / f"{name}.mp4"
    subprocess.run(["ffmpeg", "-loglevel", "error", "-y", "-ss", str(start), "-i", video, "-t", str(end - start), "-an", "-c:v", "libx264", "-preset", "ultrafast", "-crf", "20", clip],
                   check=True, stdin=subprocess.DEVNULL)
    clip.with_suffix(".jsonl").write_text("".join(json.dumps(p) + "\n" for p in perceptions if start <= p["pts"] <= end))
    return {"event_id": name, "ts_utc": START + start, "store_id": "gym", "camera_id": "cam_01", "person_id": "", "track_id": str(stretch.track()), "event_type": "CLEANING_ATTEMPT",
            "zone_id": "machine", "needs_mm": True, "media": {"path": str(clip), "start_ts_utc": START + start, "end_ts_utc": START + end}}


def look_at(events, folder, options):
    """event_id -> verdict label and description, by the real program."""
    config = folder / "c.yaml"
    config.write_text(f"store: {{path: '{folder}/a.db'}}\nmedia: {{allowed_roots: ['{folder}']}}\nenrichment: {{enabled: true}}\n")
    outbox = folder / "outbox.jsonl.txt"
    outbox.write_text("".join(json.dumps(event) + "\n" for event in events))
    subprocess.run([options.spotter, "events", "import", outbox, "-c", config], check=True, stdout=subprocess.DEVNULL)
    worker = subprocess.Popen([options.spotter, "run", "-c", config, "--roles", "enrichment"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            time.sleep(1)
            listed = subprocess.run([options.spotter, "events", "list", "-c", config, "--json", "--limit", "100000"], check=True, capture_output=True, text=True).stdout
            outcomes = {event["event_id"]: event["enrichment"] for event in map(json.loads, listed.splitlines())}
            if all(outcome["status"] != "PENDING" for outcome in outcomes.values()):
                return outcomes
    finally:
        worker.terminate()
        worker.wait()


def gather(options, folder):
    """The events of all scenes, and what each really shows."""
    events, activities = [], {}
    for truth_path in sorted(path for place in options.folders for path in place.glob("*.json")):
        truth = json.loads(truth_path.read_text())
        if not isinstance(truth, dict) or not truth.get("frames"):
            continue
        for camera, file in truth["videos"].items():
            video = truth_path.with_name(file)
            perceptions = perceptions_of(video, options, folder)
            for number, stretch in enumerate(stretches_of(truth, camera, perceptions)):
                if stretch.activity == "walk" and not options.walking:
                    continue
                name = f"{video.stem}-{number}"
                activities[name] = stretch.activity
                events.append(make_event(name, video, stretch, perceptions, folder))
    return events, activities


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=pathlib.Path)
    parser.add_argument("--recordings", type=pathlib.Path)
    parser.add_argument("--spotter", default=os.environ.get("SPOTTER", ROOT / "build/release/bin/spotter"))
    parser.add_argument("--walking", action="store_true", help="count people who walk about as look-alikes, too")
    parser.add_argument("--verbose", action="store_true", help="print every wrong verdict")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        events, activities = gather(options, folder)
        if not events:
            sys.exit("wipes: no scene with a recording was found")
        outcomes = look_at(events, folder, options)
    agreed = {True: 0, False: 0}
    for event_id, activity in activities.items():
        is_wipe = activity == "wipe"
        verdict = (outcomes[event_id]["labels"] or ["none"])[0]
        right = verdict == ("cleaned" if is_wipe else "not_cleaned")
        agreed[is_wipe] += right
        if options.verbose and not right:
            print(f"{event_id} {activity}: {outcomes[event_id]}")
    wipes = sum(activity == "wipe" for activity in activities.values())
    others = len(activities) - wipes
    print(json.dumps({"wipes": wipes, "wipes_right": agreed[True], "look_alikes": others, "look_alikes_right": agreed[False],
                      "agreement": round((agreed[True] + agreed[False]) / len(activities), 3)}))


if __name__ == "__main__":
    main()
