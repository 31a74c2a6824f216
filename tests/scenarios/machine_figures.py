# SPDX-License-Identifier: Apache-2.0
"""Joints of stick figures on machines and in holds, in the world of stick_figure.py: metres, x to the figure's left, y up, z ahead."""
import math

from stick_figure import FOREARM, HALF_HIPS, HALF_SHOULDERS, HEAD, SHIN, STAND, THIGH, TORSO, UPPER_ARM, add, push_up, skeleton

SIDES = ((1, "left"), (-1, "right"))


def bend(a, c, first, second, ahead):
    """The joint between a and c of two limbs of these lengths, in the side plane, bent towards the direction `ahead` (y, z)."""
    dy, dz = c[1] - a[1], c[2] - a[2]
    reach = min(math.hypot(dy, dz), 0.999 * (first + second))
    along = (first**2 - second**2 + reach**2) / (2 * reach)
    off = math.sqrt(max(first**2 - along**2, 0.0))
    uy, uz = dy / math.hypot(dy, dz), dz / math.hypot(dy, dz)
    ny, nz = (uz, -uy) if uz * ahead[0] - uy * ahead[1] >= 0 else (-uz, uy)
    return (a[0], a[1] + along * uy + off * ny, a[2] + along * uz + off * nz)


def face(joints, neck, up):
    """Nose, eyes and ears on top of the neck."""
    nose = add(add(neck, up, HEAD), (0, 0, 0.1))
    joints["nose"] = nose
    for side, name in SIDES:
        joints[f"{name}_eye"] = add(nose, (side * 0.03, 0.04, -0.02))
        joints[f"{name}_ear"] = add(nose, (side * 0.07, 0.02, -0.09))
    return joints


def seated(hips, lean, ankles, hands):
    """Sitting with the hips there, the trunk leaning forwards by so many degrees, ankles {side name: point} and hands at their places."""
    up = (0.0, math.cos(math.radians(lean)), math.sin(math.radians(lean)))
    neck = add(hips, up, TORSO)
    joints = {}
    for side, name in SIDES:
        joints[f"{name}_hip"] = add(hips, (side * HALF_HIPS, 0, 0))
        joints[f"{name}_ankle"] = add(ankles[name], (side * HALF_HIPS, 0, 0))
        joints[f"{name}_knee"] = bend(joints[f"{name}_hip"], joints[f"{name}_ankle"], THIGH, SHIN, (1, 0.5))
        joints[f"{name}_shoulder"] = add(neck, (side * HALF_SHOULDERS, 0, 0))
        joints[f"{name}_wrist"] = add(hands, (side * HALF_SHOULDERS, 0, 0))
        joints[f"{name}_elbow"] = bend(joints[f"{name}_shoulder"], joints[f"{name}_wrist"], UPPER_ARM, FOREARM, (-1, -0.2))
    return face(joints, neck, up)


def pedalling(t, rpm):
    """On a bike."""
    turn = 2 * math.pi * rpm / 60 * t
    crank = {name: (0.0, 0.30 - 0.17 * side * math.cos(turn), 0.2 + 0.17 * side * math.sin(turn)) for side, name in SIDES}
    return seated((0.0, 0.90, 0.0), 35, crank, (0.0, 1.02, 0.62))


def rowing(t, rpm):
    """On a rowing machine: the drive takes 40 % of the stroke."""
    share = (rpm / 60 * t) % 1
    out = 0.5 - 0.5 * math.cos(math.pi * (share / 0.4 if share < 0.4 else (1 - share) / 0.6))
    hips = (0.0, 0.30, -0.35 - 0.42 * out)
    hand = (0.0, 0.55, hips[2] + 0.15 + 0.55 * (1 - out))
    feet = {name: (0.0, 0.22, 0.05) for _, name in SIDES}
    return seated(hips, 22 - 40 * out, feet, hand)


def treading(t, rpm):
    """Walking on a treadmill, so many steps a minute."""
    return skeleton(dict(STAND), stride=math.sin(math.pi * rpm / 60 * t))


def planking(sag):
    """A plank on straight arms, the hips so many metres below the line (above: negative)."""
    joints = push_up(0.0)
    for _, name in SIDES:
        x, y, z = joints[f"{name}_hip"]
        joints[f"{name}_hip"] = (x, y - sag, z)
        x, y, z = joints[f"{name}_knee"]
        joints[f"{name}_knee"] = (x, y - 0.5 * sag, z)
    return joints


def side_planking():
    """A side plank on the left hand, facing the camera at yaw 0: the body lies across the picture."""
    pitch = math.radians(27)
    along, across = (math.cos(pitch), math.sin(pitch), 0.0), (-math.sin(pitch), math.cos(pitch), 0.0)
    feet = (-0.8, 0.12, 0.0)
    joints = {}
    neck = add(feet, along, SHIN + THIGH + TORSO)
    for side, name in ((-1, "left"), (1, "right")):  # the left side is below
        joints[f"{name}_ankle"] = add(feet, across, side * 0.04)
        joints[f"{name}_knee"] = add(add(feet, along, SHIN), across, side * 0.06)
        joints[f"{name}_hip"] = add(add(feet, along, SHIN + THIGH), across, side * HALF_HIPS)
        shoulder = add(neck, across, side * HALF_SHOULDERS)
        arm = (0.05, -1.0, 0.0) if name == "left" else across
        joints[f"{name}_shoulder"] = shoulder
        joints[f"{name}_elbow"] = add(shoulder, arm, UPPER_ARM)
        joints[f"{name}_wrist"] = add(joints[f"{name}_elbow"], arm, FOREARM)
    return face(joints, neck, along)


def sitting_on_air():
    """A wall sit."""
    feet = {name: (0.0, 0.08, 0.42) for _, name in SIDES}
    return seated((0.0, 0.50, 0.0), 0, feet, (0.0, 0.75, 0.25))


def lying():
    """On the back on the floor, the head towards -z, the arms beside the trunk."""
    hips, up = (0.0, 0.13, 0.0), (0.0, 0.0, -1.0)
    neck = add(hips, (0.0, 0.1, -1.0), TORSO)
    joints = {}
    for side, name in SIDES:
        joints[f"{name}_hip"] = add(hips, (side * HALF_HIPS, 0, 0))
        joints[f"{name}_knee"] = add(joints[f"{name}_hip"], (0.0, 0.0, 1.0), THIGH)
        joints[f"{name}_ankle"] = add(joints[f"{name}_knee"], (0.0, -0.1, 1.0), SHIN)
        joints[f"{name}_shoulder"] = add(neck, (side * HALF_SHOULDERS, 0, 0))
        joints[f"{name}_elbow"] = add(joints[f"{name}_shoulder"], (side * 0.4, -0.1, 1.0), UPPER_ARM)
        joints[f"{name}_wrist"] = add(joints[f"{name}_elbow"], (0.0, 0.0, 1.0), FOREARM)
    return face(joints, neck, up)


def joints_of(step, t):
    """Joints of a step of these kinds, None for any other."""
    do = step["do"]
    if do in ("pedal", "row", "tread"):
        return {"pedal": pedalling, "row": rowing, "tread": treading}[do](t, step["rpm"])
    if do == "plank":
        return planking(step.get("sag", 0.0))
    if do == "side_plank":
        return side_planking()
    if do == "lie":
        return lying()
    if do == "wall_sit":
        return sitting_on_air()
    return None
