#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""deploy/kubernetes: what a cluster would say of it, and that its parts are about the same thing."""
import copy
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

try:
    import kubernetes_schemas as schemas
    import yaml
except ImportError as missing:
    print(f"skipped: {missing}, see scripts/install")
    sys.exit(1 if os.environ.get("AJOUR_CI") else 77)

ROOT = pathlib.Path(__file__).resolve().parents[2]
KUBERNETES = ROOT / "deploy/kubernetes"
BASE, MONITORED, HAWKBIT = KUBERNETES / "base", KUBERNETES / "monitored", KUBERNETES / "hawkbit"
OLDEST = (1, 25)  # the first without autoscaling/v2beta2
SKIPPED = 77


def documents(*folders):
    for folder in folders:
        for file in sorted(folder.glob("*.yaml")):
            yield file.relative_to(KUBERNETES), yaml.safe_load(file.read_text())


def of_kind(kind):
    [found] = [each for _, each in documents(BASE, MONITORED) if each["kind"] == kind]
    return found


def variables(file):
    lines = [each for each in file.read_text().splitlines() if each and not each.startswith("#")]
    return dict(each.split("=", 1) for each in lines)


def patches():
    """Those of the hawkBit's overlay, by what they change."""
    named = yaml.safe_load((HAWKBIT / "kustomization.yaml").read_text())["patches"]
    read = [yaml.safe_load((HAWKBIT / each["path"]).read_text()) for each in named]
    return {each["kind"]: each for each in read}


def mistaken(document, path, value):
    """A copy with that at the path."""
    changed = copy.deepcopy(document)
    *above, last = path
    place = changed
    for step in above:
        place = place[step]
    place[last] = value
    return changed


class Schemas(unittest.TestCase):
    def test_kubernetes_takes_each_manifest_in_each_version(self):
        served = [folder for major, minor, folder in schemas.versions() if (major, minor) >= OLDEST]
        self.assertGreater(len(served), 5)
        for name, document in documents(BASE):
            if document["kind"] == "Kustomization":
                continue
            for folder in (served[0], served[-1]):
                self.assertEqual(schemas.problems_in(document, folder), [], f"{name} in {folder}")

    def test_the_prometheus_operator_takes_its_monitor(self):
        monitor = of_kind("ServiceMonitor")
        self.assertEqual(schemas.problems_of(monitor, schemas.service_monitor()), [])
        for path, value in ((["spec", "endpoint"], []), (["spec", "endpoints", 0, "prot"], "x"),
                            (["spec", "endpoints", 0, "interval"], "often")):
            self.assertNotEqual(schemas.problems_of(mistaken(monitor, path, value), schemas.service_monitor()), [], path)

    def test_a_field_that_there_is_not_would_be_noticed(self):
        *_, newest = schemas.versions()
        pod = ["spec", "template", "spec"]
        container = [*pod, "containers", 0]
        for path, value in (([*container, "securityContext", "readOnlyRootFileSystem"], True),
                            ([*container, "readinessProbe", "httpGet", "pth"], "/"), ([*pod, "volumes", 0, "empty"], {}),
                            (["spec", "replicas"], "two"), (["metadata", "label"], {})):
            self.assertNotEqual(schemas.problems_in(mistaken(of_kind("Deployment"), path, value), newest[2]), [], path)

    def test_kustomizations_name_what_is_there_and_nothing_else(self):
        for folder in (BASE, MONITORED, HAWKBIT):
            found = yaml.safe_load((folder / "kustomization.yaml").read_text())
            self.assertEqual(found.pop("apiVersion"), "kustomize.config.k8s.io/v1beta1")
            self.assertEqual(found.pop("kind"), "Kustomization")
            files = {file.name for file in folder.glob("*.yaml")} - {"kustomization.yaml", "secret.example.yaml"}
            named = [*found.pop("resources"), *(each["path"] for each in found.pop("patches", []))]
            self.assertEqual({name for name in named if name != "../base"}, files)
            for generated in found.pop("configMapGenerator", []):
                self.assertEqual(generated["name"], "ajour")
                self.assertEqual(set(generated["envs"]), {file.name for file in folder.glob("*.env")})
            for image in found.pop("images", []):
                self.assertEqual(set(image), {"name", "newName", "newTag"})
            self.assertEqual(found, {})


class Manifests(unittest.TestCase):
    def setUp(self):
        self.deployment = of_kind("Deployment")
        self.pod = self.deployment["spec"]["template"]["spec"]
        [self.container] = self.pod["containers"]

    def test_all_speak_of_the_same_pods(self):
        labels = self.deployment["spec"]["template"]["metadata"]["labels"]
        self.assertEqual(self.deployment["spec"]["selector"]["matchLabels"], labels)
        self.assertEqual(of_kind("Service")["spec"]["selector"], labels)
        self.assertEqual(of_kind("PodDisruptionBudget")["spec"]["selector"]["matchLabels"], labels)
        self.assertEqual(of_kind("ServiceMonitor")["spec"]["selector"]["matchLabels"],
                         of_kind("Service")["metadata"]["labels"])
        target = of_kind("HorizontalPodAutoscaler")["spec"]["scaleTargetRef"]
        self.assertEqual((target["kind"], target["name"]), ("Deployment", self.deployment["metadata"]["name"]))
        self.assertEqual(self.pod["serviceAccountName"], of_kind("ServiceAccount")["metadata"]["name"])
        self.assertNotIn("replicas", self.deployment["spec"], "the autoscaler's number would be reset")

    def test_ports_have_one_name(self):
        [port] = self.container["ports"]
        self.assertEqual(port["containerPort"], 8080)
        for probe, path in (("startupProbe", "/healthz"), ("livenessProbe", "/healthz"), ("readinessProbe", "/readyz?part=transports")):
            self.assertEqual(self.container[probe]["httpGet"], {"path": path, "port": port["name"]})
        [served] = of_kind("Service")["spec"]["ports"]
        self.assertEqual((served["name"], served["targetPort"]), (port["name"], port["name"]))
        [scraped] = of_kind("ServiceMonitor")["spec"]["endpoints"]
        self.assertEqual((scraped["port"], scraped["path"]), (served["name"], "/metrics"))

    def test_the_pod_may_do_nothing_that_it_does_not_need(self):
        self.assertEqual(self.pod["securityContext"]["seccompProfile"], {"type": "RuntimeDefault"})
        self.assertTrue(self.pod["securityContext"]["runAsNonRoot"])
        self.assertFalse(self.pod["automountServiceAccountToken"])
        self.assertEqual(self.container["securityContext"], {
            "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}})
        self.assertEqual(set(self.container["resources"]["requests"]), {"cpu", "memory", "ephemeral-storage"})
        self.assertEqual(set(self.container["resources"]["limits"]), {"memory", "ephemeral-storage"})

    def test_what_is_written_lies_on_volumes_with_a_bound(self):
        volumes = {each["name"]: each for each in self.pod["volumes"]}
        mounts = {each["mountPath"]: volumes[each["name"]] for each in self.container["volumeMounts"]}
        self.assertEqual(set(mounts), {"/var/lib/ajour", "/tmp", "/run/secrets/ajour"})
        self.assertIn("sizeLimit", mounts["/var/lib/ajour"]["emptyDir"])
        self.assertIn("sizeLimit", mounts["/tmp"]["emptyDir"])
        self.assertIn("ajour.state = /var/lib/ajour\n", (ROOT / "etc/ajour-drogue.properties").read_text())

    def test_the_secret_has_each_file_that_is_read_and_no_value(self):
        [secret] = [each for name, each in documents(BASE) if name.name == "secret.example.yaml"]
        self.assertEqual(set(secret["stringData"].values()), {"REPLACE-ME"})
        read = {each["value"].rpartition("/")[2] for each in self.container["env"]}
        self.assertEqual(read, set(secret["stringData"]))
        [volume] = [each for each in self.pod["volumes"] if each["name"] == "secrets"]
        self.assertEqual(volume["secret"]["secretName"], secret["metadata"]["name"])
        for folder in (BASE, HAWKBIT):
            for file in folder.glob("*.env"):
                self.assertNotRegex(json.dumps(variables(file)).lower(), "token|password")

    def test_the_entry_takes_the_variables_without_a_word(self):
        with tempfile.TemporaryDirectory() as folder:
            stub = pathlib.Path(folder) / "ajourd"
            stub.write_text(f"#!{sys.executable}\nimport json, os\nprint(json.dumps(dict(os.environ)))\n")
            stub.chmod(0o755)
            given = {each["name"]: each["value"] for each in self.container["env"]}
            done = subprocess.run(["sh", ROOT / "scripts/ajour-drogue"], capture_output=True, text=True, timeout=20,
                                  env={"PATH": os.environ["PATH"], "AJOURD": str(stub), **variables(BASE / "ajour.env"),
                                       **given})
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        found = json.loads(done.stdout)
        self.assertEqual(found["AJOUR_TRANSPORT_DROGUE_TOKEN"], "file:/run/secrets/ajour/drogue-token")
        self.assertEqual(found["AJOUR_SOURCE_OCI_PASSWORD_FILE"], "/run/secrets/ajour/oci-token")
        self.assertEqual(found["AJOUR_TRANSPORT_DROGUE_GROUP"], "firmware")


class WithHawkbit(unittest.TestCase):
    def test_one_pod_has_the_state_and_keeps_it(self):
        changed = patches()
        pod = changed["Deployment"]["spec"]["template"]["spec"]
        self.assertEqual(changed["Deployment"]["spec"]["replicas"], 1)
        self.assertEqual(changed["Deployment"]["spec"]["strategy"], {"type": "Recreate", "rollingUpdate": None})
        claim = yaml.safe_load((HAWKBIT / "state-claim.yaml").read_text())
        [volume] = pod["volumes"]
        self.assertEqual(volume["persistentVolumeClaim"]["claimName"], claim["metadata"]["name"])
        self.assertIn("emptyDir", volume, "it stands in the base, and a volume has one source")
        self.assertIn(volume["name"], [each["name"] for each in of_kind("Deployment")["spec"]["template"]["spec"]["volumes"]])
        for kind in ("HorizontalPodAutoscaler", "PodDisruptionBudget"):
            self.assertEqual(changed[kind]["$patch"], "delete")

    def test_patches_are_of_what_the_base_has(self):
        for kind, patch in patches().items():
            self.assertEqual(patch["metadata"]["name"], of_kind(kind)["metadata"]["name"])
            self.assertEqual(patch["apiVersion"], of_kind(kind)["apiVersion"])

    def test_kubernetes_takes_the_claim_in_each_version(self):
        claim = yaml.safe_load((HAWKBIT / "state-claim.yaml").read_text())
        served = [folder for major, minor, folder in schemas.versions() if (major, minor) >= OLDEST]
        for folder in (served[0], served[-1]):
            self.assertEqual(schemas.problems_in(claim, folder), [], folder)

    def test_the_entry_switches_it_on(self):
        [container] = patches()["Deployment"]["spec"]["template"]["spec"]["containers"]
        self.assertEqual({each["name"]: each["value"] for each in container["env"]},
                         {"AJOUR_SOURCE_HAWKBIT_TOKEN": "file:/run/secrets/ajour/hawkbit-token"})
        given = {**variables(BASE / "ajour.env"), **variables(HAWKBIT / "hawkbit.env")}
        self.assertEqual(given["HAWKBIT_ENABLE"], "true")
        self.assertEqual(container["name"], of_kind("Deployment")["spec"]["template"]["spec"]["containers"][0]["name"])


class Image(unittest.TestCase):
    def setUp(self):
        self.text = (ROOT / "deploy/Containerfile").read_text()

    def test_runs_as_the_user_that_the_pod_says(self):
        context = of_kind("Deployment")["spec"]["template"]["spec"]["securityContext"]
        self.assertIn(f"\nUSER {context['runAsUser']}:", self.text)

    def test_copies_what_is_there_to_where_the_entry_looks(self):
        self.assertIn('ENTRYPOINT ["/start.sh"]', self.text)
        for path in re.findall(r"^COPY ([\w./-]+) ", self.text, re.MULTILINE):
            self.assertTrue((ROOT / path).exists(), path)
        for name in ("/start.sh", "/drogue-ajour-update-server"):
            self.assertIn(f"ln -s /usr/local/bin/ajour-drogue {name}", self.text)



if __name__ == "__main__":
    result = unittest.main(exit=False).result
    if not result.wasSuccessful() or result.testsRun == 0:
        sys.exit(1)
    sys.exit((1 if os.environ.get("AJOUR_CI") else SKIPPED) if result.skipped else 0)
