# SPDX-License-Identifier: Apache-2.0
"""Sources behind http: files with a length, cameras without one."""
import http.server
import pathlib
import signal
import subprocess
import threading
import unittest

from harness import SAMPLES, SPOTTER, SpotterTest, ffmpeg


class OneAtATime(http.server.BaseHTTPRequestHandler):
    """Serves `files`; /live.ts again and again without a length, as a camera that has room for a single viewer."""
    files: dict[str, pathlib.Path] = {}
    viewer = threading.Lock()
    refused = 0

    def do_GET(self):  # noqa: N802, the name that http.server calls
        data = self.files[self.path].read_bytes()
        is_live = self.path == "/live.ts"
        if is_live and not self.viewer.acquire(timeout=0.5):
            type(self).refused += 1
            self.send_error(503)
            return
        try:
            self.send_response(200)
            if not is_live:
                self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
            while is_live:
                self.wfile.write(data)
        except OSError:
            pass  # the viewer has gone
        finally:
            if is_live:
                self.viewer.release()

    def log_message(self, format, *args):  # noqa: A002, as in http.server
        pass


class Http(SpotterTest):
    def setUp(self):
        super().setUp()
        video = SAMPLES / "multi_three.mp4"
        live = self.folder / "live.ts"
        ffmpeg("-i", video, "-c", "copy", "-t", "4", live)
        OneAtATime.files = {"/gym.mp4": video, "/live.ts": live}
        OneAtATime.refused = 0
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), OneAtATime)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.address = f"http://127.0.0.1:{server.server_port}"

    def test_a_file_is_read_to_its_end(self):
        self.assertEqual(self.count(f"{self.address}/gym.mp4")["frames"], self.count(SAMPLES / "multi_three.mp4")["frames"])

    def test_a_camera_is_watched_over_one_connection_at_a_time(self):
        with subprocess.Popen([SPOTTER, "record", f"{self.address}/live.ts", "-"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True) as process:
            self.assertIn('"camera_id":"cam_01"', process.stdout.readline())
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 0, err)
        self.assertEqual(OneAtATime.refused, 0, err)


if __name__ == "__main__":
    unittest.main()
