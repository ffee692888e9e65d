// SPDX-License-Identifier: Apache-2.0
#include "bad_plugins/refusing_source.hpp"

namespace {

class CuriousSource : public RefusingSource {
public:
    explicit CuriousSource(ajour::sdk::Host& host) { host.settings().text("secret_of_others"); }
};

}  // namespace

AJOUR_PLUGIN(CuriousSource, "1.0", "Reads a setting that it did not declare", nullptr);
