// SPDX-License-Identifier: Apache-2.0
#include "bad_plugins/descriptor.hpp"

extern "C" void* ajour_test_symbol_of_nobody(void*, char*, std::uint32_t);

EXPORT_SPOILT(create, &ajour_test_symbol_of_nobody);
