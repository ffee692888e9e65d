// SPDX-License-Identifier: Apache-2.0
#define BOOST_DLL_USE_STD_FS
#include "plugin_host/library.hpp"

#include <boost/dll/shared_library.hpp>

#include <map>
#include <string>
#include <system_error>
#include <utility>

namespace ajour::plugin_host {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace dll = boost::dll;

namespace {

/// What dlerror said, without the file's name in front and without Boost's errno behind, which
/// means nothing.
std::string reason_of(const std::string& what, const std::string& file) {
    constexpr std::string_view opening = "(dlerror system message: ", closing = "): ";
    const auto begin = what.find(opening);
    if (begin == std::string::npos) return what;
    auto reason = what.substr(begin + opening.size());
    reason.resize(std::min(reason.rfind(closing), reason.size()));
    const auto in_front = file + ": ";
    return reason.starts_with(in_front) ? reason.substr(in_front.size()) : reason;
}

/// One for each file: what is opened again, to try settings, takes no more.
using Libraries = std::map<std::filesystem::path, dll::shared_library>;

/// Never destroyed: a plugin's code may be needed until the last moment, by an exception, a
/// thread's end or a sanitizer that names lines.
Libraries& loaded_libraries() {
    static auto* const libraries = new Libraries;
    return *libraries;
}

const dll::shared_library& library_of(const std::filesystem::path& file) {
    auto& libraries = loaded_libraries();
    const auto found = libraries.find(file);
    if (found != libraries.end()) return found->second;
    dll::shared_library library(file, dll::load_mode::rtld_now | dll::load_mode::rtld_local);
    return libraries.emplace(file, std::move(library)).first->second;
}

}  // namespace

Result<const ajour_plugin_descriptor*> open_plugin(const std::filesystem::path& file) {
    try {
        const auto& kept = library_of(file);
        if (!kept.has(AJOUR_PLUGIN_SYMBOL)) {
            return Error{ErrorKind::Mismatch,
                         "found no symbol " AJOUR_PLUGIN_SYMBOL ", expected it to be exported"};
        }
        return &kept.get<const ajour_plugin_descriptor>(AJOUR_PLUGIN_SYMBOL);
    } catch (const std::exception& thrown) {
        return Error{ErrorKind::Mismatch, "cannot be loaded: " + reason_of(thrown.what(), file)};
    } catch (...) {
        return Error{ErrorKind::Mismatch, "its static constructors threw something unknown"};
    }
}

}  // namespace ajour::plugin_host
