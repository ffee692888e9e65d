# SPDX-License-Identifier: Apache-2.0
"""Answers that are wrong as HTTP, as a challenge, as a redirect or as a list of tags."""
import json
import time

from support.oci.hostile_case import Table
from support.oci.push import MANIFEST

SIGNED = "X-Amz-Signature=known-to-nobody"
TABLE = Table()
case = TABLE.case


def bearer(exchange, repository, **more):
    fields = {"realm": f"http://{exchange.authority}/{repository.name}/-/token", "service": "hostile", **more}
    return "Bearer " + ",".join(f'{key}="{value}"' for key, value in fields.items())


def ask_for_tokens(repository, give):
    """Manifests want a token, and `give` hands it out."""
    repository.on["manifests"] = lambda exchange: (
        repository.answer_well(exchange) if exchange.headers.get("Authorization") == "Bearer good"
        else exchange.challenge(bearer(exchange, repository)))
    repository.on["token"] = give


def redirect(repository, kind, place, **more):
    repository.on[kind] = lambda exchange: exchange.say(307, Location=place(exchange), **more)


@case("asks for none that can be read")
def a_refusal_without_a_challenge(repository):
    repository.on["manifests"] = lambda exchange: exchange.say(401)


@case("asks for \"negotiate\"", "expected Basic or Bearer")
def a_challenge_of_an_unknown_kind(repository):
    repository.on["manifests"] = lambda exchange: exchange.challenge('Negotiate abcdef==, Digest realm="x"')


@case("the realm of the token server is no URL")
def a_challenge_of_garbage(repository):
    repository.on["manifests"] = lambda exchange: exchange.challenge('Bearer realm="' + "x" * 5000)


@case("asks for credentials, and none are set")
def a_password_that_is_never_right(repository):
    repository.on["manifests"] = lambda exchange: exchange.challenge('Basic realm="hostile"')


@case("realm")
def a_realm_that_is_a_file(repository):
    repository.on["manifests"] = lambda exchange: exchange.challenge('Bearer realm="file:///etc/passwd",service="x"')


@case("token")
def tokens_that_are_never_right(repository):
    repository.on["manifests"] = lambda exchange: exchange.challenge(
        bearer(exchange, repository, error="insufficient_scope"))
    repository.on["token"] = lambda exchange: exchange.say(200, '{"token":"good"}')


@case("token")
def an_empty_token(repository):
    ask_for_tokens(repository, lambda exchange: exchange.say(200, '{"token":"","access_token":""}'))


@case("token")
def a_token_that_is_a_number(repository):
    ask_for_tokens(repository, lambda exchange: exchange.say(200, '{"token":42}'))


@case("token")
def a_token_with_a_header_in_it(repository):
    ask_for_tokens(repository, lambda exchange: exchange.say(200, json.dumps({"token": "a\r\nX-Evil: 1"})))


@case("token")
def a_page_instead_of_a_token(repository):
    ask_for_tokens(repository, lambda exchange: exchange.say(200, "<html>Sign in</html>", "text/html"))


@case("token")
def a_token_without_an_end(repository):
    ask_for_tokens(repository, lambda exchange: exchange.say_endlessly(b"x" * 65536))


@case("503")
def a_token_server_that_is_ill(repository):
    ask_for_tokens(repository, lambda exchange: exchange.say(503, "try later"))


@case("403")
def a_token_server_that_refuses(repository):
    ask_for_tokens(repository, lambda exchange: exchange.say(403, '{"details":"no"}'))


@case("redirect")
def manifests_that_redirect_in_a_circle(repository):
    redirect(repository, "manifests", lambda exchange: f"/v2/{repository.name}/manifests/1")


@case("redirect")
def blobs_that_redirect_in_a_circle(repository):
    redirect(repository, "blobs", lambda exchange: f"/v2/{repository.name}/blobs/{exchange.reference}")


@case("redirect")
def a_redirect_to_a_file(repository):
    redirect(repository, "blobs", lambda exchange: "file:///etc/passwd")


@case("redirect")
def a_redirect_to_another_protocol(repository):
    redirect(repository, "blobs", lambda exchange: f"ftp://{exchange.authority}/x")


@case("307")
def a_redirect_to_nowhere(repository):
    repository.on["blobs"] = lambda exchange: exchange.say(307)


@case("403")
def a_signed_link_that_is_over(repository):
    redirect(repository, "blobs", lambda exchange: f"http://{exchange.authority}/{repository.name}/-/cdn?{SIGNED}")
    repository.on["cdn"] = lambda exchange: exchange.say(403, f"<Error>expired: {SIGNED}</Error>", "application/xml")


@case("cdn")
def a_signed_link_to_silence(repository):
    redirect(repository, "blobs", lambda exchange: f"http://{exchange.authority}/{repository.name}/-/cdn?{SIGNED}")
    repository.on["cdn"] = lambda exchange: exchange.say_raw(b"")


@case("403")
def a_refusal_in_a_page(repository):
    repository.on["manifests"] = lambda exchange: exchange.say(403, "<html>Forbidden</html>", "text/html")


@case("418")
def a_status_that_nobody_uses(repository):
    repository.on["manifests"] = lambda exchange: exchange.say(418, "short and stout")


@case("500")
def an_error_that_is_no_error(repository):
    repository.on["manifests"] = lambda exchange: exchange.say(500, '{"errors":{"code":[1,2,3]}}')


@case("429")
def a_limit_that_never_ends(repository):
    repository.on["manifests"] = lambda exchange: exchange.say(429, "{}", Retry_After="-1")


@case("HTTP")
def an_answer_that_is_no_http(repository):
    repository.on["manifests"] = lambda exchange: exchange.say_raw(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")


@case("manifest")
def silence(repository):
    repository.on["manifests"] = lambda exchange: exchange.say_raw(b"")


@case("manifest")
def an_answer_that_never_comes(repository):
    repository.on["manifests"] = lambda exchange: time.sleep(8)


@case("header")
def headers_without_an_end(repository):
    repository.on["manifests"] = lambda exchange: exchange.say_raw(
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: %s\r\n" % (each, b"x" * 1000) for each in range(2000)))


@case("manifest")
def a_manifest_cut_short(repository):
    data = json.dumps(repository.manifest).encode()
    repository.on["manifests"] = lambda exchange: exchange.say(200, data[:50], MANIFEST, length=len(data))


def by_policy(*words):
    return case(*words, policy='semver ">=1.0"', image_without_tag=True)


@by_policy("tags")
def tags_that_are_a_number(repository):
    repository.on["tags"] = lambda exchange: exchange.say(200, '{"name":"x","tags":7}')


@by_policy("tags")
def a_page_instead_of_tags(repository):
    repository.on["tags"] = lambda exchange: exchange.say(200, "<html></html>", "text/html")


@by_policy("tags")
def tags_without_an_end(repository):
    repository.on["tags"] = lambda exchange: exchange.say(
        200, '{"name":"x","tags":["0.1"]}', Link=f'</v2/{repository.name}/tags/list?last=0.1&n=1>; rel="next"')


@by_policy("tags")
def tags_that_go_on_elsewhere(repository):
    repository.on["tags"] = lambda exchange: exchange.say(
        200, '{"name":"x","tags":["0.1"]}', Link='<http://127.0.0.2:1/v2/x/tags/list>; rel="next"')


@by_policy(">=1.0")
def tags_that_are_no_tags(repository):
    repository.on["tags"] = lambda exchange: exchange.say(
        200, json.dumps({"name": "x", "tags": ["../1.0.0", "1.0.0/../x", "1" * 10000, "v", "", None, 3]}))
