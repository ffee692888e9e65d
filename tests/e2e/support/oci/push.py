# SPDX-License-Identifier: Apache-2.0
"""Pushes what the tests make by hand, byte by byte, by the distribution specification."""
import hashlib
import json
import ssl
import urllib.error
import urllib.request

OCTETS = "application/octet-stream"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
INDEX = "application/vnd.oci.image.index.v1+json"
EMPTY = "application/vnd.oci.empty.v1+json"
TITLE = "org.opencontainers.image.title"
VERSION = "org.opencontainers.image.version"


def digest_of(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def describe(data, media_type=OCTETS, **more):
    return {"mediaType": media_type, "digest": digest_of(data), "size": len(data), **more}


class Pusher:
    def __init__(self, url, authorization=None, ca=None):
        self.url, self.authorization = url, authorization
        self.context = ssl.create_default_context(cafile=ca) if ca else None

    def request(self, method, url, data=None, media_type=OCTETS):
        headers = {"Content-Type": media_type}
        if self.authorization:
            headers["Authorization"] = self.authorization
        request = urllib.request.Request(url, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=90, context=self.context) as answer:
                return answer.headers
        except urllib.error.HTTPError as answer:
            with answer:
                raise AssertionError(f"{method} {url}: {answer.code} {answer.read()[:500]}") from None

    def blob(self, repository, data, media_type=OCTETS, **more):
        """Its descriptor."""
        place = self.request("POST", f"{self.url}/v2/{repository}/blobs/uploads/", b"")["Location"]
        descriptor = describe(data, media_type, **more)
        self.request("PUT", f"{place}{'&' if '?' in place else '?'}digest={descriptor['digest']}", data)
        return descriptor

    def manifest(self, repository, reference, manifest):
        """Its digest. Without a reference it has no tag."""
        data = manifest if isinstance(manifest, bytes) else json.dumps(manifest).encode()
        media_type = json.loads(data).get("mediaType", MANIFEST)
        self.request("PUT", f"{self.url}/v2/{repository}/manifests/{reference or digest_of(data)}", data, media_type)
        return digest_of(data)

    def artifact(self, repository, tag, image, annotations=None, layer=OCTETS, title="firmware.bin", **more):
        """An image in the shape that oras gives it; the digest of its manifest."""
        return self.manifest(repository, tag, {
            "schemaVersion": 2, "mediaType": MANIFEST, "artifactType": "application/vnd.ajour.firmware.v1",
            "config": self.blob(repository, b"{}", EMPTY),
            "layers": [self.blob(repository, image, layer, annotations={TITLE: title})],
            "annotations": annotations or {}, **more})

    def remove(self, repository, digest):
        self.request("DELETE", f"{self.url}/v2/{repository}/manifests/{digest}")
