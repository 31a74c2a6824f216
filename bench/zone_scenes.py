#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes scenes of a gym floor with two machines, to measure zones, occupancy and cleaning on.

usage: zone_scenes.py FOLDER [--seed N] [--only TEXT]

Each scene is one file (JSON, which is YAML) in the form that the synthetic gym renderer reads: people with bodies, clothes and a timeline, a camera,
two zones. The renderer makes a video and its truth of each; the truth's zones and homography are the configuration to count with. The same seed
gives the same scenes; bodies, clothes, light, camera, tempo and order of events depend on it. Standard library only.
"""
import argparse
import json
import math
import pathlib
import random
import zlib

SKIN = [[.66, .46, .37], [.58, .39, .30], [.46, .30, .21], [.34, .21, .145], [.24, .145, .10]]
CLOTH = [[.12, .22, .55], [.55, .08, .10], [.05, .05, .06], [.75, .75, .74], [.10, .38, .20], [.62, .40, .06], [.30, .12, .40], [.22, .23, .26]]
DOOR = [-4.9, 2.6]
# Where one stands at each machine, and its zone (metres).
PLACE = {"machine_1": [-1.5, .3], "machine_2": [1.5, .3]}
ZONE = {"machine_1": [[-2.4, -.7], [-.4, -.7], [-.4, 1.3], [-2.4, 1.3]], "machine_2": [[.6, -.7], [2.6, -.7], [2.6, 1.3], [.6, 1.3]]}
WAY_IN = {"machine_1": [[-3.0, 1.6]], "machine_2": [[-2.5, 2.4], [.9, 1.9]]}


class Director:
    """Draws what a scene leaves open; one for each scene, so that scenes do not depend on each other."""

    def __init__(self, name, seed):
        self.name = name
        self.random = random.Random(seed * 1_000_003 + zlib.crc32(name.encode()))
        self.people = []

    def between(self, low, high):
        return round(self.random.uniform(low, high), 3)

    def person(self, pos, heading, timeline, t=0.0, leave=False):
        """Adds somebody who stands at `pos` at t seconds and then lives `timeline`."""
        pick, between = self.random.choice, self.between
        pheno = {"gender": self.random.randint(0, 1), "height": between(.05, .55), "weight": between(.3, .8), "muscle": between(.45, .9), "proportions": between(.5, 1), "age": between(.6, .9),
                 **dict(zip(("caucasian", "african", "asian"), pick([(1, 0, 0), (0, 1, 0), (0, 0, 1)])))}
        look = {"skin": pick(SKIN), "hair": [.1, .06, .035], "shirt": pick(CLOTH), "leg": pick(CLOTH), "shoe": pick(CLOTH), "leg_hem": pick([.5, .65, .8]), "leg_loose": .02,
                "sleeve": pick([.05, .5, .65]), "shirt_loose": between(.006, .018), "pattern": self.random.randint(0, 2), "hair_len": between(.006, .022), "bald": False}
        self.people.append({"id": f"p{len(self.people) + 1}", "pheno": pheno, "look": look, "start": {"pos": pos, "heading": heading, "t": t}, "timeline": timeline, "leave": leave})

    def exercise(self, do, reps, load=None):
        step = {"do": do, "reps": reps, "tempo": self.between(.85, 1.2), "heading": self.between(-15, 15), "faults": []}
        return {**step, "load": load} if load else step

    def wipe(self, machine, low=3.5, high=5.5):
        return {"do": "wipe", "dur": self.between(low, high), "target": machine, "heading": 0, "surface_z": self.between(.8, .98)}

    def enter(self, machine):
        return {"do": "walk", "to": [*WAY_IN[machine], PLACE[machine]], "speed": self.between(.9, 1.3)}

    def go(self, machine):
        return {"do": "walk", "to": [*reversed(WAY_IN[machine]), DOOR], "speed": self.between(.9, 1.3)}

    def scene(self):
        azimuth = math.radians(-60 + self.between(-12, 12))
        distance, height = 4.3 + self.between(-.5, .5), 2.35 + self.between(-.4, .4)
        camera = [round(max(-4.8, min(4.8, .1 + distance * math.cos(azimuth))), 3), round(max(-3.85, min(3.85, .3 + distance * math.sin(azimuth))), 3), round(height, 3)]
        return {"name": self.name, "tags": ["zones"], "seed": self.random.randrange(1 << 30), "fps": 15, "size": [640, 360],
                "room": {"size": [10, 8], "wall": self.random.choice([[.66, .63, .58], [.55, .58, .62], [.45, .47, .50]]), "floor": self.random.choice([[.17, .17, .19], [.23, .23, .24], [.27, .22, .18]]), "floor_mat": 10},
                "light": {"key": [self.between(-.5, .5), self.between(-.5, .5), 1.0], "key_col": [1, .96, .9], "amb": [.75, .77, .82], "exposure": self.between(.75, 1.15), "vignette": self.between(.3, .7)},
                "noise": {"sigma": self.between(1, 2.2), "blur": self.between(.3, .6), "crf": 25},
                "cameras": [{"name": "cam0", "pos": camera, "target": [.1, .3, .88], "fov": 70 + self.between(-2, 3)}], "people": self.people,
                "zones": [{"name": name, "polygon": polygon} for name, polygon in ZONE.items()],
                "props": [{"type": "machine", "pos": [-.85, .3], "yaw": 0}, {"type": "machine", "pos": [2.15, .3], "yaw": 0}, {"type": "door", "pos": [-4.98, 2.6]}]}


def user_cleans(d):
    """Comes, trains, wipes, leaves."""
    d.person([-3.6, 2.4], -40, [d.enter("machine_1"), d.exercise("bicep_curl", 3, "dumbbells"), d.wipe("machine_1"), d.go("machine_1"), {"do": "stand", "dur": 3}])


def user_leaves_it_dirty(d):
    """Trains and leaves; somebody else walks past along the edge of the zones."""
    d.person(PLACE["machine_1"], 0, [d.exercise("squat", 3), d.go("machine_1"), {"do": "stand", "dur": 3}])
    d.person([3.8, -1.3], 180, [{"do": "stand", "dur": 2}, {"do": "walk", "to": [[-3.5, -1.2]], "speed": 1.1}])


def staff_cleans(d):
    """A user leaves, staff comes after a moment and wipes."""
    d.person(PLACE["machine_1"], 0, [d.exercise("overhead_press", 3, "dumbbells"), {"do": "walk", "to": [[-3.0, 1.6], [-4.2, 3.0]], "speed": 1.2}, {"do": "stand", "dur": 2}])
    d.person([-3.6, -1.8], 30, [{"do": "stand", "dur": 14}, {"do": "walk", "to": [[-2.7, -.6], PLACE["machine_1"]]}, d.wipe("machine_1"), {"do": "walk", "to": [[-3.0, -1.6]]}, {"do": "stand", "dur": 4}])


def passes_through(d):
    """Somebody crosses machine 1's zone twice, for less than a use; machine 2 is in use throughout."""
    d.person(PLACE["machine_2"], 0, [d.exercise("lateral_raise", 5, "dumbbells")])
    d.person([-3.8, .2], 0, [{"do": "stand", "dur": 1.5}, {"do": "walk", "to": [[-.2, -.1], [-.1, -1.6]], "speed": 1.2}, {"do": "stand", "dur": 2}, {"do": "walk", "to": [[-.8, .2], [-3.4, .6]], "speed": 1.3}])


def steps_out_for_a_moment(d):
    """Leaves the zone for under three seconds and comes back: one use."""
    d.person(PLACE["machine_1"], 0, [d.exercise("bicep_curl", 3, "dumbbells"), {"do": "walk", "to": [[-1.6, 1.7], PLACE["machine_1"]], "speed": 1.3}, d.exercise("lateral_raise", 3, "dumbbells"), d.go("machine_1"), {"do": "stand", "dur": 3}])


def comes_back_later(d):
    """Leaves for longer: two uses."""
    d.person(PLACE["machine_1"], 0, [d.exercise("squat", 3), {"do": "walk", "to": [[-2.8, 1.8]]}, {"do": "drink", "dur": 5}, {"do": "walk", "to": [PLACE["machine_1"]]}, d.exercise("bicep_curl", 3, "dumbbells"), d.wipe("machine_1")])


def both_machines(d):
    """Two people at work beside each other; one cleans, one does not."""
    d.person(PLACE["machine_1"], 0, [d.exercise("deadlift", 3, "barbell"), d.go("machine_1"), {"do": "stand", "dur": 4}])
    d.person([-.1, 2.2], -60, [{"do": "walk", "to": [[.7, 1.7], PLACE["machine_2"]]}, d.exercise("bicep_curl", 2, "dumbbells"), d.wipe("machine_2"), {"do": "walk", "to": [[1.2, 2.0]]}, {"do": "stand", "dur": 4}])


def hand_over(d):
    """One leaves while the next comes."""
    d.person(PLACE["machine_1"], 0, [d.exercise("overhead_press", 3, "dumbbells"), d.wipe("machine_1", 3, 4), {"do": "walk", "to": [[-1.6, 1.6], [-3.2, 2.7]]}, {"do": "stand", "dur": 3}])
    d.person([-4.6, 2.4], -20, [{"do": "walk", "to": [[-3.0, 1.0], [-2.7, -.6]]}, {"do": "stand", "dur": d.between(4, 6), "heading": 30}, {"do": "walk", "to": [PLACE["machine_1"]]}, d.exercise("lateral_raise", 3, "dumbbells")])


def works_bent_over(d):
    """What looks like wiping: rows, deadlifts and lunges at the machines."""
    d.person(PLACE["machine_1"], 0, [d.exercise("bent_over_row", 5, "dumbbells"), {"do": "phone", "dur": 3}, d.exercise("lunge", 3)])
    d.person(PLACE["machine_2"], 0, [d.exercise("deadlift", 4, "barbell"), {"do": "drink", "dur": 4}])


def works_on_the_floor(d):
    """Sit-ups and push-ups within the zones, and a rest."""
    d.person(PLACE["machine_1"], 180, [d.exercise("push_up", 4), {"do": "stand", "dur": 2}])
    d.person(PLACE["machine_2"], 90, [{"do": "stand", "dur": 2}, d.exercise("jumping_jack", 6), {"do": "stand", "dur": 3}])


def cleaning_round(d):
    """Staff wipes one machine after the other; nobody has used them."""
    d.person([-3.6, -1.0], 20, [{"do": "walk", "to": [PLACE["machine_1"]]}, d.wipe("machine_1", 5, 6), {"do": "walk", "to": [[-.1, -1.4], [.6, -.9], PLACE["machine_2"]]}, d.wipe("machine_2", 5, 6), {"do": "walk", "to": [[1.2, 2.0]]}, {"do": "stand", "dur": 3.5}])


def wipes_and_goes_on(d):
    """Wipes before training and again after it."""
    d.person([-3.4, 1.8], -40, [{"do": "walk", "to": [PLACE["machine_1"]]}, d.wipe("machine_1"), d.exercise("bicep_curl", 3, "dumbbells"), d.wipe("machine_1"), {"do": "walk", "to": [[-3.0, 1.6]]}, {"do": "stand", "dur": 3.5}])


SCENES = [user_cleans, user_leaves_it_dirty, staff_cleans, passes_through, steps_out_for_a_moment, comes_back_later, both_machines, hand_over, works_bent_over, works_on_the_floor, cleaning_round,
          wipes_and_goes_on]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="only scenes whose name holds this")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for play in SCENES:
        if options.only in play.__name__:
            director = Director(f"zone_{play.__name__}_{options.seed}", options.seed)
            play(director)
            options.folder.joinpath(f"{director.name}.yaml").write_text(json.dumps(director.scene(), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
