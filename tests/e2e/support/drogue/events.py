# SPDX-License-Identifier: Apache-2.0
"""A device's message as Drogue Cloud's MQTT integration has it: a CloudEvent in structured JSON."""
import base64
import datetime
import json
import re
import uuid


def encoded(name):
    return re.sub(rb"[^A-Za-z0-9]", lambda found: b"%%%02X" % found.group()[0], name.encode()).decode()


def now():
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%f000Z")


def data_of(content_type, body):
    """What of the body stands in the event; ValueError for JSON that is none."""
    kind = (content_type or "").split(";")[0].strip().lower()
    if kind in ("application/json", "text/json") or kind.endswith("+json"):
        return {"datacontenttype": "application/json", "data": json.loads(body)}
    if not kind:
        try:
            return {"datacontenttype": "application/json", "data": json.loads(body)}
        except ValueError:
            kind = "application/octet-stream"
    if kind == "text/plain":
        try:
            return {"datacontenttype": kind, "data": body.decode()}
        except UnicodeDecodeError:
            pass
    return {"datacontenttype": kind, "data_base64": base64.b64encode(body).decode()}


def event(application, device, sender, channel, data, **more):
    return {"specversion": "1.0", "id": str(uuid.uuid4()), "type": "io.drogue.event.v1",
            "source": f"drogue://{application}/{encoded(device)}", "subject": channel, "time": now(),
            "application": application, "device": device, "sender": sender, "instance": "drogue",
            "partitionkey": f"{encoded(application)}/{encoded(sender)}", **data, **more}
