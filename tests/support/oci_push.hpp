// SPDX-License-Identifier: Apache-2.0
// Pushes to an OCI registry what a test needs there, as oras does it.
#pragma once

#include <ajour/sdk/testing/digest.hpp>

#include "http_client/client.hpp"

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace ajour::support {

inline std::string digest_of(std::string_view bytes) {
    return "sha256:" + sdk::contract::sha256_of(sdk::bytes_of(bytes)).hex();
}

class OciPusher {
public:
    static constexpr auto manifest_type = "application/vnd.oci.image.manifest.v1+json";

    /// `origin` is "http://127.0.0.1:5000".
    explicit OciPusher(std::string origin, std::string authorization = {}, std::string ca_file = {})
        : origin_(std::move(origin)),
          authorization_(std::move(authorization)),
          client_(options(std::move(ca_file))) {}

    /// Gives its digest.
    std::string blob(const std::string& repository, const std::string& bytes) {
        const auto begun =
            expect(202, request("POST", "/v2/" + repository + "/blobs/uploads/", "", ""));
        const auto* location = begun.header("location");
        if (location == nullptr) throw std::runtime_error("no Location");
        auto path = location->starts_with(origin_) ? location->substr(origin_.size()) : *location;
        path += (path.find('?') == std::string::npos ? "?digest=" : "&digest=") + digest_of(bytes);
        expect(201, request("PUT", path, bytes, "application/octet-stream"));
        return digest_of(bytes);
    }

    std::string manifest(const std::string& repository, const std::string& tag,
                         const std::string& text, const std::string& type = manifest_type) {
        expect(201, request("PUT", "/v2/" + repository + "/manifests/" + tag, text, type));
        return digest_of(text);
    }

    /// An artifact whose one layer is the firmware; gives the manifest's digest. `more` are members
    /// of the manifest, each with a comma in front.
    std::string artifact(const std::string& repository, const std::string& tag,
                         const std::string& firmware, const std::string& more = "") {
        blob(repository, "{}");
        blob(repository, firmware);
        return manifest(repository, tag, artifact_text(firmware, more));
    }

    static std::string artifact_text(const std::string& firmware, const std::string& more = "") {
        return R"({"schemaVersion":2,"mediaType":")" + std::string(manifest_type) +
               R"(","artifactType":"application/vnd.ajour.firmware.v1","config":{"mediaType":)"
               R"("application/vnd.oci.empty.v1+json","digest":")" +
               digest_of("{}") +
               R"(","size":2},"layers":[{"mediaType":"application/octet-stream",)"
               R"("digest":")" +
               digest_of(firmware) + R"(","size":)" + std::to_string(firmware.size()) + "}]" +
               more + "}";
    }

private:
    static http_client::Options options(std::string ca_file) {
        http_client::Options options;
        options.plain = true;
        options.ca_file = std::move(ca_file);
        return options;
    }

    http_client::Request request(const char* method, const std::string& path,
                                 const std::string& body, const std::string& type) const {
        http_client::Request request;
        request.method = method;
        request.url = origin_ + path;
        request.authorization = authorization_;
        request.body = body;
        if (!type.empty()) request.headers.push_back({"Content-Type", type});
        return request;
    }

    http_client::Response expect(int status, const http_client::Request& request) {
        auto response = client_.send(request);
        if (!response) throw std::runtime_error(response.error().text);
        if (response->status == status) return std::move(*response);
        throw std::runtime_error(request.method + " " + request.url + ": status " +
                                 std::to_string(response->status) + " " + response->body);
    }

    const std::string origin_, authorization_;
    http_client::Client client_;
};

}  // namespace ajour::support
