# SPDX-License-Identifier: Apache-2.0
"""What a row of the table of hostile answers is."""


class Case:
    """`spoil` spoils a repository; `words` must all stand in the condition; `image` is what the device asks for."""

    def __init__(self, spoil, words, more):
        self.spoil, self.words, self.more = spoil, words, more
        self.name = spoil.__name__.replace("_", "-")

    def __repr__(self):
        return self.name


class Table:
    def __init__(self):
        self.cases = []

    def case(self, *words, **more):
        """The name of the function that it stands before is the name of the case. `more` goes to spec.firmware."""
        def add(spoil):
            self.cases.append(Case(spoil, words, more))
            return spoil
        return add
