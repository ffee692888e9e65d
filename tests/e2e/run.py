# SPDX-License-Identifier: Apache-2.0
"""run.py MODULE CLASS[.METHOD]: one test, or all of a class. Exits with 0, 1, or 77 for a skip, which AJOUR_CI makes a
failure."""
import os
import pathlib
import sys
import unittest

SKIPPED = 77


def main():
    module, name = sys.argv[1:]
    sys.path.insert(0, str(pathlib.Path(__file__).parent))
    suite = unittest.defaultTestLoader.loadTestsFromName(f"{module}.{name}")
    result = unittest.TextTestRunner(verbosity=2).run(suite)
    if not result.wasSuccessful():
        return 1
    if result.skipped:
        return 1 if os.environ.get("AJOUR_CI") else SKIPPED
    return 0 if result.testsRun > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
