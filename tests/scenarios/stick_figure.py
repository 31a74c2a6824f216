# SPDX-License-Identifier: Apache-2.0
"""Stick figures that move like people: exact, repeatable perceptions for scenario tests. Standard library only.

The world is in metres: x to the figure's left, y up, z ahead of it; the floor is y = 0. A posture is a handful of angles (degrees); a movement
is a way from one posture to another and back. A pinhole camera looks at the figure, which is turned by `yaw` (0 = faces the camera, 90 = seen
from its left side).
"""
import json
import math
import random

SHIN, THIGH, TORSO, UPPER_ARM, FOREARM, HEAD = 0.42, 0.43, 0.50, 0.30, 0.27, 0.22
HALF_SHOULDERS, HALF_HIPS = 0.19, 0.11
CAMERA_DISTANCE, CAMERA_HEIGHT, FOCAL = 4.5, 1.1, 1.15  # metres, metres, picture heights
OBJECT_KNOWN_AFTER = 5.0  # seconds until a camera takes what was left for an object

# Angles in the side plane are measured from straight down (arms) or straight up (legs, torso), forwards positive; `abduct` lifts the arm
# sideways, `spread` sets the feet apart (metres). What only faults need: `round` bends the trunk in its middle (degrees), `cave` sets the knees
# inside the feet, `lift` raises the feet, `shrug` the shoulders, `drop` lowers the head (metres).
STAND = {"shin": 4, "thigh": -4, "torso": 3, "arm": 5, "abduct": 8, "fore": 12, "fore_abduct": 6, "spread": 0.12, "lift": 0.0,
         "round": 0.0, "cave": 0.0, "shrug": 0.0, "drop": 0.0}

POSTURES = {
    "stand": {},
    "squat": {"shin": 32, "thigh": -78, "torso": 38, "arm": 80, "fore": 80},
    "deadlift": {"shin": 12, "thigh": -45, "torso": 75, "arm": 2, "fore": 2, "abduct": 3, "fore_abduct": 2},
    "curl_top": {"arm": 12, "fore": 150, "fore_abduct": 4},
    "rack": {"arm": 25, "abduct": 20, "fore": 165, "fore_abduct": 8},
    "press_top": {"arm": 172, "abduct": 6, "fore": 176, "fore_abduct": 4},
    "raise_top": {"arm": 5, "abduct": 88, "fore": 8, "fore_abduct": 88},
    "front_top": {"arm": 88, "abduct": 4, "fore": 90, "fore_abduct": 4},
    "jack_top": {"arm": 3, "abduct": 165, "fore": 3, "fore_abduct": 172, "spread": 0.42, "lift": 0.02},
    "phone": {"arm": 20, "fore": 125, "fore_abduct": 0, "torso": 8},
    "drink": {"arm": 60, "fore": 165, "fore_abduct": 0},
    "wipe": {"shin": 8, "thigh": -22, "torso": 28, "arm": 42, "abduct": 0, "fore": 72},
    "goblet_top": {"arm": 15, "abduct": 10, "fore": 140, "fore_abduct": -25},
    "goblet_bottom": {"shin": 32, "thigh": -78, "torso": 30, "arm": 30, "abduct": 10, "fore": 140, "fore_abduct": -25},
    "knees_forward": {"shin": 54, "thigh": -34, "torso": 30, "arm": 30, "abduct": 10, "fore": 140, "fore_abduct": -25},
    "row_bottom": {"shin": 10, "thigh": -30, "torso": 60, "arm": 2, "abduct": 4, "fore": 2, "fore_abduct": 4},
    "row_top": {"shin": 10, "thigh": -30, "torso": 60, "arm": -65, "abduct": 12, "fore": 15, "fore_abduct": 4},
    "row_to_hips": {"shin": 10, "thigh": -30, "torso": 60, "arm": -50, "abduct": 10, "fore": 0, "fore_abduct": -20},
    "sit": {"shin": 2, "thigh": -88, "torso": 8, "arm": 25, "fore": 60},
    "pick": {"shin": 22, "thigh": -55, "torso": 62, "round": 25, "arm": 20, "abduct": 3, "fore": 25, "fore_abduct": 0},
    "carry": {"arm": 10, "fore": 75, "fore_abduct": -10},
    "shelf": {"arm": 70, "abduct": 2, "fore": 95, "fore_abduct": 0, "torso": 6},
    "across": {"arm": 82, "abduct": -50, "fore": 88, "fore_abduct": -68},
    "across_helper": {"arm": 45, "abduct": 5, "fore": 120, "fore_abduct": -30},
    "overhead": {"arm": 165, "abduct": 10, "fore": -15, "fore_abduct": -20},
    "overhead_helper": {"arm": 155, "abduct": 20, "fore": 160, "fore_abduct": -55},
}
# What racking takes: postures in turn at shares of the step's time, held where one comes twice.
RACK = {"pick": ((0.1, "stand"), (0.35, "pick"), (0.55, "pick"), (0.9, "stand")),
        "shelf": ((0.1, "stand"), (0.3, "carry"), (0.5, "shelf"), (0.75, "shelf"), (0.95, "stand"))}
# Movement: (start posture, far posture).
REPETITIONS = {
    "squat": ("stand", "squat"),
    "goblet_squat": ("goblet_top", "goblet_bottom"),
    "squat_over_toes": ("goblet_top", "knees_forward"),
    "deadlift": ("stand", "deadlift"),
    "bicep_curl": ("stand", "curl_top"),
    "overhead_press": ("rack", "press_top"),
    "lateral_raise": ("stand", "raise_top"),
    "front_raise": ("stand", "front_top"),
    "bent_over_row": ("row_bottom", "row_top"),
    "row_to_hips": ("row_bottom", "row_to_hips"),
    "jumping_jack": ("stand", "jack_top"),
}

MACHINES_AND_HOLDS = ("tread", "pedal", "row", "plank", "side_plank", "wall_sit", "lie")


def blend(a, b, share):
    """The posture `share` of the way from a to b."""
    first, second = {**STAND, **POSTURES[a]}, {**STAND, **POSTURES[b]}
    return {key: first[key] + share * (second[key] - first[key]) for key in STAND}


def direction(flex, abduct=0.0, side=1):
    """Unit vector of a limb: 0 = down, flex turns it ahead, abduct to the outside."""
    f, a = math.radians(flex), math.radians(abduct)
    return (side * math.sin(a), -math.cos(a) * math.cos(f), math.cos(a) * math.sin(f))


def upright(lean):
    """Unit vector of the trunk, leaning forwards by so many degrees."""
    return (0.0, math.cos(math.radians(lean)), math.sin(math.radians(lean)))


def add(p, q, length=1.0):
    return tuple(a + length * b for a, b in zip(p, q))


def skeleton(posture, right_posture=None, stride=0.0):
    """17 COCO joints of a figure standing on its feet; `right_posture` overrides the right arm, `stride` swings the legs (walking)."""
    joints, hips = {}, {}
    for side, name in ((1, "left"), (-1, "right")):
        swing = stride * side
        ankle = (side * posture["spread"], 0.08 + posture["lift"], 0.25 * swing)
        shin, thigh = posture["shin"] - 10 * abs(swing), posture["thigh"]
        knee = add(add(ankle, (-side * posture["cave"], 0, 0)), (0, math.cos(math.radians(shin)), math.sin(math.radians(shin)) - 0.25 * swing), SHIN)
        hips[name] = add(knee, (0, math.cos(math.radians(thigh)), math.sin(math.radians(thigh)) - 0.3 * swing), THIGH)
        joints[f"{name}_ankle"], joints[f"{name}_knee"] = ankle, knee
    pelvis = tuple((hips["left"][i] + hips["right"][i]) / 2 for i in range(3))
    pelvis = (0.0, pelvis[1], pelvis[2])
    low, up = (upright(posture["torso"] + sign * posture["round"] / 2) for sign in (-1, 1))
    neck = add(add(pelvis, low, TORSO / 2), up, TORSO / 2)
    for side, name in ((1, "left"), (-1, "right")):
        arm = right_posture if right_posture and name == "right" else posture
        joints[f"{name}_hip"] = add(pelvis, (side * HALF_HIPS, 0, 0))
        shoulder = add(neck, (side * HALF_SHOULDERS, posture["shrug"], 0))
        elbow = add(shoulder, direction(arm["arm"], arm["abduct"], side), UPPER_ARM)
        joints[f"{name}_shoulder"], joints[f"{name}_elbow"] = shoulder, elbow
        joints[f"{name}_wrist"] = add(elbow, direction(arm["fore"], arm["fore_abduct"], side), FOREARM)
    nose = add(add(neck, up, HEAD), (0, -posture["drop"], 0.1))
    joints["nose"] = nose
    for side, name in ((1, "left"), (-1, "right")):
        joints[f"{name}_eye"] = add(nose, (side * 0.03, 0.04, -0.02))
        joints[f"{name}_ear"] = add(nose, (side * 0.07, 0.02, -0.09))
    return joints


def push_up(share, pike=0.0, flare=0.0, sink=0.0, drop=0.0):
    """Joints of a push-up, head towards +z: 0 = arms straight, 1 = chest near the floor. The hips lie `pike` metres above the line, each elbow
    `flare` farther out and `sink` lower, the head `drop` lower."""
    height = 0.12 + (UPPER_ARM + FOREARM) * (1 - 0.62 * share)
    feet, body = (0.0, 0.08, -0.9), SHIN + THIGH + TORSO
    pitch = math.asin(min(0.9, (height - 0.08) / body))
    along = (0.0, math.sin(pitch), math.cos(pitch))
    joints = {}
    neck = add(feet, along, body)
    for side, name in ((1, "left"), (-1, "right")):
        joints[f"{name}_ankle"] = add(feet, (side * 0.08, 0, 0))
        joints[f"{name}_knee"] = add(add(feet, along, SHIN), (side * 0.09, 0, 0))
        joints[f"{name}_hip"] = add(add(feet, along, SHIN + THIGH), (side * HALF_HIPS, pike, 0))
        shoulder = add(neck, (side * HALF_SHOULDERS, 0, 0))
        wrist = (side * 0.27, 0.05, shoulder[2])
        reach = max(0.05, (UPPER_ARM + FOREARM) ** 2 - (shoulder[1] - wrist[1]) ** 2)
        elbow = (side * (0.27 + flare), (shoulder[1] + wrist[1]) / 2 - sink, shoulder[2] - 0.45 * math.sqrt(reach))
        joints[f"{name}_shoulder"], joints[f"{name}_elbow"], joints[f"{name}_wrist"] = shoulder, elbow, wrist
    nose = add(add(neck, along, HEAD), (0, -0.05 - drop, 0))
    joints["nose"] = nose
    for side, name in ((1, "left"), (-1, "right")):
        joints[f"{name}_eye"] = add(nose, (side * 0.03, 0.02, 0.0))
        joints[f"{name}_ear"] = add(nose, (side * 0.07, 0.05, -0.05))
    return joints


COCO = ("nose left_eye right_eye left_ear right_ear left_shoulder right_shoulder left_elbow right_elbow left_wrist right_wrist left_hip right_hip "
        "left_knee right_knee left_ankle right_ankle").split()


class Camera:
    """Projects joints into the picture; `mirror` flips the picture as a mirror does: left and right change names. `pitch` looks down (degrees,
    about a point at the camera's height over the usual place). `wall` is a mirror across the room, so many metres behind the usual place."""

    def __init__(self, width=640, height=360, mirror=False, pitch=0.0, wall=None):
        self.width, self.height, self.mirror, self.pitch, self.wall = width, height, mirror, math.radians(pitch), wall

    def point(self, right, height, behind):
        """(x, y) in frame fractions of a point so many metres to the right of the middle, above the floor and behind the usual place."""
        up = height - CAMERA_HEIGHT
        depth = CAMERA_DISTANCE + behind * math.cos(self.pitch) - up * math.sin(self.pitch)
        up = up * math.cos(self.pitch) + behind * math.sin(self.pitch)
        return 0.5 + FOCAL * self.height / self.width * right / depth, 0.5 - FOCAL * up / depth

    def box(self, thing):
        """What the camera sees of a thing, `size` metres wide and high, whose lower edge stands at x, y (height), z."""
        half, behind = thing["size"] / 2, -thing.get("z", 0.0)
        (x0, y1), (x1, y0) = (self.point(thing["x"] + side * half, thing.get("y", 0.0) + (side + 1) * half, behind) for side in (-1, 1))
        return [1 - x1, y0, 1 - x0, y1] if self.mirror else [x0, y0, x1, y1]

    def project(self, joints, yaw, x, z, reflected=False):
        """17 (x, y) in frame fractions of a figure that stands x metres to the right of the picture's middle, z metres nearer than usual, or of
        its reflection in the wall."""
        turn = math.radians(yaw)
        points = {}
        for name, (px, py, pz) in joints.items():
            # At yaw 0 the figure faces the camera: its left is on the picture's right.
            right, ahead = px * math.cos(turn) + pz * math.sin(turn), -px * math.sin(turn) + pz * math.cos(turn)
            behind = -ahead - z
            if reflected:
                behind = 2 * self.wall - behind
            points[name] = self.point(right + x, py, behind)
        swap = {"left": "right", "right": "left"}
        swapped = [swap[n.split("_")[0]] + n[n.index("_"):] if "_" in n else n for n in COCO]
        flipped = [(1 - px, py) if self.mirror else (px, py) for px, py in (points[n] for n in (swapped if self.mirror != reflected else COCO))]
        return flipped


def smooth(share):
    """0..1 with rest at both ends: how limbs move."""
    return 0.5 - 0.5 * math.cos(math.pi * min(max(share, 0.0), 1.0))


def repetition_share(t, tempo, pause):
    """How far a repetition is at t seconds: up to 1 at the turn, held for `pause`, and back."""
    half = (tempo - pause) / 2
    if t < half:
        return smooth(t / half)
    if t < half + pause:
        return 1.0
    return smooth((tempo - t) / half)


def arms(moved, resting, side, number):
    """The figure of whose arms one does the repetition of this number, the other rests: side is left, right or in_turn (the right one first)."""
    if side == "right" or (side == "in_turn" and number % 2 == 0):
        return skeleton(resting, right_posture=moved)
    return skeleton(moved, right_posture=resting)


def stretching(step, t):
    """One arm is held across the chest or behind the head by the other hand."""
    share = smooth(t / 1.5) * smooth((step["s"] - t) / 1.5)
    kind = step.get("kind", "across")
    stretched, helping = blend("stand", kind, share), blend("stand", f"{kind}_helper", share)
    return skeleton(stretched, right_posture=helping) if step.get("side") == "left" else skeleton(helping, right_posture=stretched)


def racking(step, t):
    """Picks a plate up from the floor, or puts one on a pin at the height of the shoulders and takes the hands back."""
    gone, since, last = t / step["s"], 0.0, "stand"
    for at, posture in (*RACK[step["kind"]], (1.0, "stand")):
        if gone < at:
            return skeleton(blend(last, posture, smooth((gone - since) / (at - since))))
        since, last = at, posture
    return skeleton(blend("stand", "stand", 0))


def joints_at(step, t):
    """Joints of one step of a person's timeline at t seconds into it."""
    do = step["do"]
    if do in MACHINES_AND_HOLDS:
        import machine_figures  # which builds upon this module

        return machine_figures.joints_of(step, t)
    if do in REPETITIONS or do == "push_up":
        gap, tempo = step.get("gap", 0.4), step.get("tempo", 2.0)
        within = t % (tempo + gap)
        share = repetition_share(within, tempo, step.get("pause", 0.2)) if within < tempo else 0.0
        share *= step.get("depth", 1.0)
        if do == "push_up":
            return push_up(share, **{key: share * step[key] for key in ("pike", "flare", "sink", "drop") if key in step})
        start, far = REPETITIONS[do]
        moved = blend(start, far, share)
        moved["torso"] -= step.get("swing", 0.0) * math.sin(math.pi * share)
        for key in STAND:  # a fault: added at the far end
            moved[key] += share * step.get(key, 0.0)
        if "side" in step:
            return arms(moved, blend(start, start, 0), step["side"], int(t / (tempo + gap)))
        return skeleton(moved, right_posture=blend(start, far, share * step["right"]) if "right" in step else None)
    if do == "walk":
        return skeleton(blend("stand", "stand", 0), stride=math.sin(2 * math.pi * 0.9 * t))
    if do == "gesture":  # talks with the hands: irregular, never far
        return skeleton(blend("stand", "curl_top", 0.25 + 0.2 * math.sin(2.1 * t) * math.sin(0.7 * t + 1)),
                        right_posture=blend("stand", "curl_top", 0.3 + 0.25 * math.sin(1.3 * t) * math.sin(0.5 * t)))
    if do in ("phone", "drink"):
        share = smooth(t / 0.8) * smooth((step["s"] - t) / 0.8)
        return skeleton(blend("stand", "stand", 0), right_posture=blend("stand", do, share))
    if do == "wipe":  # the right hand goes to and fro over a surface in front
        share = smooth(t / 0.6) * smooth((step["s"] - t) / 0.6)
        hand = blend("stand", "wipe", share)
        return skeleton(blend("stand", "wipe", share), right_posture={**hand, "fore_abduct": hand["fore_abduct"] + 38 * share * math.sin(2 * math.pi * 0.9 * t)})
    if do in ("stretch", "rack"):
        return {"stretch": stretching, "rack": racking}[do](step, t)
    if do == "treadmill":  # walks on the spot, an arm swinging
        swing = math.sin(2 * math.pi * 0.9 * t)
        stand = blend("stand", "stand", 0)
        return skeleton(stand, right_posture={**stand, "arm": 5 + 28 * swing, "fore": 45 + 28 * swing}, stride=swing)
    if do == "gesture_sitting":  # sits, a hand going to and fro before the lap
        sit = blend("stand", "sit", 1)
        return skeleton(sit, right_posture={**sit, "fore": 75, "fore_abduct": 38 * math.sin(2 * math.pi * 0.9 * t)})
    if do == "sit":
        return skeleton(blend("stand", "sit", smooth(t / 1.2)))
    return skeleton(blend("stand", "stand", 0))


def floor_from_image(camera):
    """The homography of the floor: pixels -> (x to the right, z nearer than usual), metres."""
    middle_x, middle_y, focal = camera.width / 2, camera.height / 2, FOCAL * camera.height
    sin, cos = math.sin(camera.pitch), math.cos(camera.pitch)
    across, away = CAMERA_HEIGHT + CAMERA_DISTANCE * sin, CAMERA_DISTANCE + CAMERA_HEIGHT * sin
    return [[across, 0, -across * middle_x], [0, away, -away * middle_y - CAMERA_HEIGHT * focal * cos], [0, cos, focal * sin - cos * middle_y]]


def duration(step):
    """Seconds that a step takes."""
    if "reps" in step:
        return step["reps"] * (step.get("tempo", 2.0) + step.get("gap", 0.4))
    return step["s"]


class Person:
    """One figure: its timeline, where it stands and what is wrong with how the camera sees it."""

    def __init__(self, steps, yaw=60, x=0.0, z=0.0, noise=0.002, seed=1, lasts=0.0):
        self.steps, self.yaw, self.x, self.z, self.noise, self.random = steps, yaw, x, z, noise, random.Random(seed)
        self.lasts, self.errors = lasts, None

    def wrong_by(self):
        """The next frame's error of each joint, (x, y): normal, forgotten by 1/e in `lasts` frames as those of a network are."""
        fresh = [(self.random.gauss(0, self.noise), self.random.gauss(0, self.noise)) for _ in COCO]
        keep = math.exp(-1 / self.lasts) if self.lasts and self.errors else 0.0
        new = math.sqrt(1 - keep**2)
        self.errors = [(keep * x + new * dx, keep * y + new * dy) for (x, y), (dx, dy) in zip(self.errors or fresh, fresh)]
        return self.errors

    def at(self, t):
        """(joints, x) at stream time t, or None when away or when the timeline is over."""
        x = self.x
        for step in self.steps:
            length = duration(step)
            moving = step.get("speed", 0.8) if step["do"] == "walk" else 0.0
            if t < length:
                return None if step["do"] == "away" else (joints_at(step, t), x + moving * t)
            t -= length
            x += moving * length
        return None


def is_missing(fault, t):
    """Does the fault hide the whole person at t?"""
    if not fault["from"] <= t < fault["to"]:
        return False
    return fault["kind"] == "gone" or (fault["kind"] == "flicker" and (t - fault["from"]) % fault["every"] > 0.4 * fault["every"])


def is_dropped(faults, t, chance):
    """Does the camera give no frame at t? `chance` is this frame's number between 0 and 1."""
    return any(f["from"] <= t < f["to"] and (f["kind"] == "gap" or (f["kind"] == "drop" and chance < f["share"])) for f in faults)


def track_at(number, t, faults):
    """Track id of person `number`: 1, 2 ... and another one after each `every` seconds of a rename fault."""
    changes = sum(int((min(t, f["to"]) - f["from"]) / f["every"]) for f in faults if f["kind"] == "rename" and t >= f["from"])
    return number + 1 + 100 * changes


def perceive(person, track_id, t, camera, faults, reflected=False):
    """One person of a Perception (or the reflection), with the joint faults that are active at t; None when not in the picture."""
    now = person.at(t)
    if now is None or any(is_missing(f, t) for f in faults):
        return None
    points = camera.project(now[0], person.yaw, now[1], person.z, reflected)
    keypoints = [[x + dx, y + dy, 0.9] for (x, y), (dx, dy) in zip(points, person.wrong_by())]
    for fault in faults:
        if not fault["from"] <= t < fault["to"]:
            continue
        if fault["kind"] == "swap":  # the network takes left for right
            for left in range(1, 17, 2):
                keypoints[left], keypoints[left + 1] = keypoints[left + 1], keypoints[left]
        if fault["kind"] == "burst":  # arms and legs jump to somebody else's
            for joint in (7, 8, 9, 10, 13, 14, 15, 16):
                keypoints[joint][0] += person.random.uniform(-0.2, 0.2)
                keypoints[joint][1] += person.random.uniform(-0.3, 0.3)
        if fault["kind"] == "faint":  # a thing that the network takes for a person
            for joint in range(17):
                keypoints[joint][2] = 0.4 if joint in (0, 11, 12) else 0.15
        if fault["kind"] == "guessed":  # out of the picture: the network puts them somewhere, now here, now there
            for joint in fault["joints"]:
                shift = 0.08 * math.sin(3.1 * t + 2 * joint)
                keypoints[joint] = [keypoints[joint][0] + shift, keypoints[joint][1] - abs(shift), 0.2]
        if fault["kind"] == "hidden":
            for joint in fault["joints"]:
                keypoints[joint][2] = 0.05
    xs, ys = [k[0] for k in keypoints], [k[1] for k in keypoints]
    box = [min(xs) - 0.02, min(ys) - 0.04, max(xs) + 0.02, max(ys) + 0.03]
    if not 0 <= (box[0] + box[2]) / 2 <= 1:  # half out of the picture
        return None
    return {"track_id": track_id, "confidence": 0.9, "box": [round(v, 5) for v in box],
            "keypoints": [[round(x, 5), round(y, 5), c] for x, y, c in keypoints]}


def left_objects(things, t, camera):
    """The things that somebody left and that a camera has known for an object for a while: some seconds after `from`, until `to`."""
    return [{"box": [round(v, 5) for v in camera.box(thing)], "since": thing["from"]} for thing in things
            if thing["from"] + OBJECT_KNOWN_AFTER <= t < thing.get("to", math.inf)]


def perceptions(people, fps, camera=None, faults=(), start=0.0, camera_id="cam_01", things=()):
    """JSON lines of everybody until the last timeline is over, and of the reflections where there is a mirror: those are the tracks after the
    people's. `faults`: {"person": index, "kind": ..., "from": s, "to": s}; "gap" leaves out all frames, "drop" a share of them.
    `things`: {"x", "y", "z", "size", "from", "to"}, left lying."""
    camera, chances = camera or Camera(), random.Random(len(people))
    end = max(sum(duration(step) for step in person.steps) for person in people)
    for i in range(int(end * fps)):
        t = i / fps
        if is_dropped(faults, t, chances.random()):
            continue
        own = [[f for f in faults if f.get("person", 0) == n] for n in range(len(people))]
        seen = [perceive(p, track_at(n, t, own[n]), t, camera, own[n]) for n, p in enumerate(people)]
        if camera.wall is not None:
            seen += [perceive(p, len(people) + n + 1, t, camera, [], reflected=True) for n, p in enumerate(people)]
        objects = left_objects(things, t, camera)
        yield json.dumps({"v": 1, "camera_id": camera_id, "pts": round(start + t, 6), "width": camera.width, "height": camera.height,
                          "people": [p for p in seen if p]} | ({"objects": objects} if objects else {}))
