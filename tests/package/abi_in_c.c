// SPDX-License-Identifier: Apache-2.0
// abi.h is C11. What C thinks of its structs, for abi_test.cpp to compare.
#include "package/abi_in_c.h"

#include <ajour/sdk/abi.h>

size_t ajour_size_of_descriptor(void) {
    return sizeof(struct ajour_plugin_descriptor);
}
size_t ajour_size_of_row(void) {
    return sizeof(struct ajour_setting_row);
}
size_t ajour_offset_of_create(void) {
    return offsetof(struct ajour_plugin_descriptor, create);
}
size_t ajour_offset_of_help(void) {
    return offsetof(struct ajour_setting_row, help);
}
