// SPDX-License-Identifier: Apache-2.0
#include "content/descriptor_json.hpp"

#include "content/base64.hpp"
#include "content/digest.hpp"
#include "content/manifest.hpp"
#include "json/members.hpp"

#include <utility>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr std::size_t DigestBytes = 255, PlatformBytes = 64, DataBytes = 256U << 10;
constexpr std::uint64_t LargestBlob = std::uint64_t{1} << 40;

Result<std::optional<Platform>> read_platform(const Value& object) {
    const auto found = optional_object(object, "platform", 32);
    if (!found) return found.error();
    if (*found == nullptr) return std::optional<Platform>();
    Platform platform;
    const std::pair<const char*, std::string*> members[] = {
        {"os", &platform.os},
        {"architecture", &platform.architecture},
        {"variant", &platform.variant}};
    for (const auto& [name, text] : members) {
        auto read = optional_text(**found, name, PlatformBytes);
        if (!read) return read.error().in("platform");
        *text = std::move(*read);
    }
    return std::optional(std::move(platform));
}

Result<std::optional<std::string>> read_data(const Value& object) {
    const auto text = optional_text(object, "data", DataBytes);
    if (!text) return text.error();
    if (text->empty()) return std::optional<std::string>();
    auto bytes = decode_base64(*text);
    if (!bytes) return Error{ErrorKind::Malformed, "data is not base64"};
    return bytes;
}

Result<std::string> read_digest(const Value& object) {
    const auto text = required_text(object, "digest", DigestBytes);
    return text ? parse_digest(*text) : text;
}

Result<void> read_rest(const Value& object, Descriptor& descriptor) {
    auto annotations = read_annotations(object);
    if (!annotations) return annotations.error();
    auto data = read_data(object);
    if (!data) return data.error();
    auto platform = read_platform(object);
    if (!platform) return platform.error();
    auto artifact_type = optional_text(object, "artifactType", MediaTypeBytes);
    if (!artifact_type) return artifact_type.error();
    descriptor.annotations = std::move(*annotations);
    descriptor.data = std::move(*data);
    descriptor.platform = std::move(*platform);
    descriptor.artifact_type = std::move(*artifact_type);
    return {};
}

}  // namespace

Result<Annotations> read_annotations(const Value& object) {
    const auto found = optional_object(object, "annotations", AnnotationsMax);
    if (!found) return found.error();
    Annotations annotations;
    if (*found == nullptr) return annotations;
    for (const auto& [name, unused] : *(*found)->members()) {
        auto text = optional_text(**found, name, AnnotationBytes);
        if (!text) {
            return Error{ErrorKind::Malformed, "annotation " + printable(name) +
                                                   " is no text of at most " +
                                                   std::to_string(AnnotationBytes) + " bytes"};
        }
        if (!text->empty()) annotations.emplace(name, std::move(*text));
    }
    return annotations;
}

Result<Descriptor> read_descriptor(const Value& value) {
    if (value.members() == nullptr) {
        return Error{ErrorKind::Malformed, "found " + value.described() + ", expected an object"};
    }
    Descriptor descriptor;
    auto media_type = required_text(value, "mediaType", MediaTypeBytes);
    if (!media_type) return media_type.error();
    auto digest = read_digest(value);
    if (!digest) return digest.error();
    const auto size = required_number(value, "size", LargestBlob);
    if (!size) return size.error();
    descriptor.media_type = std::move(*media_type);
    descriptor.digest = std::move(*digest);
    descriptor.size = *size;
    if (auto rest = read_rest(value, descriptor); !rest) return rest.error();
    return descriptor;
}

}  // namespace ajour::oci
