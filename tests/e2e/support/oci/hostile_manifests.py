# SPDX-License-Identifier: Apache-2.0
"""Manifests and indexes that are wrong."""
import json

from support.oci.hostile_case import Table
from support.oci.push import INDEX, MANIFEST, digest_of

TABLE = Table()
case = TABLE.case
PAGE = b"<!DOCTYPE html><html><body><h1>Sign in to the hotel's network</h1></body></html>"


@case("not JSON", "<!DOCTYPE html>")
def a_page_instead_of_a_manifest(repository):
    repository.push(PAGE, "text/html; charset=utf-8")


@case("JSON")
def a_page_that_says_it_is_a_manifest(repository):
    repository.push(PAGE)


@case("JSON")
def an_empty_manifest(repository):
    repository.push(b"")


@case("JSON")
def half_a_manifest(repository):
    data = json.dumps(repository.manifest).encode()
    repository.push(data[:len(data) // 2])


@case("nested deeper")
def a_manifest_of_brackets(repository):
    repository.push(b"[" * 100000)


@case("object")
def a_manifest_that_is_a_list(repository):
    repository.push([])


@case("object")
def a_manifest_that_is_null(repository):
    repository.push(b"null")


@case("schemaVersion")
def a_manifest_of_version_one(repository):
    repository.push({**repository.manifest, "schemaVersion": 1})


@case("mediaType")
def a_manifest_that_says_it_is_an_index(repository):
    repository.push({**repository.manifest, "mediaType": INDEX})


@case("application/vnd.example.unheard")
def a_manifest_of_an_unknown_type(repository):
    repository.push({**repository.manifest, "mediaType": "application/vnd.example.unheard"},
                    "application/vnd.example.unheard")


@case("sha256:" + "0" * 64)
def a_manifest_of_another_digest_than_its_header_says(repository):
    data = json.dumps(repository.manifest)
    repository.on["manifests"] = lambda exchange: exchange.say(
        200, data, MANIFEST, Docker_Content_Digest="sha256:" + "0" * 64)


@case("layer")
def a_manifest_without_layers(repository):
    repository.push({key: value for key, value in repository.manifest.items() if key != "layers"})


@case("layers")
def layers_that_are_a_text(repository):
    repository.push({**repository.manifest, "layers": "all of them"})


@case("layer")
def no_layers(repository):
    repository.push({**repository.manifest, "layers": []})


@case("layers")
def too_many_layers(repository):
    repository.push({**repository.manifest, "layers": [repository.layer] * 5000})


@case("4")
def a_manifest_of_five_megabytes(repository):
    repository.push({**repository.manifest, "annotations": {"filler": "x" * (5 << 20)}})


@case("4")
def a_manifest_without_an_end(repository):
    repository.on["manifests"] = lambda exchange: exchange.say_endlessly(b" " * 65536, media_type=MANIFEST)


@case("digest")
def a_layer_without_a_digest(repository):
    repository.push_layer(digest=None)


@case("digest")
def a_layer_whose_digest_is_a_path(repository):
    repository.push_layer(digest="sha256:../../../../etc/passwd")


@case("digest")
def a_digest_in_capitals(repository):
    repository.push_layer(digest=repository.layer["digest"].upper().replace("SHA", "sha"))


@case("digest")
def a_digest_of_an_algorithm_of_old(repository):
    repository.push_layer(digest="md5:" + "0" * 32)


@case("digest")
def a_digest_that_is_a_number(repository):
    repository.push_layer(digest=256)


@case("size")
def a_negative_size(repository):
    repository.push_layer(size=-1)


@case("size")
def a_size_that_is_a_text(repository):
    repository.push_layer(size=str(len(repository.image)))


@case("not JSON")
def a_size_beyond_all_numbers(repository):
    repository.push(json.dumps({**repository.manifest, "layers": [{**repository.layer, "size": 0}]})
                    .replace('"size": 0', '"size": 1' + "0" * 400).encode())


@case("size")
def a_broken_size(repository):
    repository.push_layer(size=len(repository.image) + 0.5)


@case(str(1 << 40))
def a_layer_of_a_terabyte(repository):
    repository.push_layer(size=1 << 40)


@case("1 to")
def a_layer_of_no_bytes(repository):
    repository.push_layer(size=0)


@case("mediaType")
def a_layer_whose_type_is_a_list(repository):
    repository.push_layer(mediaType=[])


@case("annotation")
def annotations_that_are_numbers(repository):
    repository.push({**repository.manifest, "annotations": {"org.opencontainers.image.version": 1}})


@case("version")
def a_version_of_ten_thousand_letters(repository):
    repository.push({**repository.manifest, "annotations": {"org.opencontainers.image.version": "1" * 10000}})


@case("index")
def an_index_of_nothing(repository):
    repository.push({"schemaVersion": 2, "mediaType": INDEX, "manifests": []}, INDEX)


def entry(data, media_type, **more):
    return {"mediaType": media_type, "digest": digest_of(data), "size": len(data), **more}


@case("index")
def an_index_of_an_index_of_an_index(repository):
    inner = json.dumps(repository.manifest).encode()
    media_type = MANIFEST
    for _ in range(50):
        index = {"schemaVersion": 2, "mediaType": INDEX, "manifests": [entry(inner, media_type)]}
        repository.push(index, INDEX)
        inner, media_type = json.dumps(index).encode(), INDEX


@case("platform", "none/arm", "none/riscv64")
def an_index_of_others_platforms(repository):
    members = [entry(each.encode(), MANIFEST, platform={"os": "none", "architecture": each})
               for each in ("arm", "riscv64")]
    repository.push({"schemaVersion": 2, "mediaType": INDEX, "manifests": members}, INDEX)


@case("sha256:")
def an_index_whose_member_was_replaced(repository):
    data = json.dumps({**repository.manifest, "annotations": {"replaced": "yes"}}).encode()
    promised = entry(json.dumps(repository.manifest).encode(), MANIFEST)
    repository.push({"schemaVersion": 2, "mediaType": INDEX, "manifests": [promised]}, INDEX)
    repository.manifests[promised["digest"]] = (data, MANIFEST)


@case("404")
def an_index_whose_member_is_not_there(repository):
    repository.push({"schemaVersion": 2, "mediaType": INDEX, "manifests": [entry(b"nothing", MANIFEST)]}, INDEX)
