// SPDX-License-Identifier: Apache-2.0
#include "bad_plugins/refusing_source.hpp"

namespace {

class UnstartableSource : public RefusingSource {
public:
    explicit UnstartableSource(ajour::sdk::Host&) {}
    ajour::sdk::Result<void> start() override {
        return ajour::sdk::Error{ajour::sdk::ErrorKind::Unavailable, "the address is in use"};
    }
};

}  // namespace

AJOUR_PLUGIN(UnstartableSource, "1.0", "Its start is an error", nullptr);
