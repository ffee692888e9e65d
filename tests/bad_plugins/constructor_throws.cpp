// SPDX-License-Identifier: Apache-2.0
#include "bad_plugins/refusing_source.hpp"

#include <stdexcept>

namespace {

class ThrowingSource : public RefusingSource {
public:
    explicit ThrowingSource(ajour::sdk::Host&) {
        throw std::runtime_error("cannot live without a printer");
    }
};

}  // namespace

AJOUR_PLUGIN(ThrowingSource, "1.0", "Its constructor throws", nullptr);
