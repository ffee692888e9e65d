// SPDX-License-Identifier: Apache-2.0
#include "unit/settings/poco_values.hpp"

#include <Poco/AutoPtr.h>
#include <Poco/Util/PropertyFileConfiguration.h>

#include <sstream>

namespace ajour::settings {

std::map<std::string, std::string> values_by_poco(const std::string& text,
                                                  const std::vector<std::string>& keys) {
    std::istringstream stream(text);
    const Poco::AutoPtr<Poco::Util::PropertyFileConfiguration> poco(
        new Poco::Util::PropertyFileConfiguration(stream));
    std::map<std::string, std::string> values;
    for (const auto& key : keys) {
        values[key] = poco->hasProperty(key) ? poco->getRawString(key) : "(none)";
    }
    return values;
}

}  // namespace ajour::settings
