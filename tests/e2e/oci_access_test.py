# SPDX-License-Identifier: Apache-2.0
"""Who may pull: passwords, tokens, and where credentials never go."""
import base64
import json
import time

from support.case import microbit, stamped
from support.oci.case import IMAGE, plain
from support.oci.guarded import NEXT_SECRET, SECRET, USER, Guarded, basic
from support.oci.nginx import Nginx


class OciAccess(Guarded):
    def test_a_password_opens_a_registry_over_tls(self):
        self.start_guarded_registry()
        self.push("1.0.1", microbit())
        self.serve_oci(self.knowing(self.secret_file()))
        self.assert_updates()
        self.assert_kept()

    def test_a_wrong_password_is_told_and_the_right_one_heals(self):
        self.start_guarded_registry()
        self.push("1.0.1", microbit())
        file = self.secret_file(NEXT_SECRET)
        self.serve_oci(self.knowing(file))
        self.refusal("credentials")
        file.write_text(SECRET)
        self.assert_updates()
        self.assert_kept()

    def test_a_password_that_changes_is_read_again(self):
        self.start_guarded_registry()
        self.push("latest", microbit(), "1.0.1")
        file = self.secret_file()
        self.serve_oci(self.knowing(file), image=f"{IMAGE}:latest")
        self.assert_updates()
        self.push("latest", stamped("1.0.2"), "1.0.2")
        self.set_password(NEXT_SECRET)
        file.write_text(NEXT_SECRET)
        self.until_offered("1.0.1", "the next release")
        self.assert_updates("1.0.2", stamped("1.0.2"))
        self.assert_kept()

    def test_an_authority_that_is_not_trusted_is_told(self):
        self.start_guarded_registry()
        self.push("1.0.1", microbit())
        settings = self.knowing(self.secret_file())
        settings.pop("source.oci.tls.ca")
        self.serve_oci(settings)
        self.refusal("certificate")

    def test_a_token_is_fetched_once_and_opens_a_registry(self):
        self.start_token_registry(IMAGE)
        self.push("1.0.1", microbit())
        self.serve_oci(self.knowing(self.secret_file()), image=f"{IMAGE}:1.0.1", imagePullPolicy="Always")
        self.assert_updates()
        self.until_looked(lambda: len(self.oci.requests("HEAD", "/manifests/")) > 2, "more looks at the tag")
        self.assertEqual(self.tokens.asked, [([f"repository:{IMAGE}:pull"], basic(USER, SECRET))])
        self.assert_kept(self.tokens.sign([])[:30])

    def test_a_token_is_fetched_again_before_it_expires(self):
        self.start_token_registry(IMAGE, lifetime=3)
        self.push("1.0.1", microbit())
        self.serve_oci(self.knowing(self.secret_file()), image=f"{IMAGE}:1.0.1", imagePullPolicy="Always")
        self.assert_updates()
        self.until_looked(lambda: len(self.tokens.asked) >= 3, "more tokens")

    def test_anonymous_tokens_open_what_everybody_may_pull(self):
        self.start_token_registry(IMAGE, anonymous=["pull"])
        self.push("1.0.1", microbit())
        self.serve_oci(self.trusting())
        self.assert_updates()
        self.assertEqual({shown for _, shown in self.tokens.asked}, {None})

    def test_a_token_for_less_than_was_asked_is_told_without_asking_on_and_on(self):
        self.start_token_registry(IMAGE, anonymous=[])
        self.push("1.0.1", microbit())
        self.serve_oci(self.trusting())
        self.refusal("insufficient_scope")
        asked, begin = len(self.tokens.asked), time.monotonic()
        self.until_looked(lambda: len(self.tokens.asked) > asked, "another attempt", "1.0.0")
        self.assertLessEqual(len(self.tokens.asked) - asked, 2 * (2 + time.monotonic() - begin))

    def test_a_token_server_that_refuses_the_password_is_told_and_nobody_goes_on_without_it(self):
        self.start_token_registry(IMAGE, anonymous=["pull"])
        self.push("1.0.1", microbit())
        self.serve_oci(self.knowing(self.secret_file(NEXT_SECRET)))
        self.refusal("credentials")
        self.assertNotIn(None, {shown for _, shown in self.tokens.asked})
        self.assert_kept()

    def write_auths(self, secret):
        entry = {"auth": base64.b64encode(f"{USER}:{secret}".encode()).decode()}
        return self.secret_file(json.dumps({"auths": {self.oci.authority: entry}}), "config.json")

    def test_the_file_of_docker_login_opens_a_registry(self):
        self.start_guarded_registry()
        self.push("1.0.1", microbit())
        self.serve_oci(self.trusting(**{"source.oci.auths": self.write_auths(SECRET)}))
        self.assert_updates()
        self.assert_kept()

    def test_each_registry_hears_its_own_password_only(self):
        self.start_guarded_registry()
        self.push("1.0.1", microbit())
        guarded, inside = self.oci, self.knowing(self.secret_file())
        self.start_registry(name="open")
        self.push("1.0.2", stamped("1.0.2"))
        self.start_relay()
        outside = {"source.oci.registry.outside.prefix": f"{self.relay.authority}/",
                   "source.oci.registry.outside.plain": "true", "source.oci.registry.outside.user": "another",
                   "source.oci.registry.outside.password": "password of another"}
        self.serve_oci({**inside, **outside})
        self.assert_updates()
        self.aim(f"{IMAGE}:1.0.2", registry="outside")
        self.until_offered("1.0.1", "the other registry")
        self.assert_updates("1.0.2", stamped("1.0.2"))
        self.assertTrue(guarded.requests("GET", "/blobs/"))
        shown = {each.headers.get("authorization") for each in self.relay.passed}
        self.assertLessEqual(shown, {None, basic("another", "password of another")})
        self.assert_kept("password of another", basic("another", "password of another").split()[1])

    def test_an_image_cannot_lead_to_another_host(self):
        self.start_guarded_registry()
        self.push("1.0.1", microbit())
        self.start_relay()
        self.serve_oci(self.knowing(self.secret_file()))
        other = self.relay.authority
        for image in (f"{other}/acme/firmware:1", f"//{other}/acme/firmware:1", f"@{other}/acme/firmware:1",
                      f"../../{other}/acme/firmware:1", f"acme/../firmware:1", "acme/firmware:../../_catalog",
                      "acme/firmware@sha256:../../../etc/passwd", "acme/firmware:1?x=y", "Acme/Firmware:1"):
            with self.subTest(image):
                self.aim(image)
                self.refusal(image[:20])
        self.assertEqual(self.relay.passed, [])
        self.assertEqual(self.oci.requests("GET", "_catalog"), [])

    def test_storage_that_a_registry_redirects_to_hears_no_password(self):
        data = self.directory / "storage"
        storage = Nginx.storage(self.directory, data)
        self.addCleanup(storage.close)
        redirect = [{"name": "redirect", "options": {"baseurl": storage.url + "/"}}]
        htpasswd = {"realm": "firmware", "path": str(self.set_password(SECRET))}
        self.start_registry(data=data, auth={"htpasswd": htpasswd}, middleware={"storage": redirect})
        self.pusher.authorization = basic(USER, SECRET)
        self.push("1.0.1", microbit())
        self.serve_oci({**plain(self.oci.authority), "source.oci.user": USER,
                        "source.oci.password.file": self.secret_file()})
        self.assert_updates()
        [blob] = storage.requests()
        self.assertEqual((blob.status, blob.bytes, blob.authorization), (200, len(microbit()), "-"))
        self.assert_kept()
