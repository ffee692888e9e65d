// SPDX-License-Identifier: Apache-2.0
#include "bad_plugins/refusing_source.hpp"

namespace {

class ThrowingSource : public RefusingSource {
public:
    explicit ThrowingSource(ajour::sdk::Host&) { throw 42; }
};

}  // namespace

AJOUR_PLUGIN(ThrowingSource, "1.0", "Its constructor throws a number", nullptr);
