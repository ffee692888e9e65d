# SPDX-License-Identifier: Apache-2.0
"""hawkBit's Direct Device Integration API on one tenant's controllers: a request in, an answer out. No sockets."""
import hashlib
import json
import re

from support.hawkbit.actions import Refusal

KINDS = {"": "root", "deploymentBase": "deployment", "cancelAction": "cancel", "confirmationBase": "confirmation",
         "installedBase": "installed", "configData": "config", "softwaremodules": "artifact"}


def kind_of(rest):
    """What a request is about, by the part of its path that follows the controller."""
    head, _, tail = rest.strip("/").partition("/")
    kind = KINDS.get(head, "unknown")
    return kind + "_feedback" if tail.endswith("/feedback") else kind


class Answer:
    """`document` is sent as JSON, `data` as it is."""

    def __init__(self, status, document=None, data=b"", headers=None):
        self.status, self.document, self.headers = status, document, headers or {}
        self.data = data if document is None else json.dumps(document).encode()


def refusal_of(refusal):
    if refusal.error_code is None:
        return Answer(refusal.status)
    return Answer(refusal.status, {"exceptionClass": "org.eclipse.hawkbit.exception", "message": "refused",
                                   "errorCode": refusal.error_code, "info": {}})


def respond(known, sleep, controller, method, rest, base, headers, body):
    known.register(controller)
    kind, parts = kind_of(rest), rest.strip("/").split("/")
    if method == "GET" and kind == "root":
        return root(known, sleep, controller, base, headers)
    if method == "GET" and kind == "confirmation" and len(parts) == 1:
        return confirmation_base(known, controller, base)
    if method == "GET" and kind in ("deployment", "installed", "confirmation", "cancel"):
        return action_document(kind, known.find(controller, parts[1]), base)
    if method == "GET" and kind == "artifact":
        return artifact(known, controller, parts, headers)
    return take(known, controller, method, kind, parts, json.loads(body or b"{}"))


def root(known, sleep, controller, base, headers):
    links, action = {}, known.current(controller)
    if action is not None:
        rel = {"waiting": "confirmationBase", "canceling": "cancelAction"}.get(action.state, "deploymentBase")
        state = "" if rel == "cancelAction" else f"?c={action.revision - 1000}"
        links[rel] = {"href": f"{base}/{rel}/{action.number}{state}"}
    installed = known.last_installed(controller)
    if installed is not None:
        links["installedBase"] = {"href": f"{base}/installedBase/{installed.number}"}
    if controller in known.asked_for_attributes:
        links["configData"] = {"href": f"{base}/configData"}
    document = {"config": {"polling": {"sleep": sleep}}, **({"_links": links} if links else {})}
    tag = '"' + hashlib.md5(json.dumps(document).encode()).hexdigest() + '"'
    if headers.get("If-None-Match") == tag:
        return Answer(304, headers={"ETag": tag})
    return Answer(200, document, headers={"ETag": tag})


def confirmation_base(known, controller, base):
    place, action = f"{base}/confirmationBase", known.current(controller)
    links = {"activateAutoConfirm": {"href": f"{place}/activateAutoConfirm"}}
    if action is not None and action.state == "waiting":
        links["confirmationBase"] = {"href": f"{place}/{action.number}?c={action.revision - 1000}"}
    return Answer(200, {"autoConfirm": {"active": False}, "_links": links})


def action_document(kind, action, base):
    wanted = {"deployment": ("running", "downloaded", "finished", "error"), "installed": ("finished",),
              "confirmation": ("waiting",), "cancel": ("canceling",)}[kind]
    if action.state not in wanted:
        raise Refusal(404)
    if kind in ("deployment", "cancel"):
        action.retrieve()
    if kind == "cancel":
        return Answer(200, {"id": str(action.number), "cancelAction": {"stopId": str(action.number)}})
    return Answer(200, described(action, "confirmation" if kind == "confirmation" else "deployment", base))


def described(action, key, base):
    chunks = []
    for index, chunk in enumerate(action.chunks):
        artifacts = []
        for each in chunk.artifacts:
            url = each.url or f"{base}/softwaremodules/{action.number * 100 + index}/artifacts/{each.filename}"
            artifacts.append({"filename": each.filename, "size": len(each.data), "hashes": each.claimed_hashes(),
                              "_links": {"download-http": {"href": url}, "md5sum-http": {"href": url + ".MD5SUM"}}})
        chunks.append({"part": chunk.part, "version": chunk.version, "name": chunk.name, "artifacts": artifacts,
                       **({"metadata": chunk.metadata} if chunk.metadata else {})})
    window = {"maintenanceWindow": action.window} if action.window else {}
    update = "skip" if action.window == "unavailable" else action.update
    return {"id": str(action.number), key: {"download": action.download, "update": update, **window, "chunks": chunks}}


def artifact(known, controller, parts, headers):
    """`softwaremodules/N/artifacts/NAME`, where N is 100 * action + chunk."""
    number, chunk = divmod(int(parts[1]), 100)
    action = known.find(controller, str(number))
    if not action.active or action.state == "canceling":
        raise Refusal(404)
    data = next(each.data for each in action.chunks[chunk].artifacts if each.filename == parts[3])
    tag = '"' + hashlib.sha1(data).hexdigest() + '"'
    begin = re.match(r"bytes=(\d+)-$", headers.get("Range", ""))
    if begin is None:
        action.add_row("DOWNLOAD")
        return Answer(200, data=data, headers={"ETag": tag, "Accept-Ranges": "bytes"})
    first = int(begin.group(1))
    return Answer(206, data=data[first:], headers={
        "ETag": tag, "Content-Range": f"bytes {first}-{len(data) - 1}/{len(data)}"})


def take(known, controller, method, kind, parts, body):
    if method == "PUT" and kind == "config":
        known.attributes[controller].update(body["data"])
        known.asked_for_attributes.discard(controller)
    elif method == "PUT" and kind == "installed":
        known.installed[controller] = (body["name"], body["version"])
        return Answer(201)
    elif method == "POST" and kind == "deployment_feedback":
        action = known.find(controller, parts[1])
        action.take_feedback(body)
        if action.state == "finished":
            known.asked_for_attributes.add(controller)
            known.installed.pop(controller, None)  # told by hand; the action says it now
    elif method == "POST" and kind == "cancel_feedback":
        known.find(controller, parts[1]).take_cancel_feedback(body)
    elif method == "POST" and kind == "confirmation_feedback":
        known.find(controller, parts[1]).take_confirmation(body)
    elif method == "POST" and kind == "confirmation" and parts[1] == "activateAutoConfirm":
        known.confirm_all(controller)
    else:
        raise Refusal(405)
    return Answer(200)
