#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes scene descriptions of gyms with and without mirrors, for the rendered tests of mirror rejection.

usage: bench/mirror_scenes.py OUT_DIR [--seed N] [--only TEXT]

One JSON file a scene (JSON is YAML, so a renderer of YAML scenes takes it): people with bodies, clothes and timelines, cameras, light and, on the
wall y = +4 m, a mirror. World in metres, z up, heading 90 looks into the mirror. Scenes whose name begins with "plain" have no mirror: real
people doing the same thing at the same time, of whom nobody may be taken for a reflection.
"""
import argparse
import json
import pathlib
import random

ROOM = (10, 8)
WALL_MIRROR = {"rect": [-3.4, 3.4, 0.15, 2.5], "panels": 4}
COLOURS = [[.12, .22, .55], [.55, .08, .10], [.05, .05, .06], [.75, .75, .74], [.10, .38, .20], [.62, .40, .06], [.30, .12, .40]]


class Writer:
    """Scenes of one seed; everything that may vary is drawn from its random numbers."""

    def __init__(self, seed, name):
        self.random = random.Random(f"{seed}/{name}")
        self.people = []

    def between(self, low, high):
        return round(self.random.uniform(low, high), 3)

    def near(self, position, spread=0.25):
        return [round(value + self.random.uniform(-spread, spread), 3) for value in position]

    def do(self, exercise, reps, tempo=None):
        return {"do": exercise, "reps": reps, "tempo": tempo or self.between(0.85, 1.2)}

    def person(self, position, heading, timeline, **more):
        pheno = {"gender": self.random.randint(0, 1), "height": self.between(0.1, 0.5), "weight": self.between(0.3, 0.75), "muscle": self.between(0.45, 0.9),
                 "proportions": self.between(0.5, 1), "age": self.between(0.6, 0.85), "caucasian": 1, "african": 0, "asian": 0}
        shirt, leg = self.random.sample(COLOURS, 2)
        look = {"skin": [.62, .43, .33], "hair": [.1, .06, .035], "shirt": shirt, "leg": leg, "shoe": self.random.choice(COLOURS), "leg_hem": 0.65,
                "leg_loose": 0.02, "sleeve": 0.6, "shirt_loose": 0.012, "pattern": self.random.randint(0, 2), "hair_len": 0.015, "bald": False}
        self.people.append({"id": f"p{len(self.people) + 1}", "pheno": pheno, "look": look, "timeline": timeline,
                            "start": {"pos": position, "heading": heading, "t": more.pop("t", 0.0)}, **more})

    def scene(self, name, camera, **more):
        position, target, fov = camera
        return {"name": name, "tags": ["mirror" if "mirror" in more else "plain"], "seed": self.random.randrange(1 << 30), "fps": 15, "size": [640, 360],
                "room": {"size": list(ROOM), "wall": [.6, .6, .58], "floor": [.2, .2, .21], "floor_mat": 10},
                "light": {"key": [self.between(-.5, .5), self.between(-.5, .5), 1], "key_col": [1, .96, .9], "amb": [.75, .77, .82],
                          "exposure": self.between(.85, 1.1), "vignette": .5},
                "noise": {"sigma": 1.6, "blur": .45, "crf": 25}, "cameras": [{"name": "cam0", "pos": position, "target": target, "fov": fov}],
                "people": self.people, **more}


def mirror_front(w):
    """Watches the reflection while curling; the camera looks over the shoulder."""
    w.person(w.near([0, 2.0]), 90, [w.do("bicep_curl", 5) | {"load": "dumbbells"}, {"do": "stand", "dur": 2}])
    return w.scene("mirror_front", (w.near([1.9, -2.0, 2.0]), [0, 2.4, .95], 60), mirror=WALL_MIRROR)


def mirror_behind(w):
    """Has the mirror in the back: the camera sees the face, the mirror the back."""
    w.person(w.near([-.6, 1.6]), w.between(-110, -70), [w.do("squat", 5), {"do": "stand", "dur": 2}])
    return w.scene("mirror_behind", (w.near([1.4, -2.6, 2.1]), [0, 2.4, .95], 62), mirror=WALL_MIRROR)


def mirror_sideways(w):
    """Stands sideways to the mirror: both images are seen from the same side."""
    w.person(w.near([-.3, 2.0]), w.random.choice([0, 180]), [w.do(w.random.choice(["squat", "deadlift", "overhead_press"]), 5), {"do": "stand", "dur": 2}])
    return w.scene("mirror_sideways", (w.near([1.7, -2.6, 2.2]), [0, 2.4, .95], 62), mirror=WALL_MIRROR)


def mirror_half(w):
    """The mirror hangs at breast height: the reflection has no legs."""
    w.person(w.near([0, 2.2]), w.between(60, 120), [w.do("overhead_press", 5), {"do": "stand", "dur": 2}])
    return w.scene("mirror_half", (w.near([1.5, -2.2, 1.8]), [0, 2.4, 1.1], 58), mirror={"rect": [-2.5, 2.5, .9, 2.4], "panels": 2})


def mirror_group(w):
    """Two at work before the mirror and one who walks by."""
    w.person(w.near([-1.5, 1.7]), w.between(70, 110), [w.do("lateral_raise", 4), {"do": "stand", "dur": 2}])
    w.person(w.near([.9, 1.5]), w.between(60, 90), [w.do("squat", 4), {"do": "stand", "dur": 2}])
    w.person([4.3, w.between(-.4, .2)], 180, [{"do": "stand", "dur": 1.5}, {"do": "walk", "to": [[-4.0, w.between(-.3, .3)]], "speed": 1.1}], leave=True)
    return w.scene("mirror_group", (w.near([0, -3.6, 2.4], 0.2), [0, 1.9, .9], 66), mirror=WALL_MIRROR)


def mirror_arrival(w):
    """Walks in, does a set, walks out; somebody else rests before the same mirror."""
    w.person([-3.6, w.between(-.3, .4)], 0, [{"do": "walk", "to": [w.near([-.4, 1.4])]}, w.do("jumping_jack", 6) | {"heading": 90},
                                             {"do": "walk", "to": [[3.8, .4]]}], leave=True)
    w.person(w.near([1.9, 1.9]), w.between(200, 330), [{"do": "phone", "dur": 4}, {"do": "stand", "dur": 9}])
    return w.scene("mirror_arrival", (w.near([.3, -3.5, 2.3]), [0, 1.8, .9], 66), mirror=WALL_MIRROR)


def mirror_neighbours(w):
    """Two neighbours do the same at the same pace before the mirror: two people, two reflections."""
    tempo = w.between(0.9, 1.1)
    w.person(w.near([-1.1, 1.6], .1), 90, [w.do("squat", 5, tempo), {"do": "stand", "dur": 2}])
    w.person(w.near([1.1, 1.6], .1), 90, [w.do("squat", 5, tempo), {"do": "stand", "dur": 2}])
    return w.scene("mirror_neighbours", (w.near([.2, -3.5, 2.3]), [0, 1.9, .9], 66), mirror=WALL_MIRROR)


def plain_neighbours(w):
    """Side by side, same exercise, same pace."""
    tempo, exercise = w.between(0.9, 1.1), w.random.choice(["squat", "bicep_curl", "lateral_raise"])
    for x in (-1.1, 1.1):
        w.person(w.near([x, 1.0], .15), -90, [w.do(exercise, 5, tempo), {"do": "stand", "dur": 2}])
    return w.scene("plain_neighbours", (w.near([.3, -3.3, 2.1]), [0, 1.0, .9], 62))


def plain_rows(w):
    """One behind the other, as in a class."""
    tempo, exercise = w.between(0.9, 1.1), w.random.choice(["squat", "lateral_raise", "jumping_jack"])
    for position in ([-.6, .2], [.7, 2.8]):
        w.person(w.near(position, .15), w.between(-95, -85), [w.do(exercise, 5, tempo), {"do": "stand", "dur": 2}])
    return w.scene("plain_rows", (w.near([.2, -3.5, 2.3]), [0, 1.3, .9], 62))


def plain_partners(w):
    """Face each other, as a trainer shows an exercise: the hardest case."""
    tempo, exercise = w.between(0.9, 1.1), w.random.choice(["squat", "lateral_raise", "overhead_press"])
    w.person(w.near([-.4, .2], .15), 85, [w.do(exercise, 5, tempo), {"do": "stand", "dur": 2}])
    w.person(w.near([.4, 2.4], .15), -95, [w.do(exercise, 5, tempo), {"do": "stand", "dur": 2}])
    return w.scene("plain_partners", (w.near([1.2, -3.5, 2.3]), [0, 1.3, .9], 62))


SCENES = [mirror_front, mirror_behind, mirror_sideways, mirror_half, mirror_group, mirror_arrival, mirror_neighbours,
          plain_neighbours, plain_rows, plain_partners]


def main():
    parser = argparse.ArgumentParser(description="Writes scenes for the rendered tests of mirror rejection.")
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for make in SCENES:
        name = f"{make.__name__}_{options.seed}"
        if options.only in name:
            scene = make(Writer(options.seed, make.__name__)) | {"name": name}
            (options.out / f"{name}.yaml").write_text(json.dumps(scene, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
