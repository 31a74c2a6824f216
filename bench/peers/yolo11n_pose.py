#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Peer: ultralytics YOLO11n-pose at 640 + ByteTrack (torch, CPU) over every frame of a video. Prints one JSON line with its CPU seconds.

The published weights are in no package registry: the published architecture (yolo11n-pose.yaml) with random weights stands for the network's
cost. It finds nobody, so its tracker has nothing to do: the peer's figure is, if anything, too small.

usage: yolo11n_pose.py VIDEO
"""
import json
import resource
import sys

import cv2
import torch
import ultralytics


def cpu_seconds():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main():
    torch.manual_seed(0)
    model = ultralytics.YOLO("yolo11n-pose.yaml", task="pose", verbose=False)
    video = cv2.VideoCapture(sys.argv[1])
    frames = 0
    began = None
    while True:
        ok, image = video.read()
        if not ok:
            break
        model.track(image, persist=True, tracker="bytetrack.yaml", imgsz=640, device="cpu", verbose=False)
        frames += 1
        if began is None:  # the first frame loads and fuses the network
            began = cpu_seconds()
    print(json.dumps({"peer": f"ultralytics {ultralytics.__version__} YOLO11n-pose (random weights) + ByteTrack, torch {torch.__version__}",
                      "frames": frames, "cpu_ms_per_frame": 1000 * (cpu_seconds() - began) / max(frames - 1, 1)}))


if __name__ == "__main__":
    main()
