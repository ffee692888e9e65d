// SPDX-License-Identifier: Apache-2.0
#include "downloads.hpp"

#include <utility>

namespace ajour::hawkbit {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

Instant now() {
    return std::chrono::steady_clock::now();
}

/// Counts what the host took.
class HashingSink final : public sdk::ByteSink {
public:
    HashingSink(sdk::ByteSink& host, Digests* digests) : host_(host), digests_(digests) {}

    Result<void> write(sdk::ByteView bytes) noexcept override {
        auto taken = host_.write(bytes);
        if (taken && digests_ != nullptr) digests_->update(bytes);
        if (!taken) refused_ = true;
        return taken;
    }
    bool refused() const noexcept { return refused_; }

private:
    sdk::ByteSink& host_;
    Digests* digests_;
    bool refused_ = false;
};

/// hawkBit's entity tag of an artifact.
std::string etag_of(const Chosen& chosen) {
    return chosen.hashes.sha1.empty() ? "" : "\"" + chosen.hashes.sha1 + "\"";
}

/// Refused: another link may do, as when this one has run out.
Error wrong_status(const http_client::Response& answer) {
    const auto reaction = reaction_to(answer.status, answer.body);
    const bool refused = reaction == Reaction::Refused || reaction == Reaction::Over;
    return {refused ? ErrorKind::Refused : ErrorKind::Unavailable,
            explanation_of(answer.status, answer.body) + ", expected 200 or 206"};
}

Result<void> check_size(const Chosen& chosen, std::uint64_t size) {
    if (!chosen.size || *chosen.size == size) return {};
    return Error{ErrorKind::Mismatch, "the image has " + std::to_string(size) +
                                          " bytes, expected " + std::to_string(*chosen.size)};
}

}  // namespace

std::unique_ptr<Digests> Downloads::recall(const std::string& origin, const Chosen& chosen,
                                           std::uint64_t from) {
    std::unique_ptr<Digests> digests;
    {
        const std::lock_guard lock(mutex_);
        if (const auto kept = kept_.find(origin); kept != kept_.end()) {
            digests = std::move(kept->second);
            kept_.erase(kept);
        }
    }
    if (from == 0) return std::make_unique<Digests>(chosen.hashes);
    if (digests && digests->size() != from) digests.reset();
    return digests;
}

void Downloads::keep(const std::string& origin, std::unique_ptr<Digests> digests) {
    if (!digests) return;
    const std::lock_guard lock(mutex_);
    if (kept_.size() >= KeptMax) kept_.clear();
    kept_[origin] = std::move(digests);
}

Result<void> Downloads::stream(const std::string& origin, Tenant& tenant, const Chosen& chosen,
                               sdk::ByteSink& sink, std::uint64_t from) {
    if (chosen.size && from > *chosen.size) {
        return Error{ErrorKind::Mismatch, "asked for byte " + std::to_string(from) + " of " +
                                              std::to_string(*chosen.size)};
    }
    auto digests = recall(origin, chosen, from);
    if (!digests && chosen.hashes.sha256.empty()) {
        return Error{ErrorKind::Mismatch, "without SHA-256 it must be read from its beginning"};
    }
    if (!chosen.size || from < *chosen.size || from == 0) {
        world_.metrics.downloads.add();
        HashingSink hashing(sink, digests.get());
        const auto answer = tenant.download(chosen.url, etag_of(chosen), from, hashing);
        const bool interrupted = !answer && !hashing.refused() &&
                                 (answer.error().kind == ErrorKind::Unavailable ||
                                  answer.error().kind == ErrorKind::Timeout);
        if (interrupted) keep(origin, std::move(digests));
        const bool streamed = answer && (answer->status == 200 || answer->status == 206);
        if (!streamed) {
            auto error = answer ? wrong_status(*answer) : answer.error();
            world_.images.failed(chosen, false, error.text, now());
            return error;
        }
    }
    if (!digests) return {};  // the host verifies what was promised
    auto verified = check_size(chosen, digests->size());
    if (auto hashed = digests->finish(); verified && !hashed) verified = hashed;
    if (verified) {
        world_.images.verified(chosen, digests->sha256());
    } else {
        world_.metrics.downloads_wrong.add();
        world_.images.failed(chosen, true, verified.error().text, now());
    }
    return verified;
}

}  // namespace ajour::hawkbit
