#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What scripts/ajour-drogue makes of the original's environment and flags, seen by a program in ajourd's place."""
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts/ajour-drogue"
STUB = """#!/usr/bin/env python3
import json, os, sys
json.dump([sys.argv[1:], dict(os.environ)], sys.stdout)
"""
STOCK = {  # as the original's Deployment gives it
    "RUST_LOG": "drogue_ajour_update_server=debug",
    "OCI_REGISTRY_PREFIX": "quay.example/acme/", "OCI_REGISTRY_TOKEN": "oci $ecret", "DROGUE_TOKEN": "drg_'\"$(x)",
    "DROGUE_USER": "ajour", "DROGUE_DEVICE_REGISTRY": "https://api.example", "MQTT_GROUP_ID": "firmware",
    "DROGUE_MQTT_INTEGRATION": "mqtt.example:443", "HAWKBIT_ENABLE": "false"}
CLOUD = ["--user", "ajour", "--device-registry=https://api.example", "--mqtt-uri", "ssl://mqtt.example:8883"]


class Entry(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.stub = self.folder / "ajourd"
        self.stub.write_text(STUB)
        self.stub.chmod(0o755)

    def run_script(self, *arguments, script=SCRIPT, **environment):
        plain = {"PATH": os.environ["PATH"], "AJOURD": str(self.stub), "AJOUR_SERVICE_ACCOUNT_TOKEN": "/no/such/file"}
        plain.update(environment)
        return subprocess.run(["sh", script, *arguments], capture_output=True, text=True, timeout=20,
                              env={name: value for name, value in plain.items() if value is not None})

    def start(self, *arguments, **environment):
        """Arguments and settings that ajourd gets, secrets as it would find them, and what was said."""
        done = self.run_script(*arguments, **environment)
        self.assertEqual(done.returncode, 0, done.stderr)
        given, variables = json.loads(done.stdout)
        self.settings = {name: variables[value[4:]] if value.startswith("env:") else value
                         for name, value in variables.items() if name.startswith("AJOUR_")}
        self.said = done.stderr
        return given

    def start_with_flags(self, *flags, **environment):
        return self.start(*CLOUD, *flags, DROGUE_TOKEN="secret", **environment)

    def refusal(self, *arguments, **environment):
        done = self.run_script(*arguments, **environment)
        self.assertEqual(done.returncode, 2, done.stdout)
        self.assertEqual(done.stdout, "")
        return done.stderr

    def assert_settings(self, **expected):
        found = {name: self.settings.get("AJOUR_" + name) for name in expected}
        self.assertEqual(found, expected)

    def test_takes_the_stock_deployment_without_a_word(self):
        given = self.start(**STOCK)
        self.assertEqual(len(given), 1)
        self.assertEqual(pathlib.Path(given[0].removeprefix("--config=")).resolve(), ROOT / "etc/ajour-drogue.properties")
        self.assertEqual(self.said, "")
        self.assert_settings(
            TRANSPORT_DROGUE_SERVER="mqtts://mqtt.example:443", TRANSPORT_DROGUE_USER="ajour",
            TRANSPORT_DROGUE_TOKEN=STOCK["DROGUE_TOKEN"], TRANSPORT_DROGUE_API="https://api.example",
            TRANSPORT_DROGUE_GROUP="firmware", TRANSPORT_DROGUE_APPLICATIONS=None, TRANSPORT_DROGUE_TLS_CA=None,
            REGISTRY_DROGUE_URL="https://api.example", REGISTRY_DROGUE_USER="ajour", REGISTRY_DROGUE_PLAIN=None,
            TRANSPORT_DROGUE_PLAIN=None,
            REGISTRY_DROGUE_TOKEN=STOCK["DROGUE_TOKEN"], SOURCE_OCI_ENABLED="true",
            SOURCE_OCI_PREFIX="quay.example/acme/", SOURCE_OCI_USER="ajour", SOURCE_OCI_PASSWORD="oci $ecret",
            SOURCE_OCI_PLAIN="false", SOURCE_OCI_TLS_VERIFY="true", SOURCE_HAWKBIT_ENABLED="false",
            SOURCE_FILE_ENABLED="false", LOG_LEVEL="debug", ADMIN_PORT=None, ADMIN_ENABLED=None)

    def test_hands_no_secret_to_a_command_line(self):
        given = self.start(**STOCK)
        self.assertNotIn("ecret", " ".join(given))
        self.assertNotIn("drg_", " ".join(given))

    def test_takes_a_secret_as_it_is_whatever_it_looks_like(self):
        self.start(**{**STOCK, "DROGUE_TOKEN": "file:/etc/passwd", "OCI_REGISTRY_TOKEN": "env:HOME"})
        self.assert_settings(TRANSPORT_DROGUE_TOKEN="file:/etc/passwd", SOURCE_OCI_PASSWORD="env:HOME")

    def test_takes_no_space_around_a_value_for_part_of_it(self):
        around = {name: f" \t{value}\r\n" for name, value in STOCK.items() if name != "RUST_LOG"}
        self.start(**{**STOCK, **around})
        spaced = self.settings
        self.start(**STOCK)
        self.assertEqual(spaced, self.settings)
        self.start(*CLOUD, "--token", "se cret\n", "--oci-registry-enable", "--oci-registry-prefix= quay.example/a/ ")
        self.assert_settings(TRANSPORT_DROGUE_TOKEN="se cret", SOURCE_OCI_PREFIX="quay.example/a/")

    def test_takes_no_expiry_for_the_shortest(self):
        self.start_with_flags("--oci-registry-enable", "--oci-registry-prefix=quay.example/a/", "--oci-cache-expiry=0")
        self.assert_settings(SOURCE_OCI_POLL="1s")

    def test_serves_one_application_when_told(self):
        self.start(**STOCK, DROGUE_APPLICATION="lamps")
        self.assert_settings(TRANSPORT_DROGUE_APPLICATIONS="lamps", REGISTRY_DROGUE_APPLICATIONS="lamps")

    def test_takes_false_for_false_and_anything_unclear_for_a_mistake(self):
        for word in ("false", "FALSE", "no", "0", "off", ""):
            self.start(**{**STOCK, "HAWKBIT_ENABLE": word})
            self.assert_settings(SOURCE_HAWKBIT_ENABLED="false", SOURCE_HAWKBIT_URL=None)
        self.assertIn("expected true or false", self.refusal(**{**STOCK, "HAWKBIT_ENABLE": "maybe"}))

    def test_serves_what_a_hawkbit_deploys(self):
        hawkbit = {"HAWKBIT_ENABLE": "true", "HAWKBIT_URL": "https://hawkbit.example", "HAWKBIT_TENANT": "T",
                   "HAWKBIT_GATEWAY_TOKEN": "gateway"}
        self.start(**{**STOCK, **hawkbit})
        expected = {"SOURCE_HAWKBIT_ENABLED": "true", "SOURCE_HAWKBIT_URL": "https://hawkbit.example",
                    "SOURCE_HAWKBIT_TENANT": "T", "SOURCE_HAWKBIT_TOKEN": "gateway", "SOURCE_HAWKBIT_PLAIN": None}
        self.assert_settings(**expected)
        self.start_with_flags("--hawkbit-enable", "--hawkbit-url", "http://hawkbit.example", "--hawkbit-tenant", "T",
                              "--hawkbit-gateway-token", "gateway")
        self.assert_settings(**{**expected, "SOURCE_HAWKBIT_URL": "http://hawkbit.example",
                                "SOURCE_HAWKBIT_PLAIN": "true"})
        self.assertIn("http://", self.said)
        self.assertIn("HAWKBIT_URL", self.refusal(**{**STOCK, "HAWKBIT_ENABLE": "true"}))

    def test_takes_the_service_accounts_token_from_its_file_when_there_is_no_other(self):
        file = self.folder / "token"
        file.write_text("jwt")
        self.start(**{**STOCK, "OCI_REGISTRY_TOKEN": ""}, AJOUR_SERVICE_ACCOUNT_TOKEN=str(file))
        self.assert_settings(SOURCE_OCI_PASSWORD=None, SOURCE_OCI_PASSWORD_FILE=str(file), SOURCE_OCI_USER="ajour")
        self.start(**{**STOCK, "OCI_REGISTRY_TOKEN": None})
        self.assert_settings(SOURCE_OCI_PASSWORD=None, SOURCE_OCI_PASSWORD_FILE=None, SOURCE_OCI_USER=None)

    def test_serves_no_images_when_it_does_not_know_from_where(self):
        self.start(**{**STOCK, "OCI_REGISTRY_PREFIX": ""})
        self.assert_settings(SOURCE_OCI_ENABLED="false")
        self.assertIn("OCI_REGISTRY_PREFIX", self.said)

    def test_names_what_is_missing(self):
        for name in ("DROGUE_TOKEN", "DROGUE_USER", "DROGUE_DEVICE_REGISTRY", "DROGUE_MQTT_INTEGRATION"):
            self.assertIn(name, self.refusal(**{**STOCK, name: None}))

    def test_takes_every_flag_of_the_original(self):
        self.start_with_flags(
            "--application=lamps", "--exclude-applications", "a,b", "--ca-path", "/etc/ca.pem", "--mqtt-group-id=g",
            "--oci-registry-enable", "--oci-registry-tls", "--oci-registry-prefix", "quay.example/acme/",
            "--oci-registry-user", "me", "--oci-registry-token", "oci", "--oci-cache-entries-max", "7",
            "--oci-cache-expiry=45", "--file-registry-enable", "--file-registry-path", "/fw", "--health-port", "81")
        self.assert_settings(
            TRANSPORT_DROGUE_SERVER="mqtts://mqtt.example:8883", TRANSPORT_DROGUE_APPLICATIONS="lamps",
            TRANSPORT_DROGUE_APPLICATIONS_EXCLUDED="a,b", TRANSPORT_DROGUE_TLS_CA="/etc/ca.pem",
            TRANSPORT_DROGUE_GROUP="g", TRANSPORT_DROGUE_TOKEN="secret", SOURCE_OCI_ENABLED="true",
            SOURCE_OCI_PREFIX="quay.example/acme/", SOURCE_OCI_USER="me", SOURCE_OCI_PASSWORD="oci",
            SOURCE_OCI_REFERENCES_MAX="7", SOURCE_OCI_POLL="45s", SOURCE_OCI_PLAIN="false",
            SOURCE_OCI_TLS_VERIFY="true", SOURCE_FILE_ENABLED="true", SOURCE_FILE_ROOT="/fw", ADMIN_PORT="81")

    def test_says_that_a_secret_among_flags_can_be_seen(self):
        self.start(*CLOUD, "--token", "secret")
        self.assert_settings(TRANSPORT_DROGUE_TOKEN="secret", REGISTRY_DROGUE_TOKEN="secret")
        self.assertIn("DROGUE_TOKEN", self.said)
        self.assertNotIn("secret", self.said)

    def test_switches_on_no_source_that_flags_do_not_name(self):
        self.start_with_flags()
        self.assert_settings(SOURCE_OCI_ENABLED="false", SOURCE_HAWKBIT_ENABLED="false", SOURCE_FILE_ENABLED="false")

    def test_warns_of_what_is_less_safe(self):
        self.start_with_flags("--oci-registry-enable", "--oci-registry-prefix=r.example/", "--oci-registry-insecure")
        self.assert_settings(SOURCE_OCI_TLS_VERIFY="false", SOURCE_OCI_PLAIN="true")
        self.assertIn("any certificate", self.said)
        self.assertIn("http://", self.said)
        self.start(**{**STOCK, "DROGUE_DEVICE_REGISTRY": "http://api.example"})
        self.assert_settings(REGISTRY_DROGUE_PLAIN="true", TRANSPORT_DROGUE_PLAIN="true")
        self.assertIn("http://", self.said)

    def test_verifies_the_clouds_certificates_all_the_same(self):
        self.start_with_flags("--insecure-tls")
        self.assertIn("--ca-path", self.said)

    def test_speaks_without_tls_when_the_uri_says_so(self):
        for uri in ("tcp://mqtt.example:1883", "mqtt://mqtt.example:1883", "mqtt.example:1883"):
            self.start_with_flags("--mqtt-uri", uri, "--disable-tls", "--ca-path", "/etc/ca.pem")
            self.assert_settings(TRANSPORT_DROGUE_SERVER="mqtt://mqtt.example:1883", TRANSPORT_DROGUE_TLS_CA=None)
        self.assertIn("tcp://", self.refusal(*CLOUD, "--disable-tls", DROGUE_TOKEN="x"))
        self.assertIn("websocket.url", self.refusal(*CLOUD, "--mqtt-uri=wss://x", DROGUE_TOKEN="x"))

    def test_answers_no_probes_when_told(self):
        self.start_with_flags("--disable-health")
        self.assert_settings(ADMIN_ENABLED="false")

    def test_refuses_what_the_original_would_and_repeats_no_value(self):
        for flags in (["--tokn", "secret"], ["--tokn=secret"], ["secret"], ["--disable-health=secret"], ["--token"]):
            said = self.refusal(*CLOUD, *flags, DROGUE_TOKEN="x")
            self.assertIn("ajour-drogue: ", said)
            self.assertNotIn("secret", said)

    def test_lets_ajourds_own_words_win(self):
        given = self.start("--set", "update.poll=1m", "--set=fleet.fresh=9s", **STOCK,
                           AJOUR_SOURCE_OCI_PASSWORD="file:/run/oci", AJOUR_TRANSPORT_DROGUE_TOKEN="file:/run/token",
                           AJOUR_LOG_LEVEL="warning")
        self.assertEqual(given[1:], ["--set=update.poll=1m", "--set=fleet.fresh=9s"])
        self.assert_settings(SOURCE_OCI_PASSWORD="file:/run/oci", TRANSPORT_DROGUE_TOKEN="file:/run/token",
                             LOG_LEVEL="warning", SOURCE_OCI_ENABLED="true", SOURCE_OCI_PLAIN="false")

    def test_needs_no_token_of_who_logs_in_by_openid(self):
        self.start(**{**STOCK, "DROGUE_USER": None, "DROGUE_TOKEN": None},
                   AJOUR_TRANSPORT_DROGUE_OIDC_URL="https://sso.example")
        self.assert_settings(TRANSPORT_DROGUE_USER=None, TRANSPORT_DROGUE_TOKEN=None)

    def test_runs_where_the_originals_entry_was(self):
        """By a link, with ajourd and the settings where they are installed beside the script."""
        program, link = self.folder / "usr/bin/ajour-drogue", self.folder / "start.sh"
        config = self.folder / "usr/etc/ajour/ajour-drogue.properties"
        for file, text in ((program, SCRIPT.read_text()), (program.with_name("ajourd"), STUB), (config, "")):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
            file.chmod(0o755)
        link.symlink_to(program)
        done = self.run_script(script=link, **{**STOCK, "AJOURD": None})
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(config.samefile(json.loads(done.stdout)[0][0].removeprefix("--config=")))

    def test_finds_ajourd_on_the_path_and_the_settings_where_it_is_told(self):
        done = self.run_script(**{**STOCK, "AJOURD": None, "AJOUR_CONFIG": "/etc/x.properties",
                                  "PATH": f"{self.folder}:{os.environ['PATH']}"})
        self.assertEqual(json.loads(done.stdout)[0], ["--config=/etc/x.properties"], done.stderr)

    def test_becomes_the_server_so_that_signals_reach_it(self):
        self.stub.write_text("#!/bin/sh\necho $$\n")
        with subprocess.Popen(["sh", SCRIPT], stdout=subprocess.PIPE, text=True,
                              env={"PATH": os.environ["PATH"], "AJOURD": str(self.stub), **STOCK}) as process:
            self.assertEqual(process.stdout.read().strip(), str(process.pid))

    def test_shows_the_flags_without_starting_anything(self):
        done = self.run_script("--help", AJOURD="/no/such/program")
        self.assertEqual(done.returncode, 0)
        for word in ("--oci-registry-prefix", "--health-port", "HAWKBIT_GATEWAY_TOKEN", "--set"):
            self.assertIn(word, done.stdout)


class Names(unittest.TestCase):
    """ajourd passes over a variable that it does not know, so a wrong one would go unnoticed."""

    def test_each_variable_is_that_of_a_setting(self):
        keys = re.findall(r"^\| `([a-z0-9_.]+)` \|", (ROOT / "docs/reference/settings.md").read_text(), re.MULTILINE)
        variables = {"AJOUR_" + key.removeprefix("ajour.").upper().replace(".", "_") for key in keys}
        used = re.findall(r"\buse(?:_secret)? \"?(AJOUR_[A-Z_${}a-z]+)", SCRIPT.read_text())
        used = {name.replace("${part}", part) for name in used for part in ("TRANSPORT", "REGISTRY")}
        there = {name.split("_")[1] for name in variables if "_DROGUE_" in name}
        used = {name for name in used if "_DROGUE_" not in name or name.split("_")[1] in there}
        self.assertGreater(len(used), 15)
        self.assertEqual(used - variables, set())


if __name__ == "__main__":
    unittest.main()
