# SPDX-License-Identifier: Apache-2.0
"""An authority of the test's own, a certificate for 127.0.0.1, and one for a device."""
import pathlib
import subprocess


class Certificates:
    def __init__(self, directory, device="device-1", application="fleet"):
        self.directory = pathlib.Path(directory) / "certificates"
        self.directory.mkdir(exist_ok=True)
        self.ca, self.ca_key = self.file("ca.pem"), self.file("ca.key")
        self.server, self.server_key = self.file("server.pem"), self.file("server.key")
        self.device, self.device_key = self.file("device.pem"), self.file("device.key")
        self.openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                     "-days", "2", "-keyout", self.ca_key, "-out", self.ca, "-subj", f"/CN={application}")
        self.sign(self.server, self.server_key, "/CN=127.0.0.1", "subjectAltName=IP:127.0.0.1,DNS:localhost")
        self.sign(self.device, self.device_key, f"/CN={device}", "extendedKeyUsage=clientAuth")

    def file(self, name):
        return self.directory / name

    def sign(self, certificate, key, subject, extension):
        request, extensions = self.file("request.pem"), self.file("extensions")
        extensions.write_text(extension + "\n")
        self.openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                     "-keyout", key, "-out", request, "-subj", subject)
        self.openssl("x509", "-req", "-days", "2", "-in", request, "-CA", self.ca, "-CAkey", self.ca_key,
                     "-CAcreateserial", "-extfile", extensions, "-out", certificate)

    @staticmethod
    def openssl(*arguments):
        subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, timeout=90)
