#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Counts people of generated gyms that nobody has seen: whole suites in minutes, because no pixel is rendered.

usage: projected_gyms.py [--seeds 201,202,...] [--only TEXT] [--keep DIR] [--eval DIR] [--synthgym DIR]

Each seed is a held-back suite of the synthetic gym (make_suite.py, private=True): other bodies, cameras, tempos, numbers of repetitions and faults; 0 is
the public suite. Its people do at every moment what they do in the rendered clips of that seed (so a clip can be rendered to look at what was off), and
their 17 joints are projected into the camera and get errors like a pose network's. `spotter count` counts each recording (docs/formats/perception.md) and
the functions of score_synth.py score it. Left out are scenes whose point is what a projection does not show: mirrors, people behind things or out of the
picture, zones. So the figures are those of the analysis alone.

Prints everybody who is off, then one line of totals. What is told for each person: suite, what is off, scene, person, repetitions counted and true, true
exercise, sets counted, faults missed and invented. The same seeds give the same recordings. --keep leaves recordings and truths in DIR/SEED. $SPOTTER is
the program (default build/release/bin/spotter). Needs what the synthetic gym needs (its requirements.txt and body data).
"""
import argparse
import collections
import importlib
import json
import os
import pathlib
import sys
import tempfile

sys.dont_write_bytecode = True  # the folders of the scoring and of the synthetic gym are only read

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parent.parent
FPS = 15
COCO = 17
# Scenes with one of these tags need pixels, or have no repetitions to speak of.
LEFT_OUT = {"mirror", "zones", "occlusion", "walk", "fall", "negative"}
# Errors of a pose network, in torso lengths (standard deviations) and seconds.
BIAS, BIAS_S, JITTER = 0.025, 1.2, 0.012
BEHIND_M = 0.12  # a joint this much farther from the camera than the body's mean is on the side turned away...
BEHIND_ERROR = 2.0  # ...and has errors this much larger
CONFIDENCE, CONFIDENCE_BEHIND, CONFIDENCE_SPREAD = 0.85, 0.45, 0.05


def import_from(folder, name):
    """A module of a folder that this project does not own."""
    sys.path.insert(0, str(folder))
    return importlib.import_module(name)


class PoseErrors:
    """What a pose network gets wrong about one person: errors that last for a second, and jitter."""

    def __init__(self, random):
        self.random = random
        self.bias = np.zeros((COCO, 2))

    def seen(self, xy, depth):
        """Joints (17 x 3: x, y, confidence) as the network would tell them; xy in pixels, depth in metres. One call a frame."""
        behind = depth > depth.mean() + BEHIND_M
        kept = np.exp(-1 / (FPS * BIAS_S))
        self.bias = kept * self.bias + np.sqrt(1 - kept**2) * self.random.normal(0, BIAS, (COCO, 2))
        error = self.bias + self.random.normal(0, JITTER, (COCO, 2))
        confidence = np.where(behind, CONFIDENCE_BEHIND, CONFIDENCE) + self.random.normal(0, CONFIDENCE_SPREAD, COCO)
        moved = xy + torso_px(xy) * np.where(behind, BEHIND_ERROR, 1)[:, None] * error
        return np.column_stack([moved, np.clip(confidence, 0.2, 0.99)])


def torso_px(xy):
    """Shoulders to hips; where the camera looks along the trunk, a quarter of the body's extent."""
    return max(np.linalg.norm((xy[5] + xy[6] - xy[11] - xy[12]) / 2), 0.25 * np.linalg.norm(np.ptp(xy, axis=0)))


def box_of(xy):
    """(x0, y0, x1, y1) in pixels: the joints with a tenth of a torso around them."""
    margin = 0.1 * torso_px(xy)
    return np.concatenate([xy.min(axis=0) - margin, xy.max(axis=0) + margin])


class NoRenderer:
    """Takes the meshes of a room and shows nothing."""

    def add_mesh(self, _parts):
        return {}


class Stage:
    """One scene: its camera and its people, posed as in the renderer."""

    def __init__(self, scene):
        # Imported here: the folder is an option.
        from synthgym.render import Camera
        from synthgym.scene import Person, build_room

        spec, = scene["cameras"]
        self.size = scene["size"]
        self.camera = Camera(spec["name"], spec["pos"], spec["target"], spec["fov"], self.size)
        random = np.random.default_rng(scene["seed"])
        build_room(NoRenderer(), scene, random)  # draws first: people have the phases and tempos that they have in the rendered clip
        self.people = [Person(person, random) for person in scene["people"]]

    def frames(self):
        """(seconds, [(person's index, pixels 17 x 2, metres from the camera 17)]) of each frame."""
        seconds = max(person.busy_until for person in self.people) + 0.5
        for frame in range(round(seconds * FPS)):
            poses = ((i, person, person.at(frame / FPS)) for i, person in enumerate(self.people))
            yield frame / FPS, [(i, *self.camera.project(person.body.keypoints(*pose[:2]))) for i, person, pose in poses if pose]


def told(track, box, joints, size):
    """A person of a perception."""
    scale = np.array([*size, *size])
    keypoints = joints / [*size, 1]
    return {"track_id": track, "confidence": 0.9, "box": np.round(box / scale, 5).tolist(),
            "keypoints": [[round(x, 5), round(y, 5), round(confidence, 3)] for x, y, confidence in keypoints.tolist()]}


def true_view(person, box, xy):
    """The same person as score_synth.py reads the truth; everybody is in full view."""
    x0, y0, x1, y1 = box.tolist()
    return {"id": person, "is_reflection": False, "bbox": [x0, y0, x1 - x0, y1 - y0], "truncation": 0.0, "visible_keypoints": COCO,
            "keypoints": [[x, y, 2] for x, y in xy.tolist()]}


def project(scene, random):
    """(truth, perceptions) of a scene."""
    stage = Stage(scene)
    errors = [PoseErrors(random) for _ in stage.people]
    truth_frames, perceptions = [], []
    for seconds, poses in stage.frames():
        views, people = [], []
        for i, xy, depth in poses:
            box = box_of(xy)
            views.append(true_view(stage.people[i].id, box, xy))
            people.append(told(i + 1, box, errors[i].seen(xy, depth), stage.size))
        truth_frames.append({"t": seconds, "views": {stage.camera.name: views}})
        perceptions.append({"v": 1, "camera_id": "cam_01", "pts": round(seconds, 6), "width": stage.size[0], "height": stage.size[1], "people": people})
    truth = {"name": scene["name"], "tags": scene["tags"], "fps": FPS, "size": stage.size, "videos": {stage.camera.name: f"{scene['name']}.jsonl"},
             "sets": [one_set for person in stage.people for one_set in person.sets], "frames": truth_frames}
    return truth, perceptions


def make(scene, seed, folder):
    """Writes recording and truth of a scene; returns (recording's path, truth, perceptions)."""
    truth, perceptions = project(scene, np.random.default_rng(seed * 7 + 1))
    folder.mkdir(parents=True, exist_ok=True)
    recording = folder / f"{scene['name']}.jsonl"
    recording.write_text("".join(json.dumps(line) + "\n" for line in perceptions), encoding="utf-8")
    recording.with_suffix(".json").write_text(json.dumps(truth, default=float), encoding="utf-8")
    return recording, truth, perceptions


def score(score_synth, recording, truth, perceptions):
    """{person: (tally, sets counted)} of one recording."""
    camera, = truth["videos"]
    result, error = score_synth.count(str(recording))
    if error:
        print(f"{recording}: {error}", file=sys.stderr)
    counted = collections.defaultdict(list)
    for person in (result or {"people": []})["people"]:
        counted[f"p{person['track_ids'][0]}"].append(person)  # the generator numbers tracks as the suite does people
    votes = score_synth.match_frames(truth, camera, perceptions, new_tally())
    tallies = {}
    for person in sorted({s["person"] for s in truth["sets"]} | set(counted)):
        tally = new_tally()
        sets = [s for s in truth["sets"] if s["person"] == person]
        score_synth.match_sets(truth | {"sets": sets}, camera, {"people": counted[person]}, votes, tally)
        tallies[person] = tally, [s for p in counted[person] for s in p["sets"]]
    return tallies


def new_tally():
    """As the functions of score_synth.py fill it."""
    return collections.defaultdict(int) | {"phase_errors": []}


def what_is_off(tally):
    """Of one person: any of count, name, faults."""
    off = {"count": tally["reps_exact"] < tally["persons_with_reps"] or tally["phantom"], "name": tally["sets_named"] < tally["sets"],
           "faults": tally["faults_missed"] or tally["faults_false"]}
    return [name for name, is_off in off.items() if is_off]


def describe(truth, person, tally, counted):
    """A person's repetitions, sets and faults as counted, beside the true ones."""
    true = [s for s in truth["sets"] if s["person"] == person]
    repetitions = f"{sum(s['rep_count'] for s in counted)} of {sum(s['rep_count'] for s in true)}"
    sets = ", ".join(f"{s['exercise']} {s['rep_count']}" for s in counted) or "nothing"
    return (f"{truth['name']:20} {person} {repetitions:>8} {'+'.join(s['exercise'] for s in true):14} counted: {sets}; "
            f"faults: {tally['faults_missed']} missed, {tally['faults_false']} invented")


def share(part, whole):
    return f"{part / whole:.3f}" if whole else "-"


def totals_line(t):
    people, found = t["persons_with_reps"], t["faults_right"]
    return (f"people {people}  exact {t['reps_exact']} {share(t['reps_exact'], people)}  within one {share(t['reps_near'], people)}  phantom {t['phantom']}  "
            f"sets named {t['sets_named']} of {t['sets']}  faults: precision {share(found, found + t['faults_false'])} recall {share(found, found + t['faults_missed'])}")


def scenes_of(make_suite, seed, only):
    """The scenes of a suite that can be projected."""
    for name in make_suite.ORDER:
        scene = getattr(make_suite, f"S_{name}")(make_suite.Maker(name, seed, private=seed != 0))
        if only in name and not LEFT_OUT & set(scene["tags"]):
            yield scene


def run(options, folder):
    """Makes, counts and scores every suite in the folder."""
    score_synth = import_from(options.eval, "score_synth")
    make_suite = import_from(options.synthgym, "make_suite")
    totals = new_tally()
    for seed in options.seeds:
        for scene in scenes_of(make_suite, seed, options.only):
            print(f"{seed} {scene['name']:24}", end="\r", file=sys.stderr, flush=True)
            recording, truth, perceptions = make(scene, seed, folder / str(seed))
            for person, (tally, counted) in score(score_synth, recording, truth, perceptions).items():
                off = what_is_off(tally)
                if off:
                    print(f"{seed} {'+'.join(off):17} {describe(truth, person, tally, counted)}", flush=True)
                for name, value in tally.items():
                    totals[name] += value
    print(totals_line(totals))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=lambda text: [int(seed) for seed in text.split(",")], default=[201, 202, 203, 204, 205])
    parser.add_argument("--only", default="", help="only scenes whose name holds this")
    parser.add_argument("--keep", type=pathlib.Path, help="folder for the recordings and truths")
    parser.add_argument("--eval", type=pathlib.Path, default=ROOT.parent / "shared" / "eval")
    parser.add_argument("--synthgym", type=pathlib.Path, default=ROOT.parent / "shared" / "synthgym")
    options = parser.parse_args()
    os.environ.setdefault("SPOTTER", str(ROOT / "build/release/bin/spotter"))
    if options.keep:
        run(options, options.keep)
        return
    with tempfile.TemporaryDirectory() as folder:
        run(options, pathlib.Path(folder))


if __name__ == "__main__":
    main()
