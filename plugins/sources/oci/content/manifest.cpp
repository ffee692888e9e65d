// SPDX-License-Identifier: Apache-2.0
#include "content/manifest.hpp"

#include "content/descriptor_json.hpp"
#include "json/members.hpp"

#include <optional>
#include <utility>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

enum class Form { Manifest, LegacyArtifact, Index };

constexpr std::string_view Accepted = "an OCI or docker (schema 2) manifest or index";

std::optional<Form> form_of(std::string_view media_type) {
    if (media_type == "application/vnd.oci.image.manifest.v1+json" ||
        media_type == "application/vnd.docker.distribution.manifest.v2+json") {
        return Form::Manifest;
    }
    if (media_type == "application/vnd.oci.image.index.v1+json" ||
        media_type == "application/vnd.docker.distribution.manifest.list.v2+json") {
        return Form::Index;
    }
    if (media_type == "application/vnd.oci.artifact.manifest.v1+json") return Form::LegacyArtifact;
    return std::nullopt;
}

std::string_view without_parameters(std::string_view media_type) {
    media_type = media_type.substr(0, media_type.find(';'));
    while (media_type.ends_with(' ')) media_type.remove_suffix(1);
    return media_type;
}

/// By the document's own word, which has to be the server's as well; umoci writes none.
Result<Form> form_of(const Value& root, std::string_view content_type) {
    auto said = optional_text(root, "mediaType", MediaTypeBytes);
    if (!said) return said.error();
    content_type = without_parameters(content_type);
    if (!said->empty() && !content_type.empty() && *said != content_type) {
        return Error{ErrorKind::Mismatch, "mediaType is \"" + printable(*said) +
                                              "\", the answer's Content-Type was \"" +
                                              printable(content_type) + '"'};
    }
    const auto media_type = said->empty() ? std::string(content_type) : *said;
    if (const auto form = form_of(media_type)) return *form;
    const auto found = media_type.empty() ? "not said" : '"' + printable(media_type) + '"';
    return Error{ErrorKind::Malformed,
                 "the media type is " + found + ", expected " + std::string(Accepted)};
}

Result<void> check_schema(const Value& root) {
    const auto* version = root.member("schemaVersion");
    if (version != nullptr && version->number() != nullptr && *version->number() == 2) return {};
    return unexpected(root, "schemaVersion", "2");
}

Result<std::vector<Descriptor>> read_list(const Value& root, const char* name, std::size_t max) {
    const auto list = optional_list(root, name, max);
    if (!list) return list.error();
    if (*list == nullptr) return unexpected(root, name, "a list");
    std::vector<Descriptor> descriptors;
    for (const auto& entry : **list) {
        auto descriptor = read_descriptor(entry);
        if (!descriptor) {
            return descriptor.error().in(std::string(name) + "[" +
                                         std::to_string(descriptors.size()) + "]");
        }
        descriptors.push_back(std::move(*descriptor));
    }
    return descriptors;
}

template <typename T>
Result<void> read_common(const Value& root, T& document) {
    auto artifact_type = optional_text(root, "artifactType", MediaTypeBytes);
    if (!artifact_type) return artifact_type.error();
    auto annotations = read_annotations(root);
    if (!annotations) return annotations.error();
    document.artifact_type = std::move(*artifact_type);
    document.annotations = std::move(*annotations);
    return {};
}

Result<Manifest> read_manifest(const Value& root, Form form) {
    Manifest manifest;
    if (auto read = read_common(root, manifest); !read) return read.error();
    if (form == Form::Manifest) {
        const auto* config = root.member("config");
        if (config == nullptr) return unexpected(root, "config", "a descriptor");
        auto descriptor = read_descriptor(*config);
        if (!descriptor) return descriptor.error().in("config");
        manifest.config = std::move(*descriptor);
    }
    const auto* name = form == Form::Manifest ? "layers" : "blobs";
    auto layers = read_list(root, name, LayersMax);
    if (!layers) return layers.error();
    manifest.layers = std::move(*layers);
    return manifest;
}

Result<Index> read_index(const Value& root) {
    Index index;
    if (auto read = read_common(root, index); !read) return read.error();
    auto manifests = read_list(root, "manifests", EntriesMax);
    if (!manifests) return manifests.error();
    index.manifests = std::move(*manifests);
    return index;
}

template <typename T>
Result<T> only(const Document& document, const char* expected) {
    auto parsed = parse_document(document);
    if (!parsed) return parsed.error();
    if (auto* wanted = std::get_if<T>(&*parsed)) return std::move(*wanted);
    return Error{ErrorKind::Malformed,
                 "the document is of another form, expected " + std::string(expected)};
}

using Parsed = std::variant<Manifest, Index>;

template <typename T>
Result<Parsed> widened(Result<T> result) {
    if (!result) return result.error();
    return Parsed(std::move(*result));
}

}  // namespace

Result<Parsed> parse_document(const Document& document) {
    const auto root = parse_object(document.body, {DocumentBytes});
    if (!root) return root.error();
    const auto form = form_of(*root, document.media_type);
    if (!form) return form.error();
    if (*form == Form::LegacyArtifact) return widened(read_manifest(*root, *form));
    if (auto schema = check_schema(*root); !schema) return schema.error();
    return *form == Form::Index ? widened(read_index(*root)) : widened(read_manifest(*root, *form));
}

Result<Manifest> parse_manifest(const Document& document) {
    return only<Manifest>(document, "a manifest");
}

Result<Index> parse_index(const Document& document) {
    return only<Index>(document, "an index");
}

}  // namespace ajour::oci
