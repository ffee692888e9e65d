// SPDX-License-Identifier: Apache-2.0
// Names of images, HOST/PATH[:TAG][@DIGEST], and the prefix below which they must lie. Pure.
#pragma once

#include <ajour/sdk/result.hpp>

#include <string>
#include <string_view>

namespace ajour::oci {

struct Reference {
    std::string host;        ///< with its port, if it has one
    std::string repository;  ///< "acme/fw"
    std::string tag;         ///< empty: none was given
    std::string digest;      ///< "sha256:..."; wins over the tag; empty: none was given

    /// What an OCI registry is asked for: the digest, else the tag, else "latest".
    std::string_view version_name() const;
    /// As people write it.
    std::string text() const;

    friend bool operator==(const Reference&, const Reference&) = default;
};

/// The host, and the path that may follow it, to which all images of one OCI registry belong.
struct Prefix {
    std::string host;
    std::string path;  ///< "" or "acme/"
};

/// Whether a text may be a tag, or a repository's name.
bool is_tag(std::string_view text) noexcept;
bool is_repository(std::string_view text) noexcept;

/// A name with its host. Malformed says what of it is wrong.
sdk::Result<Reference> parse_reference(std::string_view text);

/// A whole host, a slash, and what repositories below begin with: a path that ends in `/`, or, for
/// names that share a beginning, in `-`, `_` or `.`.
sdk::Result<Prefix> parse_prefix(std::string_view text);

/// The image below the prefix. No image name leads anywhere else, to another host least of all.
sdk::Result<Reference> image_below(const Prefix& prefix, std::string_view image);

/// Whether a host is one of the names of Docker Hub.
bool is_docker_hub(std::string_view host) noexcept;

/// The host that serves the images of `host`; another one for Docker Hub only.
std::string serving_host(const std::string& host);

}  // namespace ajour::oci
