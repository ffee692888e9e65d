// SPDX-License-Identifier: Apache-2.0
// Names a version, and asks the OCI registry for a word only when no stronger one was found.
#pragma once

#include <ajour/sdk/result.hpp>

#include "content/found_release.hpp"

#include <string>

namespace ajour::oci {

/// The version of a release whose `words` are known but for its label and its other tags; those are
/// added as far as they were needed.
sdk::Result<std::string> complete_name(FoundRelease& found, Repository& repository,
                                       const Wishes& wishes);

}  // namespace ajour::oci
