// SPDX-License-Identifier: Apache-2.0
#include "text_file.hpp"

#include <cerrno>
#include <fstream>
#include <system_error>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

Result<std::string> read_text_file(const std::filesystem::path& file, std::size_t most) {
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    std::string text(most + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (!stream.is_open() || stream.bad()) {
        const auto why = std::generic_category().message(errno == 0 ? EIO : errno);
        return Error{ErrorKind::Unavailable, "reading " + file.string() + ": " + why};
    }
    text.resize(static_cast<std::size_t>(stream.gcount()));
    if (text.size() <= most) return text;
    return Error{ErrorKind::Malformed,
                 file.string() + " is larger than " + std::to_string(most) + " bytes"};
}

}  // namespace ajour::oci
