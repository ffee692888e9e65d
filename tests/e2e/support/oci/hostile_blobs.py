# SPDX-License-Identifier: Apache-2.0
"""Blobs that are not what their manifest promised, and layers that are made to harm."""
import gzip
import hashlib
import io
import json
import tarfile

from support.oci.hostile_case import Table
from support.oci.push import OCTETS

TABLE = Table()
case = TABLE.case
GZIP = "application/vnd.oci.image.layer.v1.tar+gzip"
TAR = "application/vnd.oci.image.layer.v1.tar"
ZEROS = gzip.compress(bytes(8 << 20), 9)  # which may follow each other
CONFIG = "application/vnd.oci.image.config.v1+json"


@case("404")
def a_blob_that_is_not_there(repository):
    repository.blobs.pop(repository.layer["digest"])


@case("found bytes of digest sha256:")
def a_blob_of_other_bytes(repository):
    repository.blobs[repository.layer["digest"]] = bytes(len(repository.image))


@case("bytes")
def a_blob_that_is_shorter(repository):
    repository.blobs[repository.layer["digest"]] = repository.image[:-1]


@case("bytes")
def a_blob_that_is_longer(repository):
    repository.blobs[repository.layer["digest"]] = repository.image + b"!"


@case("bytes")
def an_empty_blob(repository):
    repository.blobs[repository.layer["digest"]] = b""


@case("bytes")
def a_page_instead_of_a_blob(repository):
    repository.on["blobs"] = lambda exchange: exchange.say(200, "<html>Sign in</html>", "text/html")


@case("bytes")
def a_blob_without_an_end(repository):
    repository.on["blobs"] = lambda exchange: exchange.say_endlessly(bytes(65536))


@case("bytes")
def a_blob_that_is_always_cut_short(repository):
    repository.on["blobs"] = lambda exchange: exchange.say(200, repository.image[:1000], OCTETS,
                                                           length=len(repository.image))


@case("206")
def a_part_that_nobody_asked_for(repository):
    size = len(repository.image)
    repository.on["blobs"] = lambda exchange: exchange.say(
        206, repository.image[1:], OCTETS, Content_Range=f"bytes 1-{size - 1}/{size}")


@case("204")
def an_answer_without_a_body(repository):
    repository.on["blobs"] = lambda exchange: exchange.say(204, Content_Length=None)


@case("500")
def a_registry_that_breaks_at_blobs(repository):
    repository.on["blobs"] = lambda exchange: exchange.say(500, "panic: runtime error")


def entry(name, data=b"", **more):
    info = tarfile.TarInfo(name)
    info.size = len(data)
    for key, value in more.items():
        setattr(info, key, value)
    return info, data


def tar_of(*entries):
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for info, data in entries:
            tar.addfile(info, io.BytesIO(data))
    return file.getvalue()


def metadata(repository, **changes):
    image = repository.image
    right = {"version": "1.0.1", "size": len(image), "checksum": hashlib.sha256(image).hexdigest()}
    return entry("firmware.json", json.dumps({**right, **changes}).encode())


def push_image(repository, *layers, media_type=GZIP):
    """A container image with these layers, each of them the bytes of a tar, or a blob when it has another type."""
    blobs = [repository.blob(gzip.compress(each, 1) if media_type == GZIP else each, media_type) for each in layers]
    config = repository.blob(b'{"architecture":"arm","os":"none","rootfs":{"type":"layers","diff_ids":[]}}', CONFIG)
    manifest = {key: value for key, value in repository.manifest.items() if key != "artifactType"}
    repository.push({**manifest, "config": config, "layers": blobs})


def firmware(repository):
    return entry("firmware.bin", repository.image)


@case("inflate")
def a_bomb(repository):
    head, _ = entry("filler")
    head.size = 100 << 30
    push_image(repository)
    manifest = json.loads(repository.manifests["1"][0])
    repository.push({**manifest, "layers": [repository.blob(gzip.compress(head.tobuf()) + ZEROS * 100, GZIP)]})


@case("firmware.bin")
def an_image_that_is_a_link(repository):
    push_image(repository, tar_of(
        entry("firmware.bin", type=tarfile.SYMTYPE, linkname="/etc/passwd"), metadata(repository)))


@case("firmware.bin")
def an_image_that_is_a_hard_link(repository):
    push_image(repository, tar_of(
        entry("firmware.bin", type=tarfile.LNKTYPE, linkname="/etc/passwd"), metadata(repository)))


@case("firmware.bin")
def an_image_that_is_a_pipe(repository):
    push_image(repository, tar_of(entry("firmware.bin", type=tarfile.FIFOTYPE), metadata(repository)))


@case("firmware.bin")
def an_image_outside_of_the_layer(repository):
    push_image(repository, tar_of(entry("../../firmware.bin", repository.image), metadata(repository)))


@case("firmware.json")
def an_image_without_its_metadata(repository):
    push_image(repository, tar_of(firmware(repository)))


@case("firmware.bin")
def metadata_without_its_image(repository):
    push_image(repository, tar_of(metadata(repository)))


@case("firmware.bin")
def an_image_that_a_later_layer_removes(repository):
    push_image(repository, tar_of(firmware(repository), metadata(repository)), tar_of(entry(".wh.firmware.bin")))


@case("SHA-256", "its metadata says " + "0" * 64)
def metadata_with_another_checksum(repository):
    push_image(repository, tar_of(firmware(repository), metadata(repository, checksum="0" * 64)))


@case("bytes, its metadata says 1")
def metadata_with_another_size(repository):
    push_image(repository, tar_of(firmware(repository), metadata(repository, size=1)))


@case("size")
def metadata_with_a_size_that_is_a_text(repository):
    push_image(repository, tar_of(firmware(repository), metadata(repository, size="many")))


@case("firmware.json")
def metadata_that_is_no_json(repository):
    push_image(repository, tar_of(firmware(repository), entry("firmware.json", b"version = 1.0.1")))


@case("the metadata file has more than")
def metadata_of_a_megabyte(repository):
    push_image(repository, tar_of(firmware(repository), entry("firmware.json", b" " * (1 << 20))))


@case("layer")
def a_layer_that_is_no_gzip(repository):
    push_image(repository)
    manifest = json.loads(repository.manifests["1"][0])
    repository.push({**manifest, "layers": [repository.blob(b"MZ" + bytes(4000), GZIP)]})


@case("layer")
def half_a_layer(repository):
    push_image(repository)
    manifest = json.loads(repository.manifests["1"][0])
    data = gzip.compress(tar_of(firmware(repository), metadata(repository)), 1)
    repository.push({**manifest, "layers": [repository.blob(data[:len(data) // 2], GZIP)]})


@case("layer")
def a_tar_that_promises_more_than_it_has(repository):
    info, _ = entry("firmware.bin")
    info.size = 1 << 40
    head = info.tobuf(tarfile.GNU_FORMAT)
    push_image(repository, head + repository.image)


@case("entries")
def a_layer_of_very_many_files(repository):
    block = entry("x")[0].tobuf()
    push_image(repository, block * 1500 + bytes(1024))
