// SPDX-License-Identifier: Apache-2.0
#include "settings/places.hpp"

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <system_error>

namespace ajour::settings {

namespace {

namespace fs = std::filesystem;

using Fault = std::optional<std::string>;

std::string text_of_errno(int code) {
    return std::generic_category().message(code);
}

/// With port 0, so that whoever listens on the address already does not matter.
Fault try_address(const std::string& address) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE;
    addrinfo* found = nullptr;
    if (const int code = ::getaddrinfo(address.c_str(), "0", &hints, &found); code != 0) {
        return "found " + in_quotes(address) +
               ", expected an address of this machine: " + ::gai_strerror(code);
    }
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found, &::freeaddrinfo);
    const int descriptor = ::socket(found->ai_family, found->ai_socktype | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return "listening on " + in_quotes(address) + ": " + text_of_errno(errno);
    const bool bound = ::bind(descriptor, found->ai_addr, found->ai_addrlen) == 0;
    const int code = errno;
    ::close(descriptor);
    if (bound) return std::nullopt;
    return "found " + in_quotes(address) +
           ", expected an address of this machine: " + text_of_errno(code);
}

fs::path nearest_that_is_there(fs::path path) {
    std::error_code ignored;
    while (!fs::exists(path, ignored) && path.has_relative_path()) path = path.parent_path();
    return path;
}

/// Makes a directory where the first one that is missing would be made, or inside of it.
Fault try_directory(const fs::path& directory) {
    const auto place = nearest_that_is_there(directory);
    auto name = (place / ".ajour-check-XXXXXX").string();
    if (::mkdtemp(name.data()) != nullptr) {
        ::rmdir(name.c_str());
        return std::nullopt;
    }
    const int code = errno;
    if (code == EACCES || code == EPERM) return std::nullopt;
    return "making " + directory.string() + ": nothing can be made in " + place.string() + ": " +
           text_of_errno(code);
}

Fault try_file(const fs::path& file, bool makes_directory) {
    std::error_code ignored;
    if (fs::is_directory(file, ignored)) return file.string() + " is a directory, expected a file";
    const auto directory = file.parent_path();
    if (!makes_directory && !fs::is_directory(directory, ignored)) {
        return directory.string() + " is no directory";
    }
    return try_directory(directory);
}

void add_fault(const Document& document, const char* key, Fault fault, Problems& problems) {
    if (!fault) return;
    const auto* entry = document.find(key);
    add(problems, {entry == nullptr ? "" : entry->origin.text(), key, std::move(*fault)});
}

}  // namespace

Problems check_places(const Document& document, const Section& host) {
    Problems problems;
    const auto check = [&](const char* key, Fault fault) {
        add_fault(document, key, std::move(fault), problems);
    };
    check("ajour.state", try_directory(host.text("ajour.state")));
    if (host.boolean("ajour.admin.enabled")) {
        check("ajour.admin.address", try_address(host.text("ajour.admin.address")));
    }
    const auto log_file = host.text("ajour.log.file");
    if (!log_file.empty()) check("ajour.log.file", try_file(log_file, true));
    const auto store_file = host.text("store.file");
    if (!store_file.empty()) check("store.file", try_file(store_file, false));
    return problems;
}

}  // namespace ajour::settings
