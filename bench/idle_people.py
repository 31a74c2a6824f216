#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes recordings of people who do everything in a gym but exercise: none of their movements may count as a repetition.

usage: idle_people.py OUT_DIR [--hours H] [--seed S]
Stick figures posed by joint angles walk, stand and shift their weight, fidget, drink, look at a phone, sit down and stand
up, hold stretches, and wipe a bench, in random order, from random sides, with the jitter and the bursts of wrong joints
of a pose model. Writes one perception recording (docs/formats/perception.md) for each person, and beside it a .json with
the times and names of what that person did. The same seed gives the same files. Needs numpy.
"""
import argparse
import json
import os

import numpy as np

FPS = 15
MINUTES_EACH = 15
HEIGHTS_A_METRE = (0.18, 0.42)  # frame heights, far and near
DISTANCE_M = 6.0  # of the camera
# Angles in degrees, forward positive, of: trunk, thighs, shanks, upper arms forward and outward, forearms forward and
# outward; left before right.
ANGLES = ("trunk", "thigh_l", "thigh_r", "shank_l", "shank_r", "upper_l", "upper_r", "out_l", "out_r", "fore_l", "fore_r",
          "fore_out_l", "fore_out_r", "forward_m")
STANDING = dict.fromkeys(ANGLES, 0.0) | {"fore_l": 12.0, "fore_r": 12.0, "out_l": 6.0, "out_r": 6.0, "fore_out_l": 6.0, "fore_out_r": 6.0}
COCO = 17


def pose(**changes):
    return np.array([(STANDING | changes)[name] for name in ANGLES])


class Person:
    """The angles of one person over time: frames x len(ANGLES), built from one behaviour after the other."""

    def __init__(self, random):
        self.random = random
        self.frames = [pose()[None]]
        self.diary = []  # (seconds, behaviour)

    @property
    def now(self):
        return self.frames[-1][-1]

    def seconds(self):
        return sum(len(f) for f in self.frames) / FPS

    def move(self, target, seconds):
        """Goes to a posture with the smooth speed profile of a voluntary movement, staying where it stands."""
        n = max(int(seconds * FPS), 1)
        s = np.arange(1, n + 1)[:, None] / n
        target = target.copy()
        target[-1] += self.now[-1]
        self.frames.append(self.now + (target - self.now) * (10 * s**3 - 15 * s**4 + 6 * s**5))

    def hold(self, seconds, sway_deg=1.5):
        n = max(int(seconds * FPS), 1)
        sway = np.cumsum(self.random.normal(0, 1, (n, len(ANGLES))), axis=0)
        sway -= np.linspace(0, 1, n)[:, None] * sway[-1]
        sway[:, -1] = 0
        self.frames.append(self.now + sway_deg * sway / max(np.abs(sway).max(), 1e-9))

    def side(self):
        return self.random.choice(("l", "r"))

    def walk(self):
        steps, rate = int(self.random.integers(4, 30)), self.random.uniform(1.4, 2.1)
        n = int(steps / rate * FPS)
        phase = np.arange(1, n + 1) / FPS * rate
        swing = self.random.uniform(18, 28) * np.sin(np.pi * phase)
        frames = np.tile(pose(), (n, 1))
        columns = {"thigh_l": swing, "thigh_r": -swing, "shank_l": swing - 10, "shank_r": -swing - 10, "upper_l": -swing,
                   "upper_r": swing, "fore_l": 15 - swing, "fore_r": 15 + swing}
        for name, values in columns.items():
            frames[:, ANGLES.index(name)] = values
        frames[:, -1] = self.now[-1] + self.random.choice((-1, 1)) * 0.7 * phase
        self.frames.append(frames)
        self.move(pose(), 0.4)

    def stand(self):
        for _ in range(int(self.random.integers(1, 5))):
            lean = self.random.uniform(0, 8)
            self.move(pose(trunk=self.random.uniform(0, 5), **{f"thigh_{self.side()}": lean}), self.random.uniform(0.6, 2))
            self.hold(self.random.uniform(2, 10))
        self.move(pose(), 1)

    def fidget(self):
        for _ in range(int(self.random.integers(1, 4))):
            s = self.side()
            raised = {f"upper_{s}": self.random.uniform(20, 70), f"fore_{s}": self.random.uniform(90, 165)}
            self.move(pose(**raised), self.random.uniform(0.4, 1))
            self.hold(self.random.uniform(0.3, 3), 4)
            self.move(pose(), self.random.uniform(0.4, 1))
            self.hold(self.random.uniform(0.5, 6))

    def drink(self):
        s = self.side()
        for _ in range(int(self.random.integers(1, 3))):
            self.move(pose(**{f"upper_{s}": 55.0, f"fore_{s}": 150.0}), self.random.uniform(0.7, 1.5))
            self.hold(self.random.uniform(1.5, 5))
            self.move(pose(**{f"upper_{s}": 15.0, f"fore_{s}": 75.0}), self.random.uniform(0.7, 1.5))
            self.hold(self.random.uniform(2, 9))
        self.move(pose(), 1)

    def phone(self):
        s = self.side()
        self.move(pose(trunk=6, **{f"upper_{s}": 15.0, f"fore_{s}": 105.0}), 1)
        self.hold(self.random.uniform(5, 40), 2)
        self.move(pose(), 1)

    def sit(self):
        seat = {"thigh_l": 85.0, "thigh_r": 85.0, "shank_l": -5.0, "shank_r": -5.0}
        self.move(pose(trunk=35, thigh_l=60, thigh_r=60, shank_l=-20, shank_r=-20), 0.8)
        self.move(pose(trunk=5, **seat), 0.7)
        for _ in range(int(self.random.integers(1, 5))):
            self.hold(self.random.uniform(3, 12))
            arms = {"upper_l": self.random.uniform(0, 40), "upper_r": self.random.uniform(0, 40), "fore_l": self.random.uniform(20, 90),
                    "fore_r": self.random.uniform(20, 90)}
            self.move(pose(trunk=self.random.uniform(-10, 35), **seat, **arms), self.random.uniform(0.8, 2))
        self.hold(self.random.uniform(3, 12))
        self.move(pose(trunk=40, thigh_l=55, thigh_r=55, shank_l=-20, shank_r=-20), 0.7)
        self.move(pose(), 0.8)

    def stretch(self):
        """Held, not repeated: overhead, to the toes, a heel to the seat, an arm across the chest."""
        s = self.side()
        held = [pose(upper_l=170, upper_r=170, fore_l=175, fore_r=175), pose(trunk=85, upper_l=85, upper_r=85, fore_l=80, fore_r=80),
                pose(**{f"shank_{s}": -125.0, f"upper_{s}": -35.0, f"fore_{s}": -30.0}), pose(**{f"upper_{s}": 85.0, f"fore_{s}": 95.0})]
        for k in self.random.permutation(len(held))[:int(self.random.integers(1, 4))]:
            self.move(held[k], self.random.uniform(1, 2.5))
            self.hold(self.random.uniform(6, 20), 3)
            self.move(pose(), self.random.uniform(1, 2))
            self.hold(self.random.uniform(1, 8))

    def wipe(self):
        s = self.side()
        lean = self.random.uniform(30, 55)
        for _ in range(int(self.random.integers(4, 12))):
            reach = {f"upper_{s}": lean + self.random.uniform(-15, 35), f"fore_{s}": lean + self.random.uniform(0, 45),
                     f"out_{s}": self.random.uniform(0, 30)}
            self.move(pose(trunk=lean + self.random.uniform(-6, 6), **reach), self.random.uniform(0.3, 0.9))
        self.move(pose(), 1)

    def live(self, seconds):
        behaviours = (self.walk, self.stand, self.fidget, self.drink, self.phone, self.sit, self.stretch, self.wipe)
        while self.seconds() < seconds:
            behaviour = behaviours[int(self.random.integers(len(behaviours)))]
            self.diary.append((round(self.seconds(), 1), behaviour.__name__))
            behaviour()
        return np.concatenate(self.frames)[:int(seconds * FPS)]


def joints_of(angles):
    """Frames x 17 x 3 (forward, up, to the left; metres) of angles: frames x len(ANGLES)."""
    a = {name: np.radians(angles[:, i]) for i, name in enumerate(ANGLES)}
    n = len(angles)
    joints = np.zeros((n, COCO, 3))
    hips = np.stack([angles[:, -1], np.zeros(n), np.zeros(n)], axis=1)
    neck = hips + 0.5 * np.stack([np.sin(a["trunk"]), np.cos(a["trunk"]), np.zeros(n)], axis=1)
    joints[:, :5] = (neck + [0.1, 0.22, 0])[:, None]

    def limb(start, length, forward, out, sign):
        return start + length * np.stack([np.sin(forward) * np.cos(out), -np.cos(forward) * np.cos(out), sign * np.sin(out)], axis=1)

    for k, (s, sign) in enumerate((("l", 1), ("r", -1))):
        joints[:, 5 + k] = neck + [0, 0, sign * 0.18]
        joints[:, 7 + k] = limb(joints[:, 5 + k], 0.30, a[f"upper_{s}"], a[f"out_{s}"], sign)
        joints[:, 9 + k] = limb(joints[:, 7 + k], 0.26, a[f"fore_{s}"], a[f"fore_out_{s}"], sign)
        joints[:, 11 + k] = hips + [0, 0, sign * 0.10]
        joints[:, 13 + k] = limb(joints[:, 11 + k], 0.42, a[f"thigh_{s}"], np.full(n, 0.07), sign)
        joints[:, 15 + k] = limb(joints[:, 13 + k], 0.42, a[f"shank_{s}"], np.full(n, 0.03), sign)
    joints[:, :, 1] -= joints[:, 15:, 1].min(axis=1)[:, None]
    return joints


def filmed(joints, random):
    """Frames x 17 x 3 (x, y in the picture, confidence): one camera, with a pose model's noise and 2-frame bursts."""
    yaw, scale = random.uniform(0, 2 * np.pi), random.uniform(*HEIGHTS_A_METRE)
    # Walkers turn round at the picture's edges.
    way = np.abs((joints[:, 11, 0] - joints[0, 11, 0] + 1.0) % 4.0 - 2.0) - 1.0
    forward = joints[:, :, 0] - joints[:, 11:12, 0] + way[:, None]
    right = forward * np.cos(yaw) + joints[:, :, 2] * np.sin(yaw)
    # Who walks towards the camera grows: perspective by the depth of the hips.
    grown = DISTANCE_M / (DISTANCE_M + way[:, None] * np.sin(yaw))
    noise = random.uniform(0.008, 0.025)
    xy = np.stack([right, joints[:, :, 1]], axis=2) + random.normal(0, noise, (len(joints), COCO, 2))
    for start in random.integers(0, max(len(joints) - 2, 1), len(joints) // 150):
        xy[start:start + 2, random.integers(5, COCO)] += random.normal(0, 0.4, 2)
    confidence = np.clip(random.normal(0.75, 0.1, (len(joints), COCO)), 0.05, 0.98)
    x, y = xy[:, :, 0] * grown, xy[:, :, 1] * grown + 0.3 * (1 - grown) / scale
    return np.stack([0.5 + scale * x * 9 / 16, 0.9 - scale * y, confidence], axis=2)


def write(frames, path):
    with open(path, "w", encoding="utf-8") as out:
        for i, keypoints in enumerate(frames):
            low, high = np.clip(keypoints[:, :2].min(axis=0), 0, 1), np.clip(keypoints[:, :2].max(axis=0), 0, 1)
            person = {"track_id": 1, "confidence": 0.8, "box": [round(float(v), 4) for v in (*low, *high)],
                      "keypoints": [[round(float(v), 4) for v in joint] for joint in keypoints]}
            out.write(json.dumps({"v": 1, "camera_id": "idle", "pts": round(i / FPS, 4), "width": 1280, "height": 720, "people": [person]}) + "\n")


def make(folder, hours, seed):
    """Writes the recordings; returns their paths."""
    os.makedirs(folder, exist_ok=True)
    paths = []
    for k in range(int(np.ceil(hours * 60 / MINUTES_EACH))):
        random = np.random.default_rng([seed, k])
        path = os.path.join(folder, f"idle_{k:02}.jsonl")
        person = Person(random)
        write(filmed(joints_of(person.live(MINUTES_EACH * 60)), random), path)
        with open(path.replace(".jsonl", ".json"), "w", encoding="utf-8") as diary:
            json.dump(person.diary, diary)
        paths.append(path)
    return paths


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("--hours", type=float, default=4)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    print("\n".join(make(arguments.folder, arguments.hours, arguments.seed)))


if __name__ == "__main__":
    main()
