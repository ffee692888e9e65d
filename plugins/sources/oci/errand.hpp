// SPDX-License-Identifier: Apache-2.0
// What one target asks of an OCI registry.
#pragma once

#include "reference.hpp"
#include "registries.hpp"
#include "target_spec.hpp"

#include <string>

namespace ajour::oci {

struct Errand {
    Registry& registry;
    std::string application;
    Reference reference;
    TargetSpec spec;
};

/// The text by which what was found for a target is remembered; applications that ask for the same
/// share it.
inline std::string name_of(const Errand& errand, const Reference& reference) {
    auto name = errand.registry.name + ' ' + reference.text() + ' ' + errand.spec.version + '\n';
    if (const auto& platform = errand.spec.platform) {
        name += platform->os + '/' + platform->architecture + '/' + platform->variant;
    }
    return name;
}

}  // namespace ajour::oci
