#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Peer: MediaPipe Pose (Python, one person, its default model) over every frame of a video. Prints one JSON line with its CPU seconds.

usage: mediapipe_pose.py VIDEO
"""
import json
import resource
import sys

import cv2
import mediapipe


def cpu_seconds():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main():
    video = cv2.VideoCapture(sys.argv[1])
    pose = mediapipe.solutions.pose.Pose()
    frames, found = 0, 0
    began = None
    while True:
        ok, image = video.read()
        if not ok:
            break
        result = pose.process(cv2.cvtColor(image, cv2.COLOR_BGR2RGB))
        frames += 1
        found += result.pose_landmarks is not None
        if began is None:  # the first frame loads the networks
            began = cpu_seconds()
    print(json.dumps({"peer": f"MediaPipe Pose {mediapipe.__version__}", "frames": frames, "found": found,
                      "cpu_ms_per_frame": 1000 * (cpu_seconds() - began) / max(frames - 1, 1)}))


if __name__ == "__main__":
    main()
