// SPDX-License-Identifier: Apache-2.0
// Certificates out of files, as the registry stores what they say.
#pragma once

#include "json/json.hpp"

#include <string>
#include <vector>

namespace ajour::cli {

/// `spec.trustAnchors` of these PEM files. Throws a Failure that names the file.
Json trust_anchors_of(const std::vector<std::string>& files);

/// The credential of a device that shows the certificate in this PEM file. Throws a Failure.
Json certificate_credential(const std::string& file);

}  // namespace ajour::cli
