// SPDX-License-Identifier: Apache-2.0
#include "content/layer_path.hpp"

#include "json/value.hpp"

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::string_view WhiteoutPrefix = ".wh.", OpaqueName = ".wh..wh..opq";

}  // namespace

Result<std::string> path_in_image(std::string_view path) {
    std::string inside;
    auto rest = path;
    while (!rest.empty()) {
        const auto end = rest.find('/');
        const auto part = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        if (part == "..") {
            return Error{ErrorKind::Malformed,
                         "the layer has an entry \"" + printable(path) + "\": \"..\" is refused"};
        }
        if (part.empty() || part == ".") continue;
        if (!inside.empty()) inside += '/';
        inside += part;
    }
    return inside;
}

Whiteout whiteout_of(const std::string& path) {
    const auto slash = path.rfind('/');
    const auto directory = slash == std::string::npos ? std::string() : path.substr(0, slash);
    const auto name = std::string_view(path).substr(slash == std::string::npos ? 0 : slash + 1);
    if (name == OpaqueName) return {directory, true, true};
    if (!name.starts_with(WhiteoutPrefix)) return {};
    const std::string hidden(name.substr(WhiteoutPrefix.size()));
    return {directory.empty() ? hidden : directory + "/" + hidden, false, true};
}

bool lies_in(std::string_view path, std::string_view directory) {
    return directory.empty() || (path.size() > directory.size() && path.starts_with(directory) &&
                                 path[directory.size()] == '/');
}

}  // namespace ajour::oci
