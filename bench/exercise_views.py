#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Shows each exercise from each side and tells what it was taken for.

usage: exercise_views.py SPOTTER [--people N] [--seed S] [--only TEXT] [--keep DIR]
Stick figures posed by joint angles do five repetitions of one exercise, filmed in perspective from the front, the rear and
between, by cameras of different heights, with the jitter of a pose model. A definition whose gates hold in the view of the
clip it was written from, and no other, shows up here. Prints a table exercise x view: . is the right name, ~ another one of the
family, ? unknown, - not found, else the wrong name; behind it the repetitions where more than one is off. Then the shares. The
same seed gives the same figures. Needs numpy.
"""
import argparse
import collections
import json
import os
import subprocess
import tempfile

import numpy as np

import idle_people

FPS = 15
REPETITIONS = 5
VIEWS_DEG = {"front": 0, "front45": 45, "side": 90, "rear45": 135, "rear": 180}
LIMBS = ("upper_l", "upper_r", "fore_l", "fore_r", "thigh_l", "thigh_r", "shank_l", "shank_r")
# Degrees: forward positive from straight down (trunk: from straight up), and out to the side; metres: where the hips are
# besides what the anchor says.
COLUMNS = ("trunk",) + LIMBS + tuple(f"{limb}_out" for limb in LIMBS) + ("hop_m",)
STANDING = dict.fromkeys(COLUMNS, 0.0) | {"fore_l": 8.0, "fore_r": 8.0, "upper_l_out": 6.0, "upper_r_out": 6.0, "fore_l_out": 6.0,
                                          "fore_r_out": 6.0, "thigh_l_out": 3.0, "thigh_r_out": 3.0}


def pose(**changes):
    """A posture; upper=…, fore_out=… and the like change both sides."""
    both = {}
    for key, value in changes.items():
        limb, _, out = key.partition("_out")
        names = [key] if key in COLUMNS else [f"{limb}_{side}{'_out' if key.endswith('_out') else ''}" for side in "lr"]
        both |= dict.fromkeys(names, float(value))
    return STANDING | both


def mirrored(posture):
    swap = str.maketrans("lr", "rl")
    return {c: posture["_".join(p.translate(swap) if p in "lr" else p for p in c.split("_"))] for c in COLUMNS}


# What stays where it is: joints whose mean place is fixed, and its height in metres.
FEET, HANDS_ON_FLOOR, HIPS_ON_BENCH = ((15, 16), 0.08), ((9, 10), 0.05), ((11, 12), 0.45)
HIPS_ON_FLOOR, BAR, DIP_BARS, BACK_ON_BENCH, BACK_ON_FLOOR = ((11, 12), 0.12), ((9, 10), 2.3), ((9, 10), 1.2), ((5, 6), 0.42), ((5, 6), 0.12)

STAND = pose()
PLANK = pose(trunk=70, thigh=-74, shank=-74, upper=0, fore=0)
LOW_PLANK = pose(trunk=84, thigh=-86, shank=-86, upper=-70, fore=12, upper_out=20)
CROUCH = pose(trunk=75, thigh=95, shank=-40, upper=5, fore=5)
JUMP = pose(upper=172, fore=176, hop_m=0.25)
SEATED = dict(thigh=85, shank=-3)
LYING = dict(trunk=-90, thigh=75, shank=-8)
LUNGE_TOP = pose(thigh_l=24, shank_l=0, thigh_r=-22, shank_r=-38)
LUNGE = pose(trunk=8, thigh_l=84, shank_l=-2, thigh_r=-8, shank_r=-82)
STEPPED = pose(trunk=8, thigh_l=84, shank_l=2, thigh_r=-8, shank_r=-80)
DEADLIFT = pose(trunk=68, thigh=55, shank=-18, upper=8, fore=5)
PLANK_KNEE = PLANK | {"thigh_l": 35.0, "shank_l": -75.0}
HIGH_KNEE = pose(thigh_l=85, shank_l=-5, upper_r=30, fore_r=100)
ARMS_UP = dict(upper=170, fore=178, upper_out=22, fore_out=8)
PULLED = dict(upper=12, fore=172, upper_out=38, fore_out=-4)

# name: (anchor, [(posture, seconds to get there, seconds there)]); the first posture is the start of a repetition.
EXERCISES = {
    "squat": (FEET, [(pose(upper=80, fore=85), 1.1, 0.3), (pose(trunk=38, thigh=88, shank=-28, upper=85, fore=88), 1.2, 0.2)]),
    "goblet_squat": (FEET, [(pose(upper=15, fore=140, upper_out=4, fore_out=-35), 1.1, 0.3), (pose(trunk=32, thigh=88, shank=-28, upper=40, fore=165, upper_out=4, fore_out=-35), 1.2, 0.2)]),
    "barbell_squat": (FEET, [(pose(upper=-25, fore=150, upper_out=25), 1.2, 0.4),
                             (pose(trunk=40, thigh=88, shank=-26, upper=10, fore=175, upper_out=25), 1.4, 0.1)]),
    "split_lunge": (FEET, [(LUNGE_TOP, 1.0, 0.3), (LUNGE, 1.1, 0.2)]),
    "forward_lunge": (FEET, [(STAND, 0.9, 0.3), (STEPPED, 1.0, 0.2), (STAND, 0.9, 0.3), (mirrored(STEPPED), 1.0, 0.2)]),
    "split_squat": (FEET, [(pose(thigh_l=10, shank_l=-4, thigh_r=-14, shank_r=-98), 1.0, 0.3),
                           (pose(trunk=18, thigh_l=82, shank_l=-10, thigh_r=-22, shank_r=-112), 1.1, 0.2)]),
    "side_lunge": (FEET, [(pose(upper=8, fore=135), 1.0, 0.3), (pose(trunk=35, thigh_l=75, shank_l=-25, thigh_l_out=25, thigh_r_out=38, shank_r_out=38, upper=30, fore=130), 1.1, 0.2)]),
    "deadlift": (FEET, [(STAND, 1.2, 0.4), (DEADLIFT, 1.3, 0.4)]),
    "romanian_deadlift": (FEET, [(STAND, 1.3, 0.3), (pose(trunk=80, thigh=22, shank=-10, upper=4, fore=4), 1.5, 0.1)]),
    "bent_over_row": (FEET, [(pose(trunk=60, thigh=28, shank=-16), 1.0, 0.3), (pose(trunk=58, thigh=28, shank=-16, upper=-58, fore=20, upper_out=15), 0.9, 0.3)]),
    "bicep_curl": (FEET, [(STAND, 1.0, 0.3), (pose(upper=8, fore=142), 1.0, 0.3)]),
    "lateral_raise": (FEET, [(STAND, 1.0, 0.3), (pose(upper_out=85, fore_out=83), 1.0, 0.3)]),
    "front_raise": (FEET, [(STAND, 1.0, 0.3), (pose(upper=88, fore=92), 1.0, 0.3)]),
    "overhead_press": (FEET, [(pose(upper=25, fore=172, upper_out=30), 1.0, 0.3), (pose(upper=174, fore=178, upper_out=12), 1.0, 0.3)]),
    "triceps_extension": (FEET, [(pose(upper=172, fore=290), 1.0, 0.3), (pose(upper=172, fore=182), 1.0, 0.3)]),
    "lat_pulldown": (HIPS_ON_BENCH, [(pose(trunk=-5, **SEATED, **ARMS_UP), 1.0, 0.3), (pose(trunk=-12, **SEATED, **PULLED), 1.0, 0.4)]),
    "pull_up": (BAR, [(pose(shank=-25, **ARMS_UP), 1.1, 0.3), (pose(trunk=-6, shank=-35, **PULLED), 1.0, 0.3)]),
    "dip": (DIP_BARS, [(pose(trunk=6, thigh=0, shank=-55, upper=-4, fore=2), 1.0, 0.3),
                       (pose(trunk=32, thigh=8, shank=-65, upper=-68, fore=6), 1.1, 0.2)]),
    "push_up": (HANDS_ON_FLOOR, [(PLANK, 0.9, 0.2), (LOW_PLANK, 1.0, 0.2)]),
    "bench_press": (HIPS_ON_BENCH, [(pose(upper=178, fore=180, **LYING), 1.0, 0.3), (pose(upper=178, upper_out=82, fore=180, fore_out=5, **LYING), 1.2, 0.2)]),
    "chest_fly": (HIPS_ON_BENCH, [(pose(trunk=-6, **SEATED, upper_out=84, fore_out=80, upper=25, fore=40), 1.0, 0.3), (pose(trunk=-6, **SEATED, upper=80, fore=88, upper_out=5, fore_out=-30), 1.0, 0.3)]),
    "chest_press": (HIPS_ON_BENCH, [(pose(trunk=-6, **SEATED, upper=-20, fore=88, upper_out=45), 1.0, 0.3), (pose(trunk=-6, **SEATED, upper=82, fore=88, upper_out=8), 1.0, 0.3)]),
    "hip_thrust": (BACK_ON_BENCH, [(pose(trunk=-64, thigh=125, shank=-6, upper=60, fore=80), 1.0, 0.3),
                                   (pose(trunk=-91, thigh=92, shank=-2, upper=85, fore=100), 1.0, 0.4)]),
    "glute_bridge": (BACK_ON_FLOOR, [(pose(trunk=-90, thigh=132, shank=-12, upper=88, fore=88), 0.9, 0.3),
                                     (pose(trunk=-115, thigh=98, shank=-2, upper=80, fore=84), 0.9, 0.4)]),
    "sit_up": (HIPS_ON_FLOOR, [(pose(trunk=-88, thigh=140, shank=-25, upper=110, fore=215), 1.1, 0.3),
                               (pose(trunk=-15, thigh=142, shank=-25, upper=30, fore=140), 1.1, 0.2)]),
    "leg_raise": (HIPS_ON_FLOOR, [(pose(trunk=-90, thigh=92, shank=92, upper=88, fore=88), 1.2, 0.2),
                                  (pose(trunk=-90, thigh=168, shank=165, upper=88, fore=88), 1.1, 0.2)]),
    "leg_extension": (HIPS_ON_BENCH, [(pose(trunk=-8, thigh=86, shank=-8, upper=10, fore=25), 1.0, 0.3),
                                      (pose(trunk=-10, thigh=88, shank=80, upper=10, fore=25), 1.0, 0.3)]),
    "leg_press": (HIPS_ON_BENCH, [(pose(trunk=-45, thigh=158, shank=62, upper=20, fore=50), 1.2, 0.2),
                                  (pose(trunk=-45, thigh=126, shank=116, upper=20, fore=50), 1.2, 0.3)]),
    "jumping_jack": (FEET, [(STAND, 0.45, 0.05), (pose(upper_out=160, fore_out=166, thigh_out=20, shank_out=20), 0.45, 0.05)]),
    "high_knees": (FEET, [(HIGH_KNEE, 0.28, 0), (mirrored(HIGH_KNEE), 0.28, 0)]),
    "mountain_climber": (HANDS_ON_FLOOR, [(PLANK, 0.3, 0), (PLANK_KNEE, 0.35, 0), (PLANK, 0.3, 0), (mirrored(PLANK_KNEE), 0.35, 0)]),
    "burpee": (FEET, [(STAND, 0.3, 0.2), (CROUCH, 0.6, 0.1), (PLANK, 0.4, 0.1), (LOW_PLANK, 0.5, 0.1), (PLANK, 0.4, 0.1), (CROUCH, 0.4, 0), (JUMP, 0.5, 0)]),
    "squat_thrust": (FEET, [(STAND, 0.6, 0.2), (CROUCH, 0.6, 0.1), (PLANK, 0.4, 0.2), (CROUCH, 0.4, 0.1)]),
}
# What is the right name of a set, where it is not the key; and the families of variants.
NAMES = {"barbell_squat": "squat", "split_lunge": "lunge", "forward_lunge": "lunge", "squat_thrust": "unknown"}
FAMILIES = {"goblet_squat": "squat", "split_squat": "lunge", "side_lunge": "lunge", "romanian_deadlift": "deadlift", "glute_bridge": "hip_thrust",
            "crunch": "sit_up"}
# Those that alternate: two repetitions in each of so many cycles.
CYCLES = {"forward_lunge": 3, "high_knees": 12, "mountain_climber": 8}


def figure(posture, shape):
    """17 x 3 joints (forward, up, left; metres) with the hips at the origin."""
    a = {c: np.radians(posture[c]) for c in COLUMNS}
    joints = np.zeros((17, 3))
    up = np.array([np.sin(a["trunk"]), np.cos(a["trunk"]), 0])
    ahead = np.array([np.cos(a["trunk"]), -np.sin(a["trunk"]), 0])
    neck = 0.5 * up
    joints[:5] = neck + 0.22 * up + 0.1 * ahead

    def limb(start, metres, name, sign):
        forward, out = a[name], a[f"{name}_out"]
        return start + shape[name.split("_", maxsplit=1)[0]] * metres * np.array([np.sin(forward) * np.cos(out), -np.cos(forward) * np.cos(out), sign * np.sin(out)])

    for k, (side, sign) in enumerate((("l", 1), ("r", -1))):
        joints[5 + k] = neck + [0, 0, sign * 0.18]
        joints[7 + k] = limb(joints[5 + k], 0.30, f"upper_{side}", sign)
        joints[9 + k] = limb(joints[7 + k], 0.26, f"fore_{side}", sign)
        joints[11 + k] = [0, 0, sign * 0.10]
        joints[13 + k] = limb(joints[11 + k], 0.42, f"thigh_{side}", sign)
        joints[15 + k] = limb(joints[13 + k], 0.42, f"shank_{side}", sign)
    return joints


def placed(posture, anchor, shape):
    """The joints where the anchor holds them: what rests on the floor rests with its lowest joint."""
    joints = figure(posture, shape)
    fixed, height = anchor
    joints[:, 0] -= joints[list(fixed), 0].mean()
    joints[:, 1] += height - (joints[15:, 1].min() if anchor is FEET else joints[list(fixed), 1].mean()) + posture["hop_m"]
    return joints


def keyframes(name, shape):
    """The joints at each posture of one repetition; from standing to the floor and back the hands hold the place."""
    anchor, steps = EXERCISES[name]
    frames = []
    for posture, _, _ in steps:
        if anchor is FEET and posture in (PLANK, LOW_PLANK):
            joints = placed(posture, HANDS_ON_FLOOR, shape)
            joints[:, 0] += placed(CROUCH, FEET, shape)[9:11, 0].mean()
        else:
            joints = placed(posture, anchor, shape)
        frames.append(joints)
    return frames


def perform(name, random):
    """Frames x 17 x 3 of a set. Between two postures limbs turn: the angles are what is interpolated."""
    anchor, steps = EXERCISES[name]
    shape = {limb: random.uniform(0.93, 1.07) for limb in ("upper", "fore", "thigh", "shank")}
    frames, pace = [], random.uniform(0.85, 1.25)
    hips = [joints[11:13].mean(axis=0) for joints in keyframes(name, shape)]
    table = [np.array([posture[c] for c in COLUMNS]) for posture, _, _ in steps]

    def add(k, to, seconds, steps_s):
        for i in range(1, max(int(seconds * pace * FPS), 1) + 1):
            s = i / max(int(seconds * pace * FPS), 1)
            s = 10 * s**3 - 15 * s**4 + 6 * s**5 if steps_s else 0
            posture = dict(zip(COLUMNS, table[k] + s * (table[to] - table[k])))
            joints = figure(posture, shape)
            is_free = anchor is FEET and name in ("burpee", "squat_thrust")
            frames.append(joints + hips[k] + s * (hips[to] - hips[k]) if is_free else placed(posture, anchor, shape))

    add(0, 0, 1.5, False)
    for _ in range(CYCLES.get(name, REPETITIONS)):
        for k in range(len(steps)):
            to = (k + 1) % len(steps)
            add(k, to, steps[to][1] * random.uniform(0.9, 1.1), True)
            add(to, to, steps[to][2], False)
    add(0, 0, 1.5, False)
    return np.array(frames)


def filmed(joints, yaw_deg, random):
    """Frames x 17 x 3 (x, y in the picture, confidence) seen by one camera. 0 degrees: from the front."""
    yaw = np.radians(yaw_deg + random.uniform(-8, 8))
    height, distance = random.uniform(0.9, 2.2), random.uniform(3.2, 5.0)
    toward = joints[:, :, 0] * np.cos(yaw) + joints[:, :, 2] * np.sin(yaw)
    right = joints[:, :, 2] * np.cos(yaw) - joints[:, :, 0] * np.sin(yaw)
    middle = (joints[:, :, 1].max() + joints[:, :, 1].min()) / 2
    pitch = np.arctan2(height - middle, distance)
    up, depth = joints[:, :, 1] - height, distance - toward
    along, above = depth * np.cos(pitch) - up * np.sin(pitch), up * np.cos(pitch) + depth * np.sin(pitch)
    focal = 0.62 * distance / max(joints[:, :, 1].max() - joints[:, :, 1].min(), 1.6)
    noise_m = random.uniform(0.006, 0.016)
    x = focal * (right + random.normal(0, noise_m, right.shape)) / along
    y = focal * (above + random.normal(0, noise_m, right.shape)) / along
    confidence = np.clip(random.normal(0.75, 0.08, right.shape), 0.3, 0.98)
    return np.stack([0.5 + (x - x.mean()) * 9 / 16, 0.5 - (y - y.mean()), confidence], axis=2)


def named(spotter, recording):
    """(name, repetitions) of the largest set; none: ("-", 0)."""
    out = subprocess.run([spotter, "count", recording, "--format", "json"], capture_output=True, text=True, check=True).stdout
    sets = [s for person in json.loads(out)["people"] for s in person["sets"] if s["rep_count"]]
    return max(((s["exercise"], s["rep_count"]) for s in sets), key=lambda s: s[1], default=("-", 0))


def family(name):
    return FAMILIES.get(name, name)


def verdict(got, name):
    """How the given name compares with the right one."""
    right = NAMES.get(name, name)
    if got == right:
        return "."
    if family(got) == family(right):
        return "~"
    return "?" if got == "unknown" else got


def show(options, number, name, folder):
    """One exercise from all sides: [(view, verdict, whether the count is within one)] and what to print."""
    cells, text = [], collections.defaultdict(list)
    wanted = 2 * CYCLES[name] if name in CYCLES else REPETITIONS
    for view, yaw in VIEWS_DEG.items():
        for person in range(options.people):
            random = np.random.default_rng([options.seed, number, yaw, person])
            path = os.path.join(folder, f"{name}_{view}_{person}.jsonl")
            idle_people.write(filmed(perform(name, random), yaw, random), path)
            got, reps = named(options.spotter, path)
            near = abs(reps - wanted) <= 1
            cells.append((verdict(got, name), near))
            text[view].append(f"{cells[-1][0]}{'' if near else reps}")
    print(f"{name:18}" + "".join(f"{' '.join(text[view]):26}" for view in VIEWS_DEG), flush=True)
    return cells


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("spotter")
    parser.add_argument("--people", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--keep", help="write the recordings here")
    options = parser.parse_args()
    cells = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or scratch
        os.makedirs(folder, exist_ok=True)
        for number, name in enumerate(EXERCISES):
            if options.only in name:
                cells += show(options, number, name, folder)
    share = lambda test: sum(map(test, cells)) / len(cells)
    print(f"named right {share(lambda c: c[0] == '.'):.3f}, family right {share(lambda c: c[0] in '.~'):.3f}, wrong "
          f"{share(lambda c: c[0] not in ('.', '~', '?', '-')):.3f}, counted within one {share(lambda c: c[1]):.3f} of {len(cells)}")


if __name__ == "__main__":
    main()
