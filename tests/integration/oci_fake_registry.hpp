// SPDX-License-Identifier: Apache-2.0
// Answers as an OCI registry with one artifact does, until a test says otherwise.
#pragma once

#include "support/oci_push.hpp"
#include "support/scripted_http_server.hpp"

#include <mutex>
#include <string>

namespace ajour::support {

class OciFakeRegistry {
public:
    /// Has `firmware` as acme/fw under every tag. `first` may answer before it does, by returning
    /// true.
    using First = std::function<bool(HttpTurn&)>;
    explicit OciFakeRegistry(std::string firmware, First first = {})
        : firmware_(std::move(firmware)),
          first_(std::move(first)),
          server_([this](HttpTurn& turn) { serve(turn); }) {}

    void push(std::string firmware) {
        const std::lock_guard lock(mutex_);
        firmware_ = std::move(firmware);
    }

    std::string prefix() const { return server_.origin().substr(7) + "/acme/"; }
    ScriptedHttpServer& server() { return server_; }
    std::string manifest() const {
        const std::lock_guard lock(mutex_);
        return OciPusher::artifact_text(firmware_);
    }
    std::string blob_path() const {
        const std::lock_guard lock(mutex_);
        return "/v2/acme/fw/blobs/" + digest_of(firmware_);
    }
    std::size_t count(const std::string& method, const std::string& part) const {
        std::size_t count = 0;
        for (const auto& request : server_.requests()) {
            if (request.method == method && request.target.find(part) != std::string::npos) ++count;
        }
        return count;
    }

    /// The usual answer.
    void answer(HttpTurn& turn) {
        const auto path = turn.request.path();
        if (path.starts_with("/v2/acme/fw/manifests/sha256-")) return turn.answer(404);
        if (path.starts_with("/v2/acme/fw/manifests/")) return answer_manifest(turn);
        if (path == blob_path()) return answer_blob(turn);
        turn.answer(404, R"({"errors":[{"code":"NAME_UNKNOWN","message":"no such thing"}]})");
    }

private:
    void serve(HttpTurn& turn) {
        if (!first_ || !first_(turn)) answer(turn);
    }

    void answer_manifest(HttpTurn& turn) {
        const auto text = manifest();
        const auto etag = '"' + digest_of(text) + '"';
        const HttpFields fields{{"Content-Type", OciPusher::manifest_type},
                                {"Docker-Content-Digest", digest_of(text)},
                                {"ETag", etag}};
        if (turn.request.header("if-none-match") == etag) return turn.answer(304, {}, fields);
        turn.answer(200, text, fields);
    }

    void answer_blob(HttpTurn& turn) {
        std::string firmware;
        {
            const std::lock_guard lock(mutex_);
            firmware = firmware_;
        }
        const auto range = turn.request.header("range");
        if (range.empty()) return turn.answer(200, firmware);
        const auto from = std::stoul(range.substr(range.find('=') + 1));
        turn.answer(206, firmware.substr(from),
                    {{"Content-Range", "bytes " + std::to_string(from) + "-" +
                                           std::to_string(firmware.size() - 1) + "/" +
                                           std::to_string(firmware.size())}});
    }

    mutable std::mutex mutex_;  // guards the firmware
    std::string firmware_;
    const First first_;
    ScriptedHttpServer server_;
};

}  // namespace ajour::support
