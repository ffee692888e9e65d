# SPDX-License-Identifier: Apache-2.0
"""The objects of a Drogue Cloud's registry, and its REST API for them, as far as a client can tell."""
import collections
import json
import re
import threading
import urllib.parse
import uuid

BASE = "/api/registry/v1alpha1/apps"
METADATA = {"name", "application", "uid", "creationTimestamp", "generation", "resourceVersion", "deletionTimestamp",
            "finalizers", "labels", "annotations"}
FORBIDDEN = 403, {"error": "Forbidden", "message": "Forbidden"}
NOT_FOUND = 404, {"error": "NotFound", "message": "Not found"}
CONFLICT = 409, {"error": "Conflict", "message": "Conflict"}


def is_selected(labels, wanted):
    """Whether one requirement of a labels= query holds."""
    found = re.fullmatch(r"(\S+) (in|notin) \((.*)\)", wanted)
    if found:
        key, word, values = found.groups()
        return (labels.get(key) in values.split(",")) == (word == "in")
    if "!=" in wanted:
        key, value = wanted.split("!=")
        return labels.get(key) != value
    if "=" in wanted:
        key, value = wanted.split("=")
        return labels.get(key) == value
    return (wanted.lstrip("!") in labels) != wanted.startswith("!")


def requirements(labels):
    """"a,b in (c,d)" taken apart at the commas outside of brackets."""
    return [each.strip() for each in re.split(r",(?![^(]*\))", labels) if each.strip()]


class Objects:
    """Applications are the objects whose device is None."""

    def __init__(self):
        self.lock = threading.RLock()
        self.objects = {}
        self.counts = collections.Counter()  # requests by (method, kind)
        self.conflicts = 0                   # how many of the next PUTs meet somebody else's change first

    def put_object(self, application, device=None, spec=None, labels=None):
        """As an operator's client would; what is there is replaced but for its status."""
        metadata = {"name": device or application, "creationTimestamp": "2023-05-17T12:34:56.789012Z",
                    "uid": str(uuid.uuid4()), "generation": 0}
        if device is not None:
            metadata["application"] = application
        if labels:
            metadata["labels"] = labels
        with self.lock:
            former = self.objects.get((application, device), {})
            made = {"metadata": {**metadata, **{"uid": former["metadata"]["uid"]}} if former else metadata}
            made.update({name: value for name, value in (("spec", spec), ("status", former.get("status"))) if value})
            self.objects[application, device] = self.renewed(made)

    def change(self, application, device, edit):
        """Calls edit(object), and makes another version of it."""
        with self.lock:
            found = self.objects[application, device]
            edit(found)
            self.renewed(found)

    def remove(self, application, device):
        with self.lock:
            del self.objects[application, device]

    def find(self, application, device=None):
        """A copy, or None."""
        with self.lock:
            found = self.objects.get((application, device))
            return json.loads(json.dumps(found)) if found else None

    def has(self, application, device):
        with self.lock:
            return (application, device) in self.objects

    def spec(self, application, device):
        """To look at only; empty when there is none."""
        with self.lock:
            return self.objects.get((application, device), {}).get("spec", {})

    def firmware(self, application, device):
        return (self.find(application, device) or {}).get("status", {}).get("firmware")

    @property
    def calls(self):
        return sum(self.counts.values())

    @staticmethod
    def renewed(found):
        found["metadata"]["resourceVersion"] = str(uuid.uuid4())
        found["metadata"]["generation"] = found["metadata"].get("generation", 0) + 1
        return found

    def answer(self, method, target, body):
        """(status, JSON or None) of an authenticated request below BASE."""
        parts = urllib.parse.urlsplit(target)
        query = dict(urllib.parse.parse_qsl(parts.query))
        names = [urllib.parse.unquote(each) for each in parts.path[len(BASE):].strip("/").split("/") if each]
        with self.lock:
            if not names:
                return self.counted(method, "apps", self.list(None, query))
            if len(names) == 2 and names[1] == "devices":
                return self.counted(method, "devices", self.list(names[0], query))
            key = names[0], names[2] if len(names) > 2 else None
            return self.counted(method, "app" if key[1] is None else "device", self.one(method, key, body))

    def counted(self, method, kind, answer):
        self.counts[method, kind] += 1
        return answer

    def list(self, application, query):
        if application is not None and (application, None) not in self.objects:
            return NOT_FOUND
        wanted = requirements(query.get("labels", ""))

        def fits(key):
            labels = self.objects[key]["metadata"].get("labels", {})
            kind = key[1] is None if application is None else key[0] == application and key[1] is not None
            return kind and all(is_selected(labels, each) for each in wanted)
        found = [self.objects[key] for key in sorted(filter(fits, self.objects), key=lambda key: (key[0], key[1] or ""))]
        offset = int(query.get("offset", 0))
        return 200, found[offset:][:int(query.get("limit", len(found)))]

    def one(self, method, key, body):
        if key not in self.objects or (key[0], None) not in self.objects:
            return NOT_FOUND
        if method == "GET":
            return 200, self.objects[key]
        if method == "DELETE":
            del self.objects[key]
            return 204, None
        return self.replace(key, body) if method == "PUT" else (405, None)

    def replace(self, key, body):
        if self.conflicts > 0:
            self.conflicts -= 1
            self.change(*key, lambda found: found["metadata"].setdefault("annotations", {}).update(
                storm=str(self.conflicts)))
        former = self.objects[key]
        try:
            sent = json.loads(body)
            metadata = sent["metadata"]
        except (ValueError, KeyError, TypeError):
            return 400, None
        if set(metadata) - METADATA or metadata.get("name") != former["metadata"]["name"]:
            return 400, {"error": "BadRequest", "message": "unknown field, or another name"}
        for name in ("uid", "resourceVersion"):
            if metadata.get(name) and metadata[name] != former["metadata"][name]:
                return CONFLICT
        kept = {name: former["metadata"][name] for name in ("uid", "creationTimestamp", "generation", "resourceVersion")}
        sent["metadata"] = {**metadata, **kept}
        if sent != former:
            if sent.get("spec") == former.get("spec"):
                sent["metadata"]["generation"] -= 1
            self.objects[key] = self.renewed(sent)
        return 204, None
