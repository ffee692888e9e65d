/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AJOUR_USAGE_H
#define AJOUR_USAGE_H

/* What --help prints. */
extern const char ajour_options_usage[];

#endif
