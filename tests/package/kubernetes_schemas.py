# SPDX-License-Identifier: Apache-2.0
"""The schemas of Kubernetes and of the Prometheus operator, fetched where they can be had; none of them is ours."""
import functools
import json
import os
import pathlib
import re
import subprocess
import sys
import unittest
import warnings

import jsonschema
import yaml

HERE = pathlib.Path(__file__).resolve().parent
OPERATOR = "github.com/prometheus-operator/prometheus-operator@v0.77.1"
OPERATOR_SUM = "h1:4SoJcwxgXwLTvS4S+VDmwoHnwoHeZWvMx8G0p2ymt/w="
MONITORS = "example/prometheus-operator-crd/monitoring.coreos.com_servicemonitors.yaml"


def fetch(*command):
    """What cannot be had is the network's fault, or that of a tool that is not there."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    except (OSError, subprocess.TimeoutExpired) as failed:
        raise unittest.SkipTest(f"{command[0]}: {failed}") from failed
    if done.returncode != 0:
        raise unittest.SkipTest(f"{command[0]}: {(done.stderr or done.stdout)[-500:]}")
    return done.stdout


@functools.cache
def kubernetes():
    """A folder of folders, vVERSION-local-strict."""
    target = pathlib.Path(os.environ["AJOUR_SCHEMAS"])
    schemas = target / "kubernetes_validate/kubernetes-json-schema"
    if not schemas.is_dir():
        fetch(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--only-binary=:all:",
              "--require-hashes", "--upgrade", f"--target={target}", "--requirement",
              str(HERE / "kubernetes-schemas.txt"))
    return schemas


def versions():
    names = (re.match(r"v(\d+)\.(\d+)\.\d+-local-strict$", each.name) for each in kubernetes().iterdir())
    return sorted((int(name[1]), int(name[2]), name[0]) for name in names if name)


def refuse(uri):
    raise AssertionError(f"{uri}: a schema that is not among those that were fetched")


def problems_of(document, schema, *others):
    """`others` are what the schema may refer to, by their names."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # there is no other way that Debian 12's jsonschema knows
        resolver = jsonschema.RefResolver(schema.get("$id", ""), schema, store={each["$id"]: each for each in others},
                                          handlers={"https": refuse, "http": refuse})
        found = jsonschema.Draft202012Validator(schema, resolver=resolver).iter_errors(document)
        return [f"{'/'.join(map(str, each.absolute_path))}: {each.message[:200]}" for each in found]


@functools.cache
def read(folder, name):
    return json.loads((kubernetes() / folder / f"{name}.json").read_text())


def problems_in(document, folder):
    """Against Kubernetes' schemas in that folder, where an unknown field is one."""
    group, _, version = document["apiVersion"].rpartition("/")
    name = "-".join(filter(None, (document["kind"].lower(), group.split(".")[0], version)))
    return problems_of(document, read(folder, name), read(folder, "_definitions"))


def closed(schema):
    """What the API server does to unknown fields of a custom resource: none is taken."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {name: closed(each) for name, each in schema.items()}
    if isinstance(schema.get("properties"), dict) and not schema.get("x-kubernetes-preserve-unknown-fields"):
        schema.setdefault("additionalProperties", False)
    return schema


@functools.cache
def service_monitor():
    module = json.loads(fetch("go", "mod", "download", "-json", OPERATOR))
    assert module["Sum"] == OPERATOR_SUM, module["Sum"]
    definition = yaml.safe_load((pathlib.Path(module["Dir"]) / MONITORS).read_text())
    return closed(definition["spec"]["versions"][0]["schema"]["openAPIV3Schema"])
