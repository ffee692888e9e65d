// SPDX-License-Identifier: Apache-2.0
// Manifests and indexes as text, from descriptors.
#pragma once

#include "content/descriptor.hpp"

#include <string>
#include <vector>

namespace ajour::oci {

inline std::string quote(const std::string& text) {
    return '"' + text + '"';
}

inline std::string json_of(const Annotations& annotations) {
    std::string text;
    for (const auto& [name, value] : annotations) {
        text += (text.empty() ? "" : ",") + quote(name) + ":" + quote(value);
    }
    return "{" + text + "}";
}

inline std::string json_of(const Descriptor& descriptor) {
    auto text = R"({"mediaType":)" + quote(descriptor.media_type) + R"(,"digest":)" +
                quote(descriptor.digest) + R"(,"size":)" + std::to_string(descriptor.size);
    if (!descriptor.annotations.empty()) {
        text += R"(,"annotations":)" + json_of(descriptor.annotations);
    }
    if (descriptor.platform) {
        text += R"(,"platform":{"os":)" + quote(descriptor.platform->os) + R"(,"architecture":)" +
                quote(descriptor.platform->architecture) + R"(,"variant":)" +
                quote(descriptor.platform->variant) + "}";
    }
    if (!descriptor.artifact_type.empty()) {
        text += R"(,"artifactType":)" + quote(descriptor.artifact_type);
    }
    return text + "}";
}

inline std::string json_of(const std::vector<Descriptor>& descriptors) {
    std::string text;
    for (const auto& descriptor : descriptors) {
        text += (text.empty() ? "" : ",") + json_of(descriptor);
    }
    return "[" + text + "]";
}

inline Descriptor empty_config() {
    Descriptor config;
    config.media_type = "application/vnd.oci.empty.v1+json";
    config.digest = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    config.size = 2;
    return config;
}

inline std::string manifest_text(const std::vector<Descriptor>& layers,
                                 const Annotations& annotations = {},
                                 const Descriptor& config = empty_config()) {
    return R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":)" +
           json_of(config) + R"(,"layers":)" + json_of(layers) + R"(,"annotations":)" +
           json_of(annotations) + "}";
}

inline std::string index_text(const std::vector<Descriptor>& manifests,
                              const Annotations& annotations = {}) {
    return R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":)" +
           json_of(manifests) + R"(,"annotations":)" + json_of(annotations) + "}";
}

}  // namespace ajour::oci
