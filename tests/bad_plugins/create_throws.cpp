// SPDX-License-Identifier: Apache-2.0
#include "bad_plugins/descriptor.hpp"

#include <stdexcept>

static void* create_and_throw(void*, char*, std::uint32_t) {
    throw std::runtime_error("a tantrum");
}

EXPORT_SPOILT(create, &create_and_throw);
