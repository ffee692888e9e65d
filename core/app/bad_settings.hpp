// SPDX-License-Identifier: Apache-2.0
// Starting again would not help: somebody has to change the settings first.
#pragma once

#include <stdexcept>

namespace ajour::app {

class BadSettings : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace ajour::app
