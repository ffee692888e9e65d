// SPDX-License-Identifier: Apache-2.0
#include "bad_plugins/descriptor.hpp"

static constexpr ajour_setting_row rows[] = {
    {"port", AJOUR_SETTING_INTEGER, "many", 0, 0, 1, 10, nullptr, "A port."}, {}};

EXPORT_SPOILT(settings, rows);
