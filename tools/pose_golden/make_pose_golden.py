#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes what the pose networks say about one frame of a video, computed apart from Spotter: numpy, OpenCV and OpenVINO's Python.

usage: make_pose_golden.py MODELS_DIR VIDEO FRAME_NUMBER >tests/golden/pose/NAME.txt     (FRAME_NUMBER from 0)
needs: pip install openvino==2026.4.1 opencv-python-headless numpy

Everything in f32, coordinates in pixels of the frame. The test of src/spotter/perceive compares the C++ with it. For each person, most
confident first: `person CONFIDENCE X0 Y0 X1 Y1`, 17 x `joint X Y CONFIDENCE` (MoveNet MultiPose), `refined PRESENCE`, 33 x `landmark X Y Z
VISIBILITY` (BlazePose full on the crop, refined by its heatmap), 33 x `world X Y Z` (metres, turned back upright).
"""
import sys

import cv2
import numpy as np
import openvino as ov

HEADS = ("center", "kpt_heatmap", "kpt_offset", "kpt_regress", "box_scale", "box_offset")
INPUT_HEIGHT, INPUT_WIDTH = 544, 960  # the sample fits in unscaled: only the networks and their decoding are compared
STRIDE = 4


def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -80, 80)))


def compile_f32(core, model):
    return core.compile_model(model, "CPU", {"INFERENCE_PRECISION_HINT": "f32"}).create_infer_request()


def overlap(a, b):
    """Intersection over union of two boxes x0 y0 x1 y1."""
    w, h = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    if w <= 0 or h <= 0:
        return 0.0
    return w * h / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h)


def multi_pose(core, path, image, threshold=0.3):
    """People of one BGR image: [(confidence, box, joints 17 x 3)]; whole heatmaps are searched, no window."""
    model = core.read_model(path)
    model.reshape([1, INPUT_HEIGHT, INPUT_WIDTH, 3])
    request = compile_f32(core, model)
    scale = min(INPUT_HEIGHT / image.shape[0], INPUT_WIDTH / image.shape[1])
    h, w = round(image.shape[0] * scale), round(image.shape[1] * scale)
    blob = np.zeros((1, INPUT_HEIGHT, INPUT_WIDTH, 3), np.float32)
    blob[0, :h, :w] = cv2.cvtColor(cv2.resize(image, (w, h), interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2RGB)
    out = request.infer([blob])
    center, heat, offset, regress, size, shift = (next(v[0] for k, v in out.items() if head in k.get_names()) for head in HEADS)
    center, heat = sigmoid(center[..., 0]), sigmoid(heat)
    ys, xs = np.where((center == cv2.dilate(center, np.ones((3, 3), np.uint8))) & (center > threshold))
    yy, xx = np.mgrid[0:center.shape[0], 0:center.shape[1]]
    people = []
    for k in np.argsort(-center[ys, xs]):
        y, x = ys[k], xs[k]
        joints = []
        for j in range(17):
            weight = np.hypot(yy - y - regress[y, x, 2 * j], xx - x - regress[y, x, 2 * j + 1]) + 1.8
            py, px = divmod(int(np.argmax(heat[:, :, j] / weight)), center.shape[1])
            joints.append(((px + offset[py, px, 2 * j + 1]) * STRIDE / scale, (py + offset[py, px, 2 * j]) * STRIDE / scale, heat[py, px, j]))
        cy, cx = y + shift[y, x, 0], x + shift[y, x, 1]
        bh, bw = size[y, x]
        box = np.array([cx - bw / 2, cy - bh / 2, cx + bw / 2, cy + bh / 2]) * STRIDE / scale
        if all(overlap(box, other[1]) < 0.6 for other in people):
            people.append((float(center[y, x]), box, np.array(joints)))
    return people


def refine(request, image, joints):
    """(presence, landmarks 33 x 4, world 33 x 3) of the person with these joints."""
    hips, shoulders = joints[11:13, :2].mean(0), joints[5:7, :2].mean(0)
    seen = joints[joints[:, 2] > 0.1][:, :2]
    radius = max(1.25 * np.linalg.norm((seen if len(seen) > 3 else joints[:, :2]) - hips, axis=1).max(), 20)
    angle = np.arctan2(shoulders[0] - hips[0], hips[1] - shoulders[1])
    up, right = np.array([np.sin(angle), -np.cos(angle)]), np.array([np.cos(angle), np.sin(angle)])
    turn = cv2.getAffineTransform(np.float32([hips, hips + radius * up, hips + radius * right]), np.float32([[128, 128], [128, 0], [256, 128]]))
    crop = cv2.cvtColor(cv2.warpAffine(image, turn, (256, 256)), cv2.COLOR_BGR2RGB)[None].astype(np.float32) / 255
    out = {v.shape: v for v in request.infer([crop]).values()}
    points = out[(1, 195)].reshape(39, 5)[:33].astype(float)
    heat = sigmoid(out[(1, 64, 64, 39)][0])
    for i, point in enumerate(points):
        x, y = int(point[0] / 4), int(point[1] / 4)
        rows, cols = np.mgrid[max(0, y - 3):min(64, y + 4), max(0, x - 3):min(64, x + 4)]
        window = heat[rows, cols, i]
        if window.size and window.max() >= 0.5:
            point[:2] = 4 * (window * cols).sum() / window.sum(), 4 * (window * rows).sum() / window.sum()
    back = cv2.invertAffineTransform(turn)
    world = out[(1, 117)].reshape(39, 3)[:33].astype(float)
    world[:, :2] = world[:, :1] * right - world[:, 1:2] * up
    return float(out[(1, 1)].ravel()[0]), np.c_[points[:, :2] @ back[:, :2].T + back[:, 2], points[:, 2] * radius / 128, sigmoid(points[:, 3])], world


def main():
    models, video, number = sys.argv[1], sys.argv[2], int(sys.argv[3])
    capture = cv2.VideoCapture(video)
    for _ in range(number + 1):
        fine, image = capture.read()
        if not fine:
            sys.exit(f"{video} has no frame {number}")
    core = ov.Core()
    refiner = compile_f32(core, core.read_model(f"{models}/pose_landmark_full.tflite"))
    for confidence, box, joints in multi_pose(core, f"{models}/movenet-multipose.xml", image):
        print("person", f"{confidence:.4f}", *(f"{v:.2f}" for v in box))
        for joint in joints:
            print("joint", *(f"{v:.2f}" for v in joint[:2]), f"{joint[2]:.4f}")
        presence, landmarks, world = refine(refiner, image, joints)
        print("refined", f"{presence:.4f}")
        for landmark in landmarks:
            print("landmark", *(f"{v:.2f}" for v in landmark[:3]), f"{landmark[3]:.4f}")
        for point in world:
            print("world", *(f"{v:.4f}" for v in point))


if __name__ == "__main__":
    main()
