# SPDX-License-Identifier: Apache-2.0
"""hawkBit's Management API, as far as an operator needs it to bring firmware to devices."""
import base64
import json
import urllib.error
import urllib.request
import uuid


class Management:
    """One user of a tenant. What is not answered with 2xx is an AssertionError."""

    def __init__(self, url, user="admin", password="admin"):
        self.url = f"{url}/rest/v1"
        self.authorization = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()

    def request(self, method, path, document=None, data=None, kind="application/json"):
        request = urllib.request.Request(self.url + path, method=method)
        request.add_header("Authorization", self.authorization)
        if document is not None or data is not None:
            request.data = json.dumps(document).encode() if data is None else data
            request.add_header("Content-Type", kind)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                text = answer.read()
        except urllib.error.HTTPError as answer:
            with answer:
                raise AssertionError(f"{method} {path}: {answer.code} {answer.read()[:500]!r}") from None
        return json.loads(text) if text else None

    def configure(self, key, value):
        self.request("PUT", f"/system/configs/{key}", {"value": value})

    def create_module(self, name, version, image, filename="app.bin", kind="os"):
        """A software module with one artifact; its id."""
        [module] = self.request("POST", "/softwaremodules", [{"name": name, "version": version, "type": kind}])
        self.upload(module["id"], filename, image)
        return module["id"]

    def upload(self, module, filename, image):
        boundary = uuid.uuid4().hex
        head = (f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{filename}"\r\n'
                "Content-Type: application/octet-stream\r\n\r\n")
        data = b"".join([head.encode(), image, f"\r\n--{boundary}--\r\n".encode()])
        self.request("POST", f"/softwaremodules/{module}/artifacts", data=data,
                     kind=f"multipart/form-data; boundary={boundary}")

    def create_set(self, name, version, modules, kind="os"):
        """A distribution set; its id."""
        [made] = self.request("POST", "/distributionsets", [
            {"name": name, "version": version, "type": kind, "modules": [{"id": each} for each in modules]}])
        assert made["complete"], made
        return made["id"]

    def create_release(self, name, version, image):
        """A module with an artifact in a distribution set of its own; the set's id."""
        return self.create_set(name, version, [self.create_module(name, version, image)])

    def create_targets(self, names):
        self.request("POST", "/targets", [{"controllerId": name, "name": name} for name in names])

    def assign(self, distribution_set, target, **options):
        """The id of the action."""
        done = self.request("POST", f"/distributionsets/{distribution_set}/assignedTargets",
                            [{"id": target, "type": "forced", **options}])
        [action] = done["assignedActions"]
        return action["id"]

    def action(self, target, number):
        return self.request("GET", f"/targets/{target}/actions/{number}")

    def actions(self, target):
        return self.request("GET", f"/targets/{target}/actions?sort=id:ASC")["content"]

    def rows(self, target, number):
        """The history of an action, the oldest first."""
        return self.request("GET", f"/targets/{target}/actions/{number}/status?sort=id:ASC&limit=500")["content"]

    def cancel(self, target, number):
        self.request("DELETE", f"/targets/{target}/actions/{number}")

    def confirm(self, target, number):
        self.request("PUT", f"/targets/{target}/actions/{number}/confirmation", {"confirmation": "confirmed"})

    def auto_confirm(self, target):
        return self.request("GET", f"/targets/{target}/autoConfirm")

    def target(self, name):
        return self.request("GET", f"/targets/{name}")

    def attributes(self, target):
        return self.request("GET", f"/targets/{target}/attributes") or {}

    def installed(self, target):
        return self.request("GET", f"/targets/{target}/installedDS")

    def create_rollout(self, name, distribution_set, pattern, groups=2):
        """A rollout to the targets that match; its id."""
        return self.request("POST", "/rollouts", {
            "name": name, "distributionSetId": distribution_set, "targetFilterQuery": f'controllerid=="{pattern}"',
            "amountGroups": groups, "type": "forced",
            "successCondition": {"condition": "THRESHOLD", "expression": "50"},
            "successAction": {"action": "NEXTGROUP", "expression": ""},
            "errorCondition": {"condition": "THRESHOLD", "expression": "50"},
            "errorAction": {"action": "PAUSE", "expression": ""}})["id"]

    def rollout(self, number):
        return self.request("GET", f"/rollouts/{number}")

    def start_rollout(self, number):
        self.request("POST", f"/rollouts/{number}/start")
