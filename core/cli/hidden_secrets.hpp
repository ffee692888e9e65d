// SPDX-License-Identifier: Apache-2.0
// Keeps credentials off screens and out of shell histories.
#pragma once

#include "json/json.hpp"

namespace ajour::cli {

/// The object with the values of its credentials replaced by "(hidden)"; names of users stay.
Json without_secrets(Json object);

}  // namespace ajour::cli
