#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Says of every labelled set when it was named, and of every rendered one how well its start and end were found. Part of bench/accuracy.py.

A set is named by its third repetition when the right family stands in the live events with the third repetition that was announced of it, or with the
last one where fewer were announced; a set of which nothing was announced is not named. Sets of exercises that the scoring scripts do not know (their
right name is 'unknown') are left out, as nobody can name them. A rendered set begins with its first repetition and ends with its last; each is
compared with one settled set of the same person, the one with the longest overlap that no other set has. Sets that a camera hardly sees are left out,
as in score_synth.py.
"""
import collections
import csv
import importlib
import json
import pathlib
import subprocess
import sys

BY_REPETITION = 3
WITHIN_S = 1.0
BEFORE_PEAK_S = 0.5  # by which a label's first peak may be late
LIVE_NAMES = {"set_started": "exercise", "rep_counted": "exercise", "exercise_changed": "to"}  # event -> the field that says the name
Person = collections.namedtuple("Person", "name sets events")  # one true person: their true sets, all events about them


def script(eval_folder, name):
    """A scoring script as a module."""
    if str(eval_folder) not in sys.path:
        sys.path.insert(0, str(eval_folder))
    return importlib.import_module(name)


def recording_of(folder, video):
    return folder / f"{pathlib.PurePath(video).stem}.jsonl"


def watch(program, recording):
    """The events of a recording, in the order in which they became known; none, and a line, where it cannot be counted."""
    done = subprocess.run([program, "count", str(recording), "--format", "events"], capture_output=True, text=True)
    if done.returncode != 0:
        print(f"{recording.stem:44} FAILED {done.stderr.strip()}", flush=True)
        return []
    return [json.loads(line) for line in done.stdout.splitlines()]


def overlap(true_set, found):
    """Seconds that a true set has in common with a settled set or a repetition."""
    return min(true_set["end"], found["end_s"]) - max(true_set["start"], found["start_s"])


def name_standing(events, of_set):
    """(live name, number of the repetition it stood with): the third announced one that of_set accepts, else the last of them. (None, 0) without any."""
    announced = [e for e in events if e["type"] == "rep_counted" and of_set(e["data"])][:BY_REPETITION]
    if not announced:
        return None, 0
    last = announced[-1]
    said = [e["data"][LIVE_NAMES[e["type"]]] for e in events
            if e["type"] in LIVE_NAMES and e.get("person_id") == last["person_id"] and e["raised_pts"] <= last["raised_pts"]]
    return said[-1], len(announced)


def names_in_clip(row, events):
    """[(name, with which repetition)] of the people with most repetitions, one for each exercise of the label; what ends before its first peak is not of it."""
    since = float(row["peak_times_s"].split()[0]) - BEFORE_PEAK_S if row["peak_times_s"] else 0.0
    people = collections.defaultdict(list)
    for event in events:
        people[event.get("person_id")].append(event)

    def of_set(data):
        return data["end_s"] >= since

    most = sorted(people.values(), key=lambda es: -sum(e["type"] == "rep_counted" and of_set(e["data"]) for e in es))
    return [name_standing(own, of_set) for own in most[:len(row["exercise"].split("+"))]]


def share(hits, what):
    """The share of hits, said in a line; None of nothing."""
    print(f"{what}: {sum(hits)} of {len(hits)}", flush=True)
    return round(sum(hits) / len(hits), 3) if hits else None


def real_named(eval_folder, videos, recordings, program):
    """Share of the labelled real sets that are named by their third repetition; prints a line a clip."""
    family, hits = script(eval_folder, "common").family, []
    with open(videos / "labels.csv", encoding="utf-8") as labels:
        rows = [row for row in csv.DictReader(labels) if row["reps"]]
    for row in rows:
        true = [name for name in map(family, row["exercise"].split("+")) if name != "unknown"]
        if not true:
            continue
        said = names_in_clip(row, watch(program, recording_of(recordings, row["file"])))
        right = (collections.Counter(true) & collections.Counter(family(name) for name, _ in said if name)).total()
        hits += [True] * right + [False] * (len(true) - right)
        names = ", ".join(f"{name or 'nothing'} with repetition {number}" for name, number in said) or "nothing"
        print(f"{row['file']:44} {row['exercise']:18} named {names} {'' if right == len(true) else 'WRONG'}", flush=True)
    return share(hits, f"real sets named by repetition {BY_REPETITION}")


def events_by_owner(events, votes):
    """{true person: events}: each of the program's people belongs to whom most looks at their tracks show."""
    tracks, people = collections.defaultdict(set), collections.defaultdict(list)
    for event in events:
        tracks[event.get("person_id")] |= {event.get("track_id"), *event["data"].get("track_ids", [])}
    owner = {}
    for person, own in tracks.items():
        looks = sum((collections.Counter(votes.get(track, {})) for track in sorted(own - {None})), collections.Counter())
        owner[person] = min(looks, key=lambda name: (-looks[name], name), default=None)
    for event in events:
        people[owner[event.get("person_id")]].append(event)
    return people


def rendered_people(eval_folder, suite, recordings, program):
    """[(video, [Person])] of a suite of rendered clips: everybody with repetitions that the camera sees."""
    score, clips = script(eval_folder, "score_synth"), []
    for path in sorted(suite.glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        for camera, video in truth["videos"].items() if "videos" in truth else ():
            recording = recording_of(recordings, video)
            seen = [json.loads(line) for line in recording.read_text(encoding="utf-8").splitlines()] if recording.exists() else []
            votes = score.match_frames(truth, camera, seen, collections.Counter())
            people = events_by_owner(watch(program, recording), votes)
            sets = [s for s in truth["sets"] if s["rep_count"] and score.visible_share(truth, camera, s) >= 0.8]
            names = sorted({s["person"] for s in sets})
            clips.append((video, [Person(name, [s for s in sets if s["person"] == name], people[name]) for name in names]))
    return clips


def rendered_named(eval_folder, clips):
    """Share of the rendered sets that are named by their third repetition; prints a line a clip."""
    family, hits = script(eval_folder, "common").family, []
    for video, people in clips:
        words = []
        for person, true_set in ((person, s) for person in people for s in person.sets if family(s["exercise"]) != "unknown"):
            name, number = name_standing(person.events, lambda rep, true_set=true_set: overlap(true_set, rep) > 0)
            hits.append(name is not None and family(name) == family(true_set["exercise"]))
            words.append(f"{person.name}: {true_set['exercise']} named {name or 'nothing'} with repetition {number}{'' if hits[-1] else ' WRONG'}")
        print(f"{video:36} {'; '.join(words)}", flush=True)
    return share(hits, f"rendered sets named by repetition {BY_REPETITION}")


def settled_sets(person):
    """[(true set, settled set or None)]: pairs by the longest overlap; no settled set is taken twice."""
    settled = [e["data"] for e in person.events if e["type"] == "set_completed" and e["data"]["rep_count"]]
    pairs = sorted(((overlap(t, s), i, k) for i, t in enumerate(person.sets) for k, s in enumerate(settled)), key=lambda pair: -pair[0])
    taken = {}
    for seconds, i, k in pairs:
        if seconds > 0 and i not in taken and k not in taken.values():
            taken[i] = k
    return [(true_set, settled[taken[i]] if i in taken else None) for i, true_set in enumerate(person.sets)]


def rendered_times(clips):
    """(share of starts, share of ends) of rendered sets that are found within a second; prints a line a clip. A set that is not found has neither."""
    starts, ends = [], []
    for video, people in clips:
        words = []
        for person, (true_set, found) in ((person, pair) for person in people for pair in settled_sets(person)):
            start = found["start_s"] - true_set["reps"][0]["start"] if found else None
            end = found["end_s"] - true_set["reps"][-1]["end"] if found else None
            starts.append(found is not None and abs(start) <= WITHIN_S)
            ends.append(found is not None and abs(end) <= WITHIN_S)
            times = f"start {start:+.2f} s end {end:+.2f} s" if found else "not found"
            words.append(f"{person.name}: {true_set['exercise']} {times}{'' if starts[-1] and ends[-1] else ' WRONG'}")
        print(f"{video:36} {'; '.join(words)}", flush=True)
    return share(starts, f"starts of rendered sets within {WITHIN_S:.0f} s"), share(ends, f"ends of rendered sets within {WITHIN_S:.0f} s")
