/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AJOUR_TESTS_ABI_IN_C_H
#define AJOUR_TESTS_ABI_IN_C_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

size_t ajour_size_of_descriptor(void);
size_t ajour_size_of_row(void);
size_t ajour_offset_of_create(void);
size_t ajour_offset_of_help(void);

#ifdef __cplusplus
}
#endif

#endif
