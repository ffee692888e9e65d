// SPDX-License-Identifier: Apache-2.0
// The cloud's registry as we ask it, one request a call. Knows nothing of what is remembered.
#pragma once

#include <ajour/sdk/device.hpp>
#include <ajour/sdk/result.hpp>

#include "drogue_access/access.hpp"
#include "http_client/client.hpp"
#include "http_client/message.hpp"
#include "metrics.hpp"
#include "options.hpp"
#include "paths.hpp"
#include "pause.hpp"
#include "record.hpp"

#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace ajour::drogue_registry {

/// Unavailable of any call also while a cloud in trouble is left alone: then nothing is sent.
/// [worker]
class Cloud {
public:
    Cloud(const Options& options, Metrics& metrics);

    /// NotFound: there is none; Refused: we may not read it; Malformed: it is none of that name.
    sdk::Result<Record> application(const std::string& name);
    sdk::Result<Record> device(const sdk::DeviceId& device);
    sdk::Result<std::vector<Record>> devices(const std::string& application, const Page& page);

    enum class Stored { Yes, Conflict, Gone };
    /// Replaces the object, if it has still the version that stands in the text. Malformed: the
    /// cloud will never take it.
    sdk::Result<Stored> put(const sdk::DeviceId& device, const std::string& text);

    /// How long it is left alone; zero: not at all, and so when what it refused was replaced. [any]
    std::chrono::milliseconds pause_left();
    /// Ends what is under way; each call fails from then on. [any]
    void stop() noexcept { client_.stop(); }

private:
    sdk::Result<http_client::Response> ask(http_client::Request request);
    sdk::Result<Record> object(const std::string& path, const std::string& name);
    sdk::Error refused(const http_client::Response& answer, const drogue_access::Proof& proof);
    bool has_another_proof();
    void end_pause();
    void note_failure(std::uint32_t seconds);

    const std::string url_;
    http_client::Client client_;
    drogue_access::Access access_;
    Metrics& metrics_;
    std::mutex mutex_;  // guards all below
    Pause pause_;
    std::optional<drogue_access::Proof> refused_;  // the reason of the pause
};

}  // namespace ajour::drogue_registry
