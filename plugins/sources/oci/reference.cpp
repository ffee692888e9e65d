// SPDX-License-Identifier: Apache-2.0
#include "reference.hpp"

#include "content/digest.hpp"
#include "json/value.hpp"

#include <algorithm>
#include <charconv>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t LongestName = 255;
constexpr std::size_t LongestTag = 128;
constexpr std::size_t LongestReference = 600;
constexpr std::string_view DockerHub = "docker.io";

bool is_lower(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}
bool is_alphanumeric(char c) noexcept {
    return is_lower(c) || (c >= 'A' && c <= 'Z');
}
bool is_hexadecimal(char c) noexcept {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

/// ".", "_", "__" or any number of "-".
bool is_separator(std::string_view text) noexcept {
    return text == "." || text == "_" || text == "__" ||
           text.find_first_not_of('-') == std::string_view::npos;
}

bool is_path_component(std::string_view text) noexcept {
    if (text.empty() || !is_lower(text.front()) || !is_lower(text.back())) return false;
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = std::find_if(text.begin() + static_cast<std::ptrdiff_t>(begin), text.end(),
                                      [&](char c) { return is_lower(c); });
        const auto length = static_cast<std::size_t>(end - text.begin()) - begin;
        if (length > 0 && !is_separator(text.substr(begin, length))) return false;
        begin += length + 1;
    }
    return true;
}

bool is_host_label(std::string_view text) noexcept {
    return !text.empty() && is_alphanumeric(text.front()) && is_alphanumeric(text.back()) &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return is_alphanumeric(c) || c == '-'; });
}

bool is_host_name(std::string_view text) noexcept {
    while (true) {
        const auto dot = text.find('.');
        if (!is_host_label(text.substr(0, dot))) return false;
        if (dot == std::string_view::npos) return true;
        text.remove_prefix(dot + 1);
    }
}

bool is_address_6(std::string_view text) noexcept {
    return text.size() >= 4 && text.front() == '[' && text.back() == ']' &&
           std::all_of(text.begin() + 1, text.end() - 1, [](char c) {
               return is_hexadecimal(c) || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
           });
}

bool is_port(std::string_view text) noexcept {
    unsigned port = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), port);
    return failure == std::errc() && end == text.data() + text.size() && port >= 1 && port <= 65535;
}

bool is_host(std::string_view text) noexcept {
    const auto colon = text.rfind(':');
    const auto bracket = text.rfind(']');
    const bool has_port =
        colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
    if (has_port && !is_port(text.substr(colon + 1))) return false;
    const auto name = has_port ? text.substr(0, colon) : text;
    return is_host_name(name) || is_address_6(name);
}

/// What makes clients take a name's first component for a host.
bool looks_like_a_host(std::string_view component) noexcept {
    return component == "localhost" || component.find_first_of(".:[") != std::string_view::npos ||
           std::any_of(component.begin(), component.end(),
                       [](char c) { return c >= 'A' && c <= 'Z'; });
}

Error malformed(std::string_view what, std::string_view found, std::string_view expected) {
    return {ErrorKind::Malformed,
            std::string(what) + " \"" + printable(found) + "\", expected " + std::string(expected)};
}

/// Takes "@DIGEST" and ":TAG" off the end of `rest`.
Result<Reference> take_tag_and_digest(std::string_view& rest) {
    Reference reference;
    if (const auto at = rest.find('@'); at != std::string_view::npos) {
        reference.digest = rest.substr(at + 1);
        if (!is_digest(reference.digest)) {
            return malformed("digest", reference.digest, "sha256: and 64 of 0-9 a-f");
        }
        rest = rest.substr(0, at);
    }
    const auto colon = rest.rfind(':');
    const auto slash = rest.rfind('/');
    if (colon == std::string_view::npos || (slash != std::string_view::npos && colon < slash)) {
        return reference;
    }
    reference.tag = rest.substr(colon + 1);
    if (!is_tag(reference.tag)) {
        return malformed("tag", reference.tag, "1 to 128 of A-Z a-z 0-9 _ . -");
    }
    rest = rest.substr(0, colon);
    return reference;
}

/// After a letter, an image's name would go on a word of the operator's: acme and nobody's image
/// acme-led.
bool is_open_end(char last) noexcept {
    return last == '/' || last == '-' || last == '_' || last == '.';
}

}  // namespace

std::string_view Reference::version_name() const {
    if (!digest.empty()) return digest;
    return tag.empty() ? std::string_view("latest") : std::string_view(tag);
}

std::string Reference::text() const {
    auto result = host + '/' + repository;
    if (!tag.empty()) result += ':' + tag;
    if (!digest.empty()) result += '@' + digest;
    return result;
}

bool is_tag(std::string_view text) noexcept {
    const auto allowed = [](char c) {
        return is_alphanumeric(c) || c == '_' || c == '.' || c == '-';
    };
    return !text.empty() && text.size() <= LongestTag && text.front() != '.' &&
           text.front() != '-' && std::all_of(text.begin(), text.end(), allowed);
}

bool is_repository(std::string_view text) noexcept {
    if (text.size() > LongestName) return false;
    while (true) {
        const auto slash = text.find('/');
        if (!is_path_component(text.substr(0, slash))) return false;
        if (slash == std::string_view::npos) return true;
        text.remove_prefix(slash + 1);
    }
}

Result<Reference> parse_reference(std::string_view text) {
    if (text.size() > LongestReference) return malformed("reference", text, "at most 600 bytes");
    auto rest = text;
    auto reference = take_tag_and_digest(rest);
    if (!reference) return reference;
    const auto slash = rest.find('/');
    if (slash == std::string_view::npos || !looks_like_a_host(rest.substr(0, slash)) ||
        !is_host(rest.substr(0, slash))) {
        return malformed("reference", text, "HOST/NAME, the host with a dot or a port");
    }
    reference->host = rest.substr(0, slash);
    reference->repository = rest.substr(slash + 1);
    if (!is_repository(reference->repository) || rest.size() > LongestName) {
        return malformed("repository", reference->repository,
                         "lower-case words of a-z 0-9 parted by . _ __ - or /, at most 255 bytes "
                         "with the host");
    }
    return reference;
}

Result<Prefix> parse_prefix(std::string_view text) {
    constexpr std::string_view expected =
        "a whole host, a slash, and a path if need be that ends in / - _ or .: "
        "registry.example/acme/";
    const auto slash = text.find('/');
    if (slash == std::string_view::npos || !is_open_end(text.back()) || text.size() > LongestName) {
        return malformed("prefix", text, expected);
    }
    Prefix prefix{std::string(text.substr(0, slash)), std::string(text.substr(slash + 1))};
    const bool leads_to_names = is_repository(prefix.path + 'a');
    if (!looks_like_a_host(prefix.host) || !is_host(prefix.host) || !leads_to_names) {
        return malformed("prefix", text, expected);
    }
    return prefix;
}

Result<Reference> image_below(const Prefix& prefix, std::string_view image) {
    const auto slash = image.find('/');
    if (slash != std::string_view::npos && looks_like_a_host(image.substr(0, slash))) {
        return malformed("image", image, "a name without a host, which the prefix gives");
    }
    std::string path = prefix.path;
    const auto name = image.substr(0, image.find_first_of(":@"));
    if (is_docker_hub(prefix.host) && path.empty() && name.find('/') == std::string_view::npos) {
        path = "library/";
    }
    auto reference = parse_reference(prefix.host + '/' + path + std::string(image));
    if (!reference) return reference.error().in("image \"" + printable(image) + "\"");
    if (reference->host != prefix.host || !reference->repository.starts_with(path)) {
        return malformed("image", image, "a name below the prefix");
    }
    return reference;
}

bool is_docker_hub(std::string_view host) noexcept {
    return host == DockerHub || host == "index.docker.io" || host == "registry-1.docker.io";
}

std::string serving_host(const std::string& host) {
    return is_docker_hub(host) ? "registry-1.docker.io" : host;
}

}  // namespace ajour::oci
