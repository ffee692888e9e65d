// SPDX-License-Identifier: Apache-2.0
#include "store/document.hpp"

#include "store/firmware_status.hpp"

#include <algorithm>
#include <array>

namespace ajour::store {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t max_host_name = 253;
constexpr std::size_t max_host_label = 63;
constexpr std::size_t max_device_name = 255;

Error malformed(std::string text) {
    return {ErrorKind::Malformed, std::move(text)};
}

bool is_host_character(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

bool is_host_label(std::string_view label) noexcept {
    return !label.empty() && label.size() <= max_host_label && label.front() != '-' &&
           label.back() != '-' && std::ranges::all_of(label, is_host_character);
}

bool is_host_name(std::string_view name) noexcept {
    if (name.size() > max_host_name) return false;
    for (;;) {
        const auto dot = name.find('.');
        if (!is_host_label(name.substr(0, dot))) return false;
        if (dot == std::string_view::npos) return true;
        name.remove_prefix(dot + 1);
    }
}

/// The member as an object; an absent one, or null, is an empty one.
Result<Json> object_member(const Json& body, std::string_view name) {
    const Json* found = json::member(body, name);
    if (found == nullptr || found->is_null()) return Json::object();
    if (!found->is_object()) return malformed(std::string(name) + " is not an object");
    return *found;
}

Result<Json> texts_member(const Json& metadata, std::string_view name) {
    auto texts = object_member(metadata, name);
    if (!texts) return texts.error().in("metadata");
    for (const auto& [key, value] : texts->items()) {
        if (key.empty() || !value.is_string()) {
            return malformed("metadata." + std::string(name) + " holds something else than texts");
        }
    }
    return texts;
}

Result<Json> finalizers_member(const Json& metadata) {
    const Json* found = json::member(metadata, "finalizers");
    if (found == nullptr || found->is_null()) return Json::array();
    const auto is_text = [](const Json& value) { return value.is_string(); };
    if (!found->is_array() || !std::ranges::all_of(*found, is_text)) {
        return malformed("metadata.finalizers is not an array of texts");
    }
    return *found;
}

Result<std::string> text_member(const Json& metadata, std::string_view name) {
    const Json* found = json::member(metadata, name);
    if (found == nullptr || found->is_null()) return std::string();
    if (!found->is_string()) return malformed("metadata." + std::string(name) + " is not a text");
    return found->get<std::string>();
}

Result<void> check_known(const Json& metadata, Kind kind) {
    static constexpr std::array<std::string_view, 9> known = {
        "name",       "uid",    "creationTimestamp", "generation",        "resourceVersion",
        "finalizers", "labels", "annotations",       "deletionTimestamp",
    };
    for (const auto& [key, value] : metadata.items()) {
        if (kind == Kind::Device && key == "application") continue;
        if (std::ranges::find(known, key) == known.end()) {
            return malformed("metadata." + key + " is not known");
        }
    }
    if (metadata.contains("generation") && !json::number(metadata, "generation")) {
        return malformed("metadata.generation is not a whole number");
    }
    return {};
}

Result<void> check_times(const Json& metadata) {
    for (const auto* name : {"creationTimestamp", "deletionTimestamp"}) {
        if (auto text = text_member(metadata, name); !text) return text.error();
    }
    return {};
}

Result<void> read_names(const Json& metadata, Kind kind, Document& document) {
    auto name = text_member(metadata, "name");
    if (!name) return name.error();
    if (kind == Kind::Application) {
        document.application = *std::move(name);
        return check_application_name(document.application);
    }
    auto application = text_member(metadata, "application");
    if (!application) return application.error();
    document.application = *std::move(application);
    document.device = *std::move(name);
    if (auto checked = check_application_name(document.application); !checked) return checked;
    return check_device_name(document.device);
}

Result<void> read_revision(const Json& metadata, Document& document) {
    auto uid = text_member(metadata, "uid");
    if (!uid) return uid.error();
    auto revision = text_member(metadata, "resourceVersion");
    if (!revision) return revision.error();
    document.uid = *std::move(uid);
    document.resource_version = *std::move(revision);
    return {};
}

Result<void> read_maps(const Json& metadata, Document& document) {
    auto labels = texts_member(metadata, "labels");
    if (!labels) return labels.error();
    auto annotations = texts_member(metadata, "annotations");
    if (!annotations) return annotations.error();
    auto finalizers = finalizers_member(metadata);
    if (!finalizers) return finalizers.error();
    document.labels = *std::move(labels);
    document.annotations = *std::move(annotations);
    document.finalizers = *std::move(finalizers);
    return {};
}

Result<void> read_metadata(const Json& metadata, Kind kind, Document& document) {
    if (auto read = check_known(metadata, kind); !read) return read;
    if (auto read = check_times(metadata); !read) return read;
    if (auto read = read_names(metadata, kind, document); !read) return read;
    if (auto read = read_revision(metadata, document); !read) return read;
    return read_maps(metadata, document);
}

Result<void> read_firmware(Document& document) {
    const auto found = document.status.find("firmware");
    if (found == document.status.end()) return {};
    if (!found->is_null()) {
        if (auto checked = check_firmware(*found); !checked) {
            return checked.error().in("status.firmware");
        }
    }
    document.firmware = std::move(*found);
    document.status.erase(found);
    return {};
}

Result<void> check_sections(const Json& body) {
    if (!body.is_object()) return malformed("the body is not a JSON object");
    for (const auto& [key, value] : body.items()) {
        if (key != "metadata" && key != "spec" && key != "status") {
            return malformed("\"" + key + "\" is none of metadata, spec and status");
        }
    }
    const Json* metadata = json::member(body, "metadata");
    if (metadata == nullptr || !metadata->is_object()) {
        return malformed("metadata is not an object");
    }
    return {};
}

}  // namespace

Result<Document> read_document(const Json& body, Kind kind) {
    if (auto checked = check_sections(body); !checked) return checked.error();
    Document document;
    if (auto read = read_metadata(body["metadata"], kind, document); !read) return read.error();
    auto spec = object_member(body, "spec");
    if (!spec) return spec.error();
    auto status = object_member(body, "status");
    if (!status) return status.error();
    document.spec = *std::move(spec);
    document.status = *std::move(status);
    if (kind == Kind::Device) {
        if (auto read = read_firmware(document); !read) return read.error();
    }
    return document;
}

Result<void> check_application_name(std::string_view name) {
    if (is_host_name(name)) return {};
    return malformed(
        "an application's name is a lower-case host name (letters, digits, '-', '.', at most 253)");
}

Result<void> check_device_name(std::string_view name) {
    const auto is_control = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    };
    if (name.empty() || name.size() > max_device_name) {
        return malformed("a device's name of " + std::to_string(name.size()) +
                         " bytes, expected 1 to 255");
    }
    if (std::ranges::any_of(name, is_control)) {
        return malformed("a device's name with a control character in it");
    }
    return {};
}

}  // namespace ajour::store
