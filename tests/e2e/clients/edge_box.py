#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""An edge box of the compatible form: takes its outbox (JSON lines) to a server, oldest first, and keeps what was not taken.

usage: edge_box.py SERVER_URL OUTBOX
Knows nothing but the documented form: POST /ingest/event, 200 with created or duplicate, 4xx = never, anything else = later. Prints one line for each
event. Exit code 0 = the outbox is empty, 3 = something is left for later.
"""
import json
import pathlib
import sys
import urllib.error
import urllib.request


def deliver(url, line):
    """The server's word for one event; None = try later."""
    request = urllib.request.Request(f"{url}/ingest/event", line.encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.load(response)["status"]
    except urllib.error.HTTPError as error:
        return f"refused: {json.load(error)['detail']}" if 400 <= error.code < 500 else None
    except OSError:
        return None


def main():
    url, outbox = sys.argv[1], pathlib.Path(sys.argv[2])
    lines = outbox.read_text(encoding="utf-8").splitlines()
    left = []
    for number, line in enumerate(lines):
        status = deliver(url, line)
        if status is None:
            left = lines[number:]
            break
        print(json.loads(line)["event_id"], status)
    outbox.write_text("".join(line + "\n" for line in left), encoding="utf-8")
    sys.exit(3 if left else 0)


if __name__ == "__main__":
    main()
