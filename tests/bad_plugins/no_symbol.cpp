// SPDX-License-Identifier: Apache-2.0
extern "C" __attribute__((visibility("default"))) const int another_symbol;
const int another_symbol = 1;
