# SPDX-License-Identifier: Apache-2.0
"""The memory of a kept connection that says nothing."""
import pathlib
import tempfile
import time

from measure import server
from measure.programs import fail, resident_kib
from measure.server import Ajourd
from measure.table import head, mark
from measure.wire import ask

TARGETS = server.TARGETS
GOAL = 6144


def bytes_each(ajourd, count):
    """Resident bytes that a kept connection costs after one answered request."""
    before, links = resident_kib(ajourd.pid), []
    for _ in range(count):
        link, answer = ask(ajourd.port)
        if not answer.startswith(b"HTTP/1.1 200"):
            fail("an idle connection got no answer")
        links.append(link)
    time.sleep(1)
    grown = resident_kib(ajourd.pid) - before
    for link in links:
        link.close()
    return grown * 1024 / count


def show(_):
    head("idle connection, resident bytes", ("bytes", 8), ("", 6), ("goal", 22))
    for count in (1000, 9500):  # each in a new server, with no memory left over from other connections
        with tempfile.TemporaryDirectory() as directory, Ajourd(pathlib.Path(directory)) as ajourd:
            size = bytes_each(ajourd, count)
        print(f"{f'{count} connections':42} {size:8.0f} {'':6} {f'<= {GOAL}':>22}{mark(size <= GOAL)}")
