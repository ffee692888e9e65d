# SPDX-License-Identifier: Apache-2.0
"""What servers with all plugins show at /metrics, as the page docs/reference/metrics.md."""
import re

PLUGIN = re.compile("ajour_(transport_(?:coap|drogue|http|lorawan|mqtt)|registry_drogue|source_(?:file|hawkbit|oci))_")
HEAD = """# Metrics

What `/metrics` shows, in the Prometheus text format.
Plugins count below their own name, `ajour_KIND_PLUGIN_`; a plugin that is not loaded shows nothing.

<!-- written by tests/e2e/metrics_reference_test.py -->
"""


def rows_of(text):
    """{name: (type, help)} of what a server shows."""
    helps = dict(re.findall(r"^# HELP (\S+) (.+)$", text, re.MULTILINE))
    return {name: (kind, helps.get(name, "")) for name, kind in re.findall(r"^# TYPE (\S+) (\S+)$", text, re.MULTILINE)}


def group_of(name):
    plugin = PLUGIN.match(name)
    return plugin[1].replace("_", " ").capitalize() if plugin else "The host"


def page(rows):
    groups = {}
    for name, row in sorted(rows.items()):
        groups.setdefault(group_of(name), []).append((name, *row))
    parts = [HEAD]
    for group in sorted(groups, key=lambda group: (group != "The host", group)):
        parts.append(f"\n## {group}\n\n| metric | type | |\n|---|---|---|\n")
        parts += [f"| `{name}` | {kind} | {text} |\n" for name, kind, text in groups[group]]
    return "".join(parts)
