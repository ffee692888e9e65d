// SPDX-License-Identifier: Apache-2.0
// What Poco reads out of a properties file. Apart from the tests because of Poco's compile options.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace ajour::settings {

std::map<std::string, std::string> values_by_poco(const std::string& text,
                                                  const std::vector<std::string>& keys);

}  // namespace ajour::settings
