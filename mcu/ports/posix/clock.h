/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AJOUR_CLOCK_H
#define AJOUR_CLOCK_H

#include <stdint.h>

/* Milliseconds that never go back. */
int64_t ajour_clock_now(void);

#endif
