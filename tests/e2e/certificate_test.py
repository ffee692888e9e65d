# SPDX-License-Identifier: Apache-2.0
"""Devices that show a certificate instead of a password: whose counts is what the application says."""
import json
import subprocess

from support.authority import FOR_CLIENTS, Authority
from support.case import PASSWORD, EndToEnd, microbit
from support.server import REGISTRY
from support.wire_device import Command, status

LAMPS = "lamps"
IMAGE = 3000
COAP_CLIENTS = ("coap-client-openssl", "coap-client-gnutls")


class CertificateCase(EndToEnd):
    def setUp(self):
        super().setUp()
        self.root = Authority(self.directory, "root", "/O=Acme/CN=Acme Servers")
        self.authority = Authority(self.directory, "lamps", "/O=Acme/CN=Lamps CA")
        server = self.root.for_server()
        both = {f"transport__{transport}__tls__{name}": value for transport in ("http", "coap")
                for name, value in (("certificate", server.certificate), ("key", server.key),
                                    ("client_certificates", "true"))}
        self.serve(exchange__brake__failures=4, fleet__fresh="500ms", **both)
        self.server.ajour("app", "create", LAMPS, "--trust-anchor", self.authority.certificate)
        self.create("lamp-1")
        self.publish("1.0.1", microbit()[:IMAGE])
        self.server.aim(LAMPS)
        self.status_file = self.directory / "status"
        self.status_file.write_bytes(status("1.0.0", mtu=128))

    def create(self, name, *options):
        self.server.ajour("device", "create", LAMPS, name, *options)

    def lamp(self, name="lamp-1", authority=None, **options):
        return (authority or self.authority).issue(name, f"/CN={name}", **options)

    def post(self, shown=None, query="", user=None):
        """What curl gets over https: the code of the answer and its body."""
        command = ["curl", "-sS", "-m", "60", "--cacert", self.root.certificate, "-w", "%{http_code}",
                   "-o", self.directory / "answer", "--data-binary", f"@{self.status_file}"]
        command += ["--cert", shown.certificate, "--key", shown.key] if shown else []
        command += ["-u", user] if user else []
        command.append(f"https://127.0.0.1:{self.server.port}/v1/dfu{query}")
        done = subprocess.run(command, capture_output=True, text=True, timeout=90)
        assert done.returncode == 0, done.stderr
        return int(done.stdout), (self.directory / "answer").read_bytes()

    def code(self, *arguments, **options):
        return self.post(*arguments, **options)[0]

    def coap(self, client, shown, query=""):
        """What a client of libcoap prints of the answer."""
        output = self.directory / "coap-answer"
        output.unlink(missing_ok=True)
        done = subprocess.run(
            [client, "-m", "post", "-B", "60", "-c", shown.certificate, "-j", shown.key, "-C", self.root.certificate,
             "-t", "60", "-f", self.status_file, "-o", output,
             f"coaps://127.0.0.1:{self.server.coaps_port}/v1/dfu{query}"],
            capture_output=True, text=True, timeout=90)
        if output.exists() and output.stat().st_size > 0:
            return "command"
        return (done.stdout + done.stderr).split(maxsplit=1)[0]

    def change(self, path, edit):
        _, found = self.server.request("GET", path)
        edit(found.setdefault("spec", {}))
        self.assertEqual(self.server.request("PUT", path, found)[0], 204)

    def device_path(self, name):
        return f"{REGISTRY}/{LAMPS}/devices/{name}"


class Certificate(CertificateCase):
    def assert_updates_over(self, url):
        self.create("lamp-2")
        device = self.device("lamp-2", url=url, ca=self.root.certificate, password_file=None,
                             **self.lamp("lamp-2").for_device())
        device.run()
        self.server.until_in_sync(LAMPS, "lamp-2", "1.0.1")

    def test_a_device_updates_over_https(self):
        self.assert_updates_over(f"https://127.0.0.1:{self.server.port}")

    def test_a_device_updates_over_coaps(self):
        self.assert_updates_over(self.server.coaps_url)

    def test_curl_and_libcoap_get_a_command(self):
        shown = self.lamp()
        code, body = self.post(shown)
        self.assertEqual((code, Command(body).kind in ("wait", "write")), (200, True))
        for client in COAP_CLIENTS:
            self.assertEqual(self.coap(client, shown), "command", client)

    def test_who_has_a_password_needs_no_certificate(self):
        self.server.create("others", ["other-1"], PASSWORD)
        self.assertEqual(self.code(user=f"other-1@others:{PASSWORD}"), 200)
        self.assertEqual(self.code(self.lamp(), user=f"other-1@others:{PASSWORD}"), 403)

    def test_an_authority_that_nobody_trusts_is_refused(self):
        stranger = Authority(self.directory, "stranger", "/CN=Stranger")
        self.assertEqual(self.code(self.lamp(authority=stranger)), 403)
        self.assertEqual(self.coap(COAP_CLIENTS[0], self.lamp(authority=stranger)), "4.03")

    def test_an_authority_that_takes_the_name_of_another_is_refused(self):
        impostor = Authority(self.directory, "impostor", "/O=Acme/CN=Lamps CA")
        self.assertEqual(self.code(self.lamp()), 200)
        for _ in range(2):
            self.assertEqual(self.code(self.lamp(authority=impostor)), 403)
        self.assertEqual(self.coap(COAP_CLIENTS[0], self.lamp(authority=impostor)), "4.03")

    def test_a_certificate_that_has_ended_is_refused(self):
        self.assertEqual(self.code(self.lamp(days=-1)), 403)
        self.assertEqual(self.coap(COAP_CLIENTS[0], self.lamp(days=-1)), "4.03")

    def test_a_certificate_for_servers_is_refused(self):
        self.assertEqual(self.code(self.lamp(extensions="extendedKeyUsage=serverAuth\n")), 403)

    def test_a_device_is_no_authority(self):
        """What a device signs is refused, although its own certificate is good."""
        lamp = self.lamp()
        forger = object.__new__(Authority)
        forger.directory, forger.certificate, forger.key = self.directory, lamp.certificate, lamp.key
        forger.chain = lamp.certificate.read_text()
        self.create("lamp-2")
        self.assertEqual(self.code(self.lamp("lamp-2", authority=forger)), 403)

    def test_a_device_that_nobody_made_is_refused(self):
        self.assertEqual(self.code(self.lamp("lamp-9")), 403)

    def test_a_disabled_device_is_refused_at_once(self):
        shown = self.lamp()
        self.assertEqual(self.code(shown), 200)
        self.change(self.device_path("lamp-1"), lambda spec: spec.update(core={"disabled": True}))
        self.assertEqual(self.code(shown), 403)
        self.assertEqual(self.coap(COAP_CLIENTS[0], shown), "4.03")

    def test_an_authority_that_is_trusted_no_more_is_refused_at_once(self):
        shown = self.lamp()
        self.assertEqual(self.code(shown), 200)
        self.server.ajour("app", "set-trust-anchors", LAMPS)
        self.assertEqual(self.code(shown), 403)
        self.server.ajour("app", "set-trust-anchors", LAMPS, self.authority.certificate)
        self.assertEqual(self.code(shown), 200)

    def test_two_generations_of_an_authority_are_trusted_side_by_side(self):
        old = self.lamp()
        new = Authority(self.directory, "new", "/O=Acme/CN=Lamps CA")
        self.server.ajour("app", "set-trust-anchors", LAMPS, self.authority.certificate, new.certificate)
        self.assertEqual([self.code(old), self.code(self.lamp(authority=new))], [200, 200])

    def test_an_authority_below_another_is_trusted_by_itself(self):
        below = self.root.below("shop", "/O=Acme/CN=Shop CA")
        self.server.ajour("app", "create", "shop", "--trust-anchor", below.certificate)
        self.server.ajour("device", "create", "shop", "till-1")
        self.assertEqual(self.code(below.issue("till-1", "/CN=till-1")), 200)
        self.assertEqual(self.coap(COAP_CLIENTS[0], below.issue("till-1", "/CN=till-1")), "command")

    def test_an_application_trusts_nobody_that_another_one_does(self):
        done = self.server.ajour("app", "create", "others", "--trust-anchor", self.authority.certificate, check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("trust anchor of another application", done.stderr)

    def test_what_is_no_certificate_is_told_to_the_operator(self):
        done = self.server.ajour("app", "create", "others", "--trust-anchor", self.status_file, check=False)
        self.assertIn("neither PEM nor PEM in base64", done.stderr)
        code, body = self.server.request("POST", REGISTRY, {
            "metadata": {"name": "others"}, "spec": {"trustAnchors": {"anchors": [{"certificate": "AAAA"}]}}})
        self.assertEqual(code, 400)
        self.assertIn("spec.trustAnchors.anchors[0].certificate", json.dumps(body))

    def test_a_certificate_with_another_name_is_a_credential_of_the_device(self):
        shown = self.authority.issue("serial", "/O=Acme/OU=Lamps/CN=4711")
        self.assertEqual(self.code(shown), 403)
        self.create("lamp-2", "--certificate", shown.certificate)
        _, found = self.server.request("GET", self.device_path("lamp-2"))
        self.assertEqual(found["spec"]["authentication"]["credentials"], [{"cert": "O=Acme, OU=Lamps, CN=4711"}])
        self.assertEqual(self.code(shown), 200)
        self.assertEqual(self.coap(COAP_CLIENTS[0], shown), "command")
        self.assertEqual(self.code(self.lamp("lamp-2")), 403)

    def test_a_gateway_speaks_for_its_children_and_for_nobody_else(self):
        self.create("gateway")
        self.create("child", "--gateway", "gateway")
        gateway = self.lamp("gateway")
        self.assertEqual(self.code(gateway, "?as=child"), 200)
        self.assertEqual(self.coap(COAP_CLIENTS[0], gateway, "?as=child"), "command")
        self.assertEqual(self.code(gateway, "?as=lamp-1"), 403)
        self.assertEqual(self.code(self.lamp(), "?as=child"), 403)

    def test_wrong_certificates_count_for_the_brake(self):
        known, impostor = self.lamp(), Authority(self.directory, "impostor", "/O=Acme/CN=Lamps CA")
        self.assertEqual(self.code(known), 200)
        wrong = self.lamp(authority=impostor)
        self.assertEqual([self.code(wrong) for _ in range(5)], [403] * 4 + [429])
        self.create("lamp-2")
        self.assertEqual(self.code(self.lamp("lamp-2")), 429)
        self.assertEqual(self.code(known), 200)
        self.assertEqual(self.coap(COAP_CLIENTS[0], wrong), "4.29")
