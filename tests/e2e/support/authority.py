# SPDX-License-Identifier: Apache-2.0
"""An authority as an operator makes one with openssl, and certificates that it issues."""
import pathlib
import subprocess

CURVE = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
FOR_AUTHORITIES = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n"
FOR_CLIENTS = "extendedKeyUsage=clientAuth\n"


def openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, timeout=90)


class Issued:
    """PEM files: the certificate, with those of the authorities between it and the root behind it, and its key."""

    def __init__(self, certificate, key):
        self.certificate, self.key = certificate, key

    def for_device(self):
        return {"cert": self.certificate, "key": self.key}


class Authority:
    def __init__(self, directory, name, subject):
        self.directory = pathlib.Path(directory) / f"authority-{name}"
        self.directory.mkdir()
        self.certificate, self.key, self.chain = self.directory / "ca.pem", self.directory / "ca.key", ""
        openssl("req", "-x509", *CURVE, "-days", 2, "-keyout", self.key, "-out", self.certificate, "-subj", subject)

    def issue(self, name, subject, days=2, extensions=FOR_CLIENTS):
        files = {kind: self.directory / f"{name}.{kind}" for kind in ("pem", "key", "csr", "ext")}
        files["ext"].write_text(extensions)
        openssl("req", "-new", *CURVE, "-keyout", files["key"], "-out", files["csr"], "-subj", subject)
        openssl("x509", "-req", "-days", days, "-in", files["csr"], "-CA", self.certificate, "-CAkey", self.key,
                "-CAcreateserial", "-extfile", files["ext"], "-out", files["pem"])
        with files["pem"].open("a") as pem:
            pem.write(self.chain)
        return Issued(files["pem"], files["key"])

    def below(self, name, subject):
        """An authority that this one vouches for."""
        issued = self.issue(name, subject, extensions=FOR_AUTHORITIES)
        lower = object.__new__(Authority)
        lower.directory, lower.key = self.directory / f"below-{name}", issued.key
        lower.directory.mkdir()
        lower.certificate, lower.chain = issued.certificate, issued.certificate.read_text()
        return lower

    def for_server(self):
        return self.issue("server", "/CN=127.0.0.1", extensions="subjectAltName=IP:127.0.0.1,DNS:localhost\n")
