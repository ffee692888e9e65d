#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The lock notices what changes the boundary, and nothing else."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).with_name("abi_lock.py")
HEADER = '''// A comment.
#define AJOUR_ABI_VERSION 1
#include <a>
#include <b>
#define TEXT "// no comment" \\
    "/* nor this */"
struct port { /* old */ virtual void stop(int now); };
'''


class AbiLock(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = pathlib.Path(self.folder.name)
        self.header = self.root / "sdk/include/ajour/sdk/abi.h"
        self.header.parent.mkdir(parents=True)
        self.header.write_text(HEADER)
        self.assertEqual(self.run_script("renew"), "")

    def run_script(self, *arguments):
        """What it complains about; empty when it does not."""
        done = subprocess.run([sys.executable, SCRIPT, *arguments, "--root", self.root],
                              capture_output=True, text=True, check=False, timeout=30)
        self.assertEqual(done.returncode != 0, done.stderr != "")
        return done.stderr

    def change(self, old, new):
        self.assertIn(old, self.header.read_text())
        self.header.write_text(self.header.read_text().replace(old, new))

    def test_is_content_with_what_it_locked(self):
        self.assertEqual(self.run_script("check"), "")

    def test_does_not_mind_comments_spaces_and_the_order_of_includes(self):
        self.change("A comment.", "Another one.")
        self.change("/* old */ virtual void stop(int now);", "virtual void\n  stop( int now ) ;")
        self.change("#include <a>\n#include <b>", "#include <b>\n\n#include <a>")
        self.assertEqual(self.run_script("check"), "")

    def test_notices_each_changed_token(self):
        for old, new in [("int now", "long now"), ("stop", "halt"), ("// no", "// a"),
                         ("/* nor", "/* or"), ("#include <b>", "#include <c>")]:
            self.header.write_text(HEADER)
            self.change(old, new)
            self.assertIn("AJOUR_ABI_VERSION is still 1", self.run_script("check"), new)

    def test_notices_another_header(self):
        self.header.with_name("more.hpp").write_text("struct more;\n")
        self.assertIn("AJOUR_ABI_VERSION is still 1", self.run_script("check"))

    def test_wants_the_number_raised_before_it_renews(self):
        self.change("int now", "long now")
        self.assertIn("raise it", self.run_script("renew"))
        self.change("VERSION 1", "VERSION 2")
        self.assertIn("sdk/abi/abi.lock says 1", self.run_script("check"))
        self.assertEqual(self.run_script("renew"), "")
        self.assertEqual(self.run_script("check"), "")

    def test_renews_an_unreleased_number_when_told(self):
        self.change("int now", "long now")
        self.assertEqual(self.run_script("renew", "--unreleased"), "")
        self.assertEqual(self.run_script("check"), "")

    def test_never_goes_back(self):
        self.change("VERSION 1", "VERSION 0")
        self.assertIn("went down", self.run_script("renew"))

    def test_misses_a_lock_that_is_gone(self):
        (self.root / "sdk/abi/abi.lock").unlink()
        self.assertIn("there is no sdk/abi/abi.lock", self.run_script("check"))


if __name__ == "__main__":
    unittest.main()
