// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/scratch_directory.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <system_error>

namespace ajour::plugin_host {

using sdk::Error;
using sdk::ErrorKind;

sdk::Result<std::unique_ptr<ScratchDirectory>> ScratchDirectory::make() {
    std::error_code code;
    const auto place = std::filesystem::temp_directory_path(code);
    auto name = (place / "ajour-XXXXXX").string();
    if (code || ::mkdtemp(name.data()) == nullptr) {
        const auto why = code ? code.message() : std::strerror(errno);
        return Error{ErrorKind::Unavailable, "making a directory to try plugins in: " + why};
    }
    return std::unique_ptr<ScratchDirectory>(new ScratchDirectory(name));
}

ScratchDirectory::~ScratchDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace ajour::plugin_host
