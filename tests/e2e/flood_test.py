# SPDX-License-Identifier: Apache-2.0
"""A hundred devices update while garbage comes in by the same port."""
import time

from support import garbage
from support.case import EndToEnd, microbit, sha256

COUNT = 100
IMAGE_SIZE = 64 * 1024 + 12
MTU = 256


class Flood(EndToEnd):
    def start_server(self, **settings):
        self.image = microbit()[:IMAGE_SIZE]
        self.serve_release([f"device-{number}" for number in range(1, COUNT + 1)], data=self.image, **settings)

    def update_under(self, make_sender, url):
        flood = garbage.Flood(make_sender)
        self.addCleanup(flood.end)
        begin = time.monotonic()
        summaries = self.device("device", count=COUNT, mtu=MTU, workers=16, url=url).run()
        sent, seconds = flood.end(), time.monotonic() - begin
        print(f"{sent} pieces of garbage in {seconds:.1f} s")
        self.assertGreater(sent, 500, "hardly any garbage was sent")
        self.assertEqual({each["sha256"] for each in summaries}, {sha256(self.image)})
        self.assertEqual(len(summaries), COUNT)

    def test_devices_on_http_finish_while_garbage_comes_in(self):
        self.start_server()
        self.update_under(lambda: garbage.Streams(self.server.port), self.server.url)
        self.assertIsNone(self.server.process.poll())
