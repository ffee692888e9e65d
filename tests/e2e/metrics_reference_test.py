# SPDX-License-Identifier: Apache-2.0
"""docs/reference/metrics.md says what servers with all plugins show. To write it anew, run this file's test with
AJOUR_WRITE set."""
import os
import urllib.request

from support.case import SOURCE, EndToEnd
from support.metrics_reference import page, rows_of

PAGE = SOURCE / "docs/reference/metrics.md"
NOBODY = "127.0.0.1:1"  # none of these upstreams has to be there
ALONE = {
    "transport.mqtt.enabled": "true", "transport.mqtt.server": f"mqtt://{NOBODY}",
    "transport.lorawan.enabled": "true", "transport.lorawan.server": f"mqtt://{NOBODY}",
    "transport.lorawan.applications": "fleet",
    "source.oci.enabled": "true", "source.oci.prefix": f"{NOBODY}/", "source.oci.plain": "true",
    "source.hawkbit.enabled": "true", "source.hawkbit.url": f"http://{NOBODY}", "source.hawkbit.plain": "true",
    "source.hawkbit.token": "secret",
}
AT_DROGUE = {
    "ajour.registry": "drogue", "registry.drogue.enabled": "true", "registry.drogue.url": f"http://{NOBODY}",
    "registry.drogue.plain": "true", "registry.drogue.user": "u", "registry.drogue.token": "secret",
    "transport.drogue.enabled": "true", "transport.drogue.server": f"mqtt://{NOBODY}",
    "transport.drogue.applications": "fleet",
}


class MetricsReference(EndToEnd):
    maxDiff = None

    def rows(self, settings):
        self.serve(**settings)
        with urllib.request.urlopen(f"http://127.0.0.1:{self.server.admin_port}/metrics", timeout=30) as answer:
            rows = rows_of(answer.read().decode())
        self.server.close()
        return rows

    def test_tells_what_servers_with_all_plugins_show(self):
        rows = self.rows(ALONE) | self.rows(AT_DROGUE)
        self.assertEqual([name for name, (_, text) in rows.items() if not text], [], "metrics without a help")
        if "AJOUR_WRITE" in os.environ:
            PAGE.write_text(page(rows))
        self.assertEqual(PAGE.read_text(), page(rows))
