# SPDX-License-Identifier: Apache-2.0
"""Signs manifests as cosign does with a key, made with openssl: both ways to store a signature."""
import base64
import json
import pathlib
import shutil
import subprocess

from support.oci.push import EMPTY, INDEX, MANIFEST

SIMPLE_SIGNING = "application/vnd.dev.cosign.simplesigning.v1+json"
SIGNATURE = "dev.cosignproject.cosign/signature"
BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json"
IN_TOTO = "application/vnd.in-toto+json"
COSIGN_SIGN = "https://sigstore.dev/cosign/sign/v1"


def openssl(*arguments, data=b""):
    done = subprocess.run(["openssl", *map(str, arguments)], input=data, capture_output=True, check=True, timeout=90)
    return done.stdout


def text64(data):
    return base64.b64encode(data).decode()


def simple_payload(digest, type_name="cosign container image signature"):
    return json.dumps({"critical": {"identity": {"docker-reference": "of the tests"},
                                    "image": {"docker-manifest-digest": digest}, "type": type_name},
                       "optional": None}).encode()


def statement(digest, predicate=COSIGN_SIGN):
    return json.dumps({"_type": "https://in-toto.io/Statement/v1", "predicateType": predicate, "predicate": {},
                       "subject": [{"digest": {"sha256": digest.removeprefix("sha256:")}}]}).encode()


def signed_by(public, directory, signature="require"):
    """The settings of one who trusts this key, for all applications."""
    keys = pathlib.Path(directory) / "keys"
    keys.mkdir()
    shutil.copy(public, keys / "default.pub")
    return {"source.oci.signature": signature, "source.oci.signature.keys": keys}


class Signer:
    """A key pair; `public` is the file that an operator configures."""

    def __init__(self, directory, name="cosign"):
        self.private, self.public = (pathlib.Path(directory) / f"{name}.{end}" for end in ("key", "pub"))
        openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-out", self.private)
        openssl("pkey", "-in", self.private, "-pubout", "-out", self.public)

    def signature(self, data):
        return openssl("dgst", "-sha256", "-sign", self.private, data=data)

    def sign(self, pusher, repository, digest, payload=None, spoil=lambda signature: signature):
        """By the tag sha256-<hex>.sig."""
        payload = payload or simple_payload(digest)
        signature = text64(spoil(self.signature(payload)))
        layer = pusher.blob(repository, payload, SIMPLE_SIGNING, annotations={SIGNATURE: signature})
        config = pusher.blob(repository, b"{}", "application/vnd.oci.image.config.v1+json")
        pusher.manifest(repository, digest.replace(":", "-") + ".sig", {
            "schemaVersion": 2, "mediaType": MANIFEST, "config": config, "layers": [layer]})

    def sign_with_bundle(self, pusher, repository, digest, payload=None, spoil=lambda signature: signature):
        """By a bundle that refers to the manifest, found by the tag sha256-<hex>: docker-registry knows no referrers."""
        payload = payload or statement(digest)
        encoded = f"DSSEv1 {len(IN_TOTO)} {IN_TOTO} {len(payload)} ".encode() + payload
        bundle = json.dumps({
            "mediaType": BUNDLE,
            "verificationMaterial": {"publicKey": {"hint": "of the tests"}, "tlogEntries": []},
            "dsseEnvelope": {"payload": text64(payload), "payloadType": IN_TOTO,
                             "signatures": [{"sig": text64(spoil(self.signature(encoded))), "keyid": ""}]}}).encode()
        annotations = {"dev.sigstore.bundle.content": "dsse-envelope",
                       "dev.sigstore.bundle.predicateType": COSIGN_SIGN}
        referrer = json.dumps({
            "schemaVersion": 2, "mediaType": MANIFEST, "artifactType": BUNDLE,
            "config": pusher.blob(repository, b"{}", EMPTY), "layers": [pusher.blob(repository, bundle, BUNDLE)],
            "subject": {"mediaType": MANIFEST, "digest": digest, "size": 1}, "annotations": annotations}).encode()
        refers = pusher.manifest(repository, None, referrer)
        pusher.manifest(repository, digest.replace(":", "-"), {
            "schemaVersion": 2, "mediaType": INDEX, "manifests": [
                {"mediaType": MANIFEST, "digest": refers, "size": len(referrer), "artifactType": BUNDLE}]})
