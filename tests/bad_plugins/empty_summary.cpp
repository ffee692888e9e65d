// SPDX-License-Identifier: Apache-2.0
#include "bad_plugins/descriptor.hpp"

EXPORT_SPOILT(summary, "");
