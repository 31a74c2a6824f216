#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Plays a scenario through the real program and compares what came out.

usage: run_scenario.py SPOTTER FILE.scenario

A scenario is text, one statement a line, # starts a comment:
  fps 15                                     perceptions a second
  mirror                                     the picture is a mirror image
  boxed                                      each pose is scaled to fill one box, across and down apart, as data sets of poses have them
  wall behind=2 pitch=15                     a mirror 2 m behind the people; the camera looks down by 15 degrees. Both may be left out
  person yaw=60 x=0.4 noise=0.002 lasts=4    a figure and the error of its joints (frame widths and heights; a network's lasts a few frames); the
                                             steps that follow are its timeline
    stand s=2
    squat reps=5 tempo=2 pause=0.2 gap=0.4 depth=1 side=right swing=12   side: only this arm works; in_turn: right, left, right...; swing: the trunk
                                             leans back by so many degrees on the way
    squat reps=1 cave=0.08                   with a fault at the far end: any angle or length of STAND in stick_figure.py, added; right=0.5: the right arm
                                             goes half as far; push_up: pike=0.2, flare=0.1, drop=0.15
    walk s=4 speed=0.8
    tread s=30 rpm=110                       steps a minute; pedal, row: turns, strokes; plank s=10 sag=0.12, side_plank, wall_sit: holds; lie s=10
    stretch s=15 side=left kind=across       one arm is held across the chest, or overhead: behind the head
    rack s=4 kind=pick                       picks a plate up, bent over; kind=shelf: puts it on a pin at the height of the shoulders
  fault swap person=0 from=3 to=3.3          swap, burst, gone, hidden or guessed joints=9,10, faint (hardly a joint is sure), flicker every=0.8, rename every=2 (a new track id);
                                             gap camera=1 from=3 to=9: that camera (all of them) gives no frames; drop share=0.3: so many are missing here
                                             and there
  cameras 2                                  so many cameras see the same
  zone bench -0.8 -1 0.8 1                   a machine on the floor: x and z of two corners, metres; cleaning_window=5 ... as in zones, kind=area
  thing x=0.2 y=0.45 z=0 size=0.3 from=11 to=40   something that was left, its lower edge y metres above the floor
  expect 0 squat 5                           person 0: one set of 5 squats (settled); `live 5` behind it checks the live count too
  expect 0 bike rpm 85                       person 0: one set of so many turns a minute, +-2
  expect 0 plank hold 12                     person 0: a hold of so many seconds, +-1
  expect nothing                             no set at all
  sides 0 right left right                   a settled set of person 0 has just these repetitions: which side of the body did each of them
  times 0 1.5 19.1                           a settled set of person 0 starts and ends at these times +-1 s
  pinned wall_sit                            the user says that everybody does this
  alert 0 shallow_depth 4                    person 0 is told of this fault in repetition 4; what is not listed must not be told
  faults 0 shallow_depth 4                   the settled set of person 0 has this fault in repetition 4; with such a line, no settled set has another one
  rest 0 started@0 running@30 reached@60     person 0's rest timer, all of it (checked where there is such a line)
  expect event machine_user_changed bench 9.5   a fact about a zone and its true time +-0.5 s; `verdict=cleaned` behind it is compared with its data. With
                                             zones, all facts of the kinds in WATCHED and all reservations must be expected, and sets are not
                                             looked at
"""
import json
import pathlib
import subprocess
import sys
import tempfile

from stick_figure import Camera, Person, floor_from_image, perceptions

# Kinds of events of which none may come unexpected when a scenario has zones.
WATCHED = ("machine_occupied_start", "machine_occupied_end", "machine_user_changed", "cleaning_attempt")
TOLERANCE, SET_TOLERANCE = 0.5, 1.0  # seconds: facts about zones; start and end of a set


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
            named[key] = value if key in ("side", "kind", "verdict", "by_user", "state", "previous") else float(value)
    return plain, named


def boxed(line):
    """The line with each pose scaled to the middle of the picture."""
    frame = json.loads(line)
    for person in frame["people"]:
        person["box"] = [0.25, 0.25, 0.75, 0.75]
        seen = [joint for joint in person["keypoints"] if joint[2] > 0]
        (left, top), (right, bottom) = ([extreme(joint[i] for joint in seen) for i in (0, 1)] for extreme in (min, max))
        person["keypoints"] = [[0.25 + 0.5 * (x - left) / (right - left), 0.25 + 0.5 * (y - top) / (bottom - top), sure]
                               for x, y, sure in person["keypoints"]]
    return json.dumps(frame)


class Scenario:
    """One parsed file: what is played and what is expected."""

    def __init__(self, path):
        self.fps, self.camera, self.cameras, self.boxed = 15.0, {}, 1, False
        self.people, self.faults, self.zones, self.expected_sets, self.expected_events = [], [], [], [], []
        self.alerts, self.faulty, self.rests, self.pinned, self.things = [], [], [], [], []
        self.sides, self.times = [], []
        for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            plain, named = words(raw.partition("#")[0])
            if plain and not self.read(plain, named):
                sys.exit(f"{path.name}:{number}: what is '{raw.strip()}'?")

    def read(self, plain, named):
        """One statement; False when it is none."""
        if plain[0] == "fps":
            self.fps = float(plain[1])
        elif plain[0] == "mirror":
            self.camera["mirror"] = True
        elif plain[0] == "boxed":
            self.boxed = True
        elif plain[0] == "wall":
            self.camera |= {"pitch": named.get("pitch", 0.0), "wall": named.get("behind")}
        elif plain[0] == "cameras":
            self.cameras = int(plain[1])
        elif plain[0] == "zone":
            x0, z0, x1, z1 = map(float, plain[2:])
            kind = named.pop("kind", "machine")
            times = {f"{key}_s": value for key, value in named.items()}
            self.zones.append({"id": plain[1], "kind": kind, "floor_polygon": [[x0, z0], [x1, z0], [x1, z1], [x0, z1]], **times})
        elif plain[0] == "person":
            self.people.append({"steps": [], **named})
        elif plain[0] == "fault":
            self.faults.append({"kind": plain[1], **named, "person": int(named.get("person", 0))})
        elif plain[0] == "thing":
            self.things.append(named)
        elif plain[:2] == ["expect", "event"]:
            self.expected_events.append({"type": plain[2], "zone_id": plain[3], "pts": float(plain[4]), "data": named})
        elif plain[0] == "expect":
            self.expected_sets.append(plain[1:])
        elif plain[0] == "alert":
            self.alerts.append(plain[1:])
        elif plain[0] == "faults":
            self.faulty.append(plain[1:])
        elif plain[0] == "pinned":
            self.pinned = ["--exercise", plain[1]]
        elif plain[0] == "sides":
            self.sides.append(plain[1:])
        elif plain[0] == "times":
            self.times.append(plain[1:])
        elif plain[0] == "rest":
            self.rests.append(plain[1:])
        elif self.people:
            self.people[-1]["steps"].append({"do": plain[0], **named})
        else:
            return False
        return True

    def lines(self):
        """The recording: perceptions of all cameras in stream order."""
        frames = []
        for camera in range(self.cameras):
            figures = [Person(seed=i + 1, **p) for i, p in enumerate(self.people)]
            faults = [f for f in self.faults if int(f.get("camera", camera)) == camera]
            frames += perceptions(figures, self.fps, Camera(**self.camera), faults, camera_id=f"cam_{camera + 1:02}", things=self.things)
        return sorted(map(boxed, frames) if self.boxed else frames, key=lambda line: json.loads(line)["pts"])

    def config(self):
        """The configuration (JSON is YAML) with the zones."""
        cameras = [{"id": f"cam_{i + 1:02}", "url": f"{i}.mp4", "floor_from_image": floor_from_image(Camera(**self.camera))} for i in range(self.cameras)]
        return json.dumps({"cameras": cameras, "zones": self.zones})


def play(spotter, scenario):
    """The events that come out."""
    with tempfile.TemporaryDirectory() as folder:
        recording, config = pathlib.Path(folder, "scenario.jsonl"), pathlib.Path(folder, "spotter.yaml")
        recording.write_text("\n".join(scenario.lines()) + "\n", encoding="utf-8")
        config.write_text(scenario.config(), encoding="utf-8")
        done = subprocess.run([spotter, "replay", recording, "-c", config, *scenario.pinned], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"replay failed: {done.stderr}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def owner(track_id):
    """Index of the true person: track i + 1 is person i, and each new track id of theirs is 100 more."""
    return str((track_id - 1) % 100)


def person_of(event):
    """Index of the true person whom the event is about."""
    return owner(event["track_id"])


def sets_of(events):
    """(index of the true person, data) of each settled set. A hold of no time was withdrawn."""
    sets = [e["data"] for e in events if e["type"] == "set_completed" and e["data"]["hold_s"] != 0]
    return [(owner(data["track_ids"][-1]), data) for data in sets]


def measured(data):
    """What a set counts: repetitions, turns a minute or seconds held."""
    if data["cadence_rpm"] is not None:
        return ["rpm", str(data["cadence_rpm"])]
    if data["hold_s"] is not None:
        return ["hold", str(data["hold_s"])]
    return [str(data["rep_count"]), "live", str(data["live_count"])]


def is_like(found, want):
    """Word by word; turns a minute within 2, seconds held within 1."""
    if want[2:3] in (["rpm"], ["hold"]) and found[:3] == want[:3]:
        return abs(float(found[3]) - float(want[3])) <= (2 if want[2] == "rpm" else 1)
    return found[:len(want)] == want


def check_sets(name, expected, events):
    """The settled sets per true person: every expected one and no other."""
    found = [[person, data["exercise"], *measured(data)] for person, data in sets_of(events)]
    left = list(found)
    for want in [] if expected == [["nothing"]] else expected:
        match = next((f for f in left if is_like(f, want)), None)
        if match is None:
            sys.exit(f"{name}: expected {want}, found {found}")
        left.remove(match)
    if left:
        sys.exit(f"{name}: not expected: {left}")


def is_meant(event, want):
    """Is this the event that an `expect event` line wants?"""
    return (event["type"] == want["type"] and event.get("zone_id") == want["zone_id"] and abs(event["pts"] - want["pts"]) <= TOLERANCE
            and event["raised_pts"] >= event["pts"] and all(str(event["data"].get(key)).lower() == value for key, value in want["data"].items()))


def check_events(name, expected, events):
    """Every expected fact about a zone once, and no other of the watched kinds."""
    left = list(events)
    shown = [(e["type"], e.get("zone_id"), e["pts"], e["data"]) for e in events if e["type"].startswith(("machine", "cleaning"))]
    for want in expected:
        match = next((e for e in left if is_meant(e, want)), None)
        if match is None:
            sys.exit(f"{name}: expected {want}, found {shown}")
        left.remove(match)
    unexpected = [(e["type"], e["zone_id"], e["pts"]) for e in left if e["type"] in WATCHED or e["data"].get("state") == "reserved"]
    if unexpected:
        sys.exit(f"{name}: not expected: {unexpected}")


def alerts_of(events):
    return [[person_of(e), e["data"]["name"], str(e["data"]["number"])] for e in events if e["type"] == "form_alert"]


def faults_of(events):
    sets = [e for e in events if e["type"] == "set_completed"]
    return [[person_of(e), f["name"], str(n)] for e in sets for n, rep in enumerate(e["data"]["reps"], 1) for f in rep["faults"]]


def rest_of(events, person):
    return [f"{e['data']['stage']}@{e['data']['rest_s']:.0f}" for e in events if e["type"] == "rest_timer" and person_of(e) == person]


def check_form(name, scenario, events):
    """Every alert that is told must be listed; settled faults and a rest timer are checked where one is."""
    if scenario.faulty and faults_of(events) != scenario.faulty:
        sys.exit(f"{name}: expected the faults {scenario.faulty}, found {faults_of(events)}")
    if alerts_of(events) != scenario.alerts:
        sys.exit(f"{name}: expected the alerts {scenario.alerts}, found {alerts_of(events)}")
    for person, *stages in scenario.rests:
        if rest_of(events, person) != stages:
            sys.exit(f"{name}: expected the rest {stages}, found {rest_of(events, person)}")


def check_reps(name, scenario, events):
    """The sides and the times of settled sets, where lines say so."""
    sides = [[person, *(rep["side"] for rep in data["reps"])] for person, data in sets_of(events)]
    for want in scenario.sides:
        if want not in sides:
            sys.exit(f"{name}: expected the sides {want}, found {sides}")
    times = [(person, data["start_s"], data["end_s"]) for person, data in sets_of(events)]
    for person, start, end in scenario.times:
        if not any(p == person and abs(s - float(start)) <= SET_TOLERANCE and abs(e - float(end)) <= SET_TOLERANCE for p, s, e in times):
            sys.exit(f"{name}: expected a set of {person} from {start} to {end}, found {times}")


def main():
    spotter, path = sys.argv[1], pathlib.Path(sys.argv[2])
    scenario = Scenario(path)
    if not scenario.expected_sets and not scenario.expected_events:
        sys.exit(f"{path.name}: expects nothing in particular: a scenario needs an 'expect' line")
    events = play(spotter, scenario)
    if scenario.zones:
        check_events(path.name, scenario.expected_events, events)
    if scenario.expected_sets or not scenario.zones:
        check_sets(path.name, scenario.expected_sets, events)
        check_form(path.name, scenario, events)
        check_reps(path.name, scenario, events)


if __name__ == "__main__":
    main()
