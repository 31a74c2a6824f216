#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Plays a scenario through the real program and compares what came out.

usage: run_scenario.py SPOTTER FILE.scenario

A scenario is text, one statement a line, # starts a comment:
  fps 15                                     perceptions a second
  mirror                                     the picture is a mirror image
  wall behind=2 pitch=15                     a mirror 2 m behind the people; the camera looks down by 15 degrees. Both may be left out
  person yaw=60 x=0.4 noise=0.002            a figure; the steps that follow are its timeline
    stand s=2
    squat reps=5 tempo=2 pause=0.2 gap=0.4 depth=1 side=right
    walk s=4 speed=0.8
  fault swap person=0 from=3 to=3.3          swap, burst, gone, hidden joints=9,10
  expect 0 squat 5                           person 0: one set of 5 squats (settled); `live 5` behind it checks the live count too
  expect nothing                             no set at all
  alert 0 shallow_depth 4                    person 0 is told of this fault in repetition 4; what is not listed must not be told
  rest 0 started@0 running@30 reached@60     person 0's rest timer, all of it (checked where there is such a line)
"""
import json
import pathlib
import subprocess
import sys
import tempfile

from stick_figure import Camera, Person, perceptions


def words(text):
    """['a', 'b=1'] -> (['a'], {'b': 1})"""
    plain, named = [], {}
    for word in text.split():
        key, equals, value = word.partition("=")
        if not equals:
            plain.append(word)
        elif key == "joints":
            named[key] = [int(v) for v in value.split(",")]
        else:
            named[key] = value if key == "side" else float(value)
    return plain, named


def parse(path):
    """(perception lines, expected sets per person, expected alerts, expected rests)."""
    fps, camera, people, faults, expected, alerts, rests = 15.0, {}, [], [], [], [], []
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        plain, named = words(raw.partition("#")[0])
        if not plain:
            continue
        if plain[0] == "fps":
            fps = float(plain[1])
        elif plain[0] == "mirror":
            camera["mirror"] = True
        elif plain[0] == "wall":
            camera |= {"pitch": named.get("pitch", 0.0), "wall": named.get("behind")}
        elif plain[0] == "person":
            people.append({"steps": [], **named})
        elif plain[0] == "fault":
            faults.append({"kind": plain[1], "person": int(named.pop("person", 0)), **named})
        elif plain[0] == "expect":
            expected.append(plain[1:])
        elif plain[0] == "alert":
            alerts.append(plain[1:])
        elif plain[0] == "rest":
            rests.append(plain[1:])
        elif people:
            people[-1]["steps"].append({"do": plain[0], **named})
        else:
            sys.exit(f"{path.name}:{number}: what is '{raw.strip()}'?")
    figures = [Person(seed=i + 1, **p) for i, p in enumerate(people)]
    return list(perceptions(figures, fps, Camera(**camera), faults)), expected, alerts, rests


def events_of(spotter, lines):
    """The events of a replay."""
    with tempfile.TemporaryDirectory() as folder:
        recording = pathlib.Path(folder, "scenario.jsonl")
        recording.write_text("\n".join(lines) + "\n", encoding="utf-8")
        done = subprocess.run([spotter, "replay", recording], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"replay failed: {done.stderr}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def person_of(event):
    """Index of the true person: track i + 1 is person i."""
    return str(event["track_id"] - 1)


def sets_of(events):
    """The settled sets per true person."""
    found = []
    for event in events:
        if event["type"] == "set_completed":
            data = event["data"]
            found.append([str(data["track_ids"][-1] - 1), data["exercise"], str(data["rep_count"]), "live", str(data["live_count"])])
    return found


def alerts_of(events):
    return [[person_of(e), e["data"]["name"], str(e["data"]["number"])] for e in events if e["type"] == "form_alert"]


def rest_of(events, person):
    return [f"{e['data']['stage']}@{e['data']['rest_s']:.0f}" for e in events if e["type"] == "rest_timer" and person_of(e) == person]


def main():
    spotter, path = sys.argv[1], pathlib.Path(sys.argv[2])
    lines, expected, alerts, rests = parse(path)
    events = events_of(spotter, lines)
    found = sets_of(events)
    wanted = [] if expected == [["nothing"]] else expected
    left = list(found)
    for want in wanted:
        match = next((f for f in left if f[:len(want)] == want), None)
        if match is None:
            sys.exit(f"{path.name}: expected {want}, found {found}")
        left.remove(match)
    if left:
        sys.exit(f"{path.name}: not expected: {left}")
    if alerts_of(events) != alerts:
        sys.exit(f"{path.name}: expected the alerts {alerts}, found {alerts_of(events)}")
    for person, *stages in rests:
        if rest_of(events, person) != stages:
            sys.exit(f"{path.name}: expected the rest {stages}, found {rest_of(events, person)}")
    if not expected:
        sys.exit(f"{path.name}: expects nothing in particular: a scenario needs an 'expect' line")


if __name__ == "__main__":
    main()
