// SPDX-License-Identifier: Apache-2.0
// Fills all the room for its sentence and forgets the final zero.
#include "bad_plugins/descriptor.hpp"

#include <cstring>

static void* create_and_fill(void*, char* error, std::uint32_t room) {
    std::memset(error, '\n', room);
    std::memset(error, 'x', room / 2);
    return nullptr;
}

EXPORT_SPOILT(create, &create_and_fill);
