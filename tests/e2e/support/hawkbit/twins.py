# SPDX-License-Identifier: Apache-2.0
"""The same requests to a real hawkBit and to the fake one, and what of the answers must be the same."""
import json
import urllib.error
import urllib.request

# What the fake knows that the real one also counts, in the real one's words.
ROWS = {"CREATED": "running", "RETRIEVED": "retrieved", "DOWNLOAD": "download", "DOWNLOADED": "downloaded",
        "RUNNING": "running", "CANCELING": "canceling", "CANCELED": "canceled", "FINISHED": "finished",
        "ERROR": "error", "CANCEL_REJECTED": "cancel_rejected", "WARNING": "warning"}


def shape(document):
    """Its members without the values that differ: links by their names, the rest of a text or number by its type."""
    if isinstance(document, dict):
        return {key: shape(value) for key, value in document.items() if key not in ("md5sum-http", "activatedAt")}
    if isinstance(document, list):
        return [shape(each) for each in document]
    words = ("forced", "attempt", "skip", "available", "unavailable")
    return document if document in words else type(document).__name__


class Client:
    """A device at one of them."""

    def __init__(self, origin, token, controller):
        self.place, self.token = f"{origin}/DEFAULT/controller/v1/{controller}", token

    def ask(self, method, path, document=None):
        """Status and, of a good answer, the shape of its document."""
        request = urllib.request.Request(path if path.startswith("http") else self.place + path, method=method)
        request.add_header("Authorization", f"GatewayToken {self.token}")
        if document is not None:
            request.data = json.dumps(document).encode()
            request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                data = answer.read()
                self.last = json.loads(data) if "json" in answer.headers.get("Content-Type", "") and data else None
                return answer.status, shape(self.last)
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code, None

    def link_of_artifact(self):
        return self.last["deployment"]["chunks"][0]["artifacts"][0]["_links"]["download-http"]["href"]


def feedback(execution, finished="none"):
    return {"status": {"execution": execution, "result": {"finished": finished}, "details": ["as it was"]}}
