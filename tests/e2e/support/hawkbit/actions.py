# SPDX-License-Identifier: Apache-2.0
"""What a hawkBit knows of its actions, with the rows that count against its quota. Does no input or output."""
import dataclasses
import hashlib

FINISHED, ERROR, CANCELED, DOWNLOADED = "finished", "error", "canceled", "downloaded"


@dataclasses.dataclass
class Artifact:
    data: bytes
    filename: str = "app.bin"
    hashes: dict = None  # what hawkBit says of it; None: the truth
    url: str = None  # of a CDN; None: at hawkBit itself

    def claimed_hashes(self):
        if self.hashes is not None:
            return self.hashes
        return {name: hashlib.new(name, self.data).hexdigest() for name in ("sha1", "md5", "sha256")}


@dataclasses.dataclass
class Chunk:
    artifacts: list
    version: str = "1.0.1"
    name: str = "firmware"
    part: str = "os"
    metadata: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Refusal(Exception):
    status: int
    error_code: str = None


@dataclasses.dataclass
class Action:
    number: int
    controller: str
    chunks: list
    download: str = "forced"
    update: str = "forced"
    window: str = None  # "available" or "unavailable"
    state: str = "running"  # or: waiting, canceling, downloaded, finished, error, canceled
    quota: int = 1000
    revision: int = 0
    rows: list = dataclasses.field(default_factory=lambda: ["CREATED"])
    feedback: list = dataclasses.field(default_factory=list)

    @property
    def active(self):
        return self.state not in (FINISHED, ERROR, CANCELED, DOWNLOADED)

    def add_row(self, row):
        """Not for those that end the action, which are never refused."""
        if len(self.rows) >= self.quota:
            raise Refusal(429, "hawkbit.server.error.quota.tooManyEntries")
        self.rows.append(row)

    def retrieve(self):
        if self.rows[-1] != "RETRIEVED":
            self.add_row("RETRIEVED")
            self.revision += 1

    def take_feedback(self, body):
        """As hawkBit 1.0 takes it; `Refusal` when it would not."""
        execution, finished = checked_status(body)
        if not self.active:
            raise Refusal(410)
        self.feedback.append(body["status"])
        if execution == "closed":
            self.rows.append("ERROR" if finished == "failure" else "FINISHED")
            self.state = ERROR if finished == "failure" else FINISHED
            return
        rows = {"download": "DOWNLOAD", "downloaded": "DOWNLOADED", "rejected": "WARNING"}
        self.add_row(rows.get(execution, "RUNNING"))
        if execution == "downloaded" and self.update == "skip" and self.window is None:
            self.state = DOWNLOADED

    def cancel(self):
        self.rows.append("CANCELING")
        self.state = "canceling"

    def take_cancel_feedback(self, body):
        execution, finished = checked_status(body)
        if self.state not in ("canceling", CANCELED):
            raise Refusal(405)
        self.feedback.append(body["status"])
        if execution == "closed" and finished != "failure":
            self.rows.append("CANCELED")
            self.state = CANCELED
        elif execution in ("closed", "rejected"):
            self.add_row("CANCEL_REJECTED")
            self.state = "running"
        else:
            self.add_row("WARNING")

    def take_confirmation(self, body):
        if self.state != "waiting":
            raise Refusal(404)
        if body["confirmation"] == "confirmed":
            self.state = "running"


EXECUTIONS = {"closed", "proceeding", "canceled", "scheduled", "rejected", "resumed", "downloaded", "download"}


def checked_status(body):
    """Execution and outcome of a feedback; what hawkBit cannot read is 400."""
    try:
        execution, finished = body["status"]["execution"], body["status"]["result"]["finished"]
        details = body["status"].get("details") or []
    except (KeyError, TypeError):
        raise Refusal(400, "hawkbit.server.error.rest.body.notReadable") from None
    if execution not in EXECUTIONS or finished not in ("success", "failure", "none"):
        raise Refusal(400, "hawkbit.server.error.rest.body.notReadable")
    if any("<" in line and ">" in line for line in details):
        raise Refusal(400, "hawkbit.server.error.repo.constraintViolation")
    if len(details) > 50:
        raise Refusal(429, "hawkbit.server.error.quota.tooManyEntries")
    return execution, finished


class Controllers:
    """The controllers of one tenant and their actions, in the order of their numbers."""

    def __init__(self):
        self.actions, self.attributes, self.asked_for_attributes, self.installed = [], {}, set(), {}

    def deploy(self, controller, chunks, **options):
        action = Action(len(self.actions) + 1, controller, chunks, **options)
        self.actions.append(action)
        return action

    def register(self, controller):
        if controller not in self.attributes:
            self.attributes[controller] = {}
            self.asked_for_attributes.add(controller)

    def confirm_all(self, controller):
        for each in self.actions:
            if each.controller == controller and each.state == "waiting":
                each.state = "running"

    def current(self, controller):
        """The one action that a poll shows."""
        mine = (each for each in self.actions if each.controller == controller)
        return next((each for each in mine if each.active), None)

    def find(self, controller, number):
        found = next((each for each in self.actions if str(each.number) == number), None)
        if found is None or found.controller != controller:
            raise Refusal(404)
        return found

    def last_installed(self, controller):
        mine = [each for each in self.actions if each.controller == controller and each.state == FINISHED]
        return mine[-1] if mine else None
