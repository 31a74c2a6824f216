#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A dashboard of the compatible form: asks for a zone's newest events and loads the clip of the first that has one, as a browser's player does.

usage: dashboard.py SERVER_URL ZONE_ID
Knows nothing but the documented form. Prints JSON: what it would show.
"""
import json
import sys
import urllib.error
import urllib.parse
import urllib.request

FIELDS = {"event_id": str, "ts_utc": float, "store_id": str, "camera_id": str, "person_id": str, "track_id": str, "event_type": str, "zone_id": str, "metrics": dict, "needs_mm": bool,
          "mm_status": str, "mm_description": (str, type(None)), "mm_labels": list, "mm_confidence": (float, int, type(None)), "media": dict}


def get(url, headers=None):
    """(status, headers, body)."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers or {}), timeout=30) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def check(event):
    """Every field that a dashboard reads is there and of its type."""
    for name, kind in FIELDS.items():
        if not isinstance(event[name], kind):
            raise TypeError(f"{name} is {event[name]!r}")
    for name in ("kind", "path", "start_ts_utc", "end_ts_utc"):
        event["media"][name]  # pylint: disable=pointless-statement
    if event["mm_status"] not in ("PENDING", "SKIPPED", "DONE", "FAILED"):
        raise ValueError(event["mm_status"])


def load_clip(server, event_id):
    """The whole clip in pieces, as a player seeks; None = there is none (yet)."""
    url = f"{server}/media/{urllib.parse.quote(event_id, safe='')}"
    status, headers, piece = get(url, {"Range": "bytes=0-99"})
    if status != 206:
        return None
    size, clip = int(headers["Content-Range"].split("/")[1]), piece
    while len(clip) < size:
        status, _, piece = get(url, {"Range": f"bytes={len(clip)}-{len(clip) + 65535}", "If-Range": headers["ETag"]})
        if status != 206:
            raise ValueError(f"a range gives {status}")
        clip += piece
    return clip


def main():
    server, zone = sys.argv[1], sys.argv[2]
    healthy = json.loads(get(f"{server}/health")[2]) == {"status": "ok"}
    query = urllib.parse.urlencode({"event_type": "", "camera_id": "", "zone_id": zone, "start_ts": "", "end_ts": "", "limit": 200})
    events = json.loads(get(f"{server}/events?{query}")[2])
    for event in events:
        check(event)
        if json.loads(get(f"{server}/events/{urllib.parse.quote(event['event_id'], safe='')}")[2]) != event:
            raise ValueError("one event alone looks otherwise than in the list")
    clips = {event["event_id"]: load_clip(server, event["event_id"]) for event in events}
    print(json.dumps({"healthy": healthy, "events": [[event["event_id"], event["event_type"], event["mm_status"]] for event in events],
                      "clip_bytes": {event_id: len(clip) for event_id, clip in clips.items() if clip}}))


if __name__ == "__main__":
    main()
