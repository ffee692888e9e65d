// SPDX-License-Identifier: Apache-2.0
#include "bad_plugins/descriptor.hpp"

static void* create_and_throw(void*, char*, std::uint32_t) {
    throw 42;
}

EXPORT_SPOILT(create, &create_and_throw);
