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

Error wrong_status(const http_client::Response& answer) {
    return {ErrorKind::Unavailable,
            explanation_of(answer.status, answer.body) + ", expected 200 or 206"};
}

bool may_go_on(const Error& error) {
    return error.kind == ErrorKind::Unavailable || error.kind == ErrorKind::Timeout;
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

Downloads::Outcome Downloads::stream(const std::string& origin, Tenant& tenant,
                                     const Chosen& chosen, sdk::ByteSink& sink,
                                     std::uint64_t from) {
    if (chosen.size && from > *chosen.size) {
        return {Error{ErrorKind::Mismatch, "asked for byte " + std::to_string(from) + " of " +
                                               std::to_string(*chosen.size)}};
    }
    auto digests = recall(origin, chosen, from);
    if (!digests && chosen.hashes.sha256.empty()) {
        return {Error{ErrorKind::Mismatch, "without SHA-256 it must be read from its beginning"}};
    }
    const bool is_whole = from > 0 && chosen.size && from == *chosen.size;
    if (!is_whole) {
        auto outcome = receive(tenant, chosen, sink, from, digests.get());
        if (!outcome.result) {
            if (may_go_on(outcome.result.error())) keep(origin, std::move(digests));
            world_.images.failed(chosen, false, outcome.result.error().text, now());
            return outcome;
        }
    }
    if (!digests) return {};  // the host verifies what was promised
    return {verify(chosen, *digests)};
}

Downloads::Outcome Downloads::receive(Tenant& tenant, const Chosen& chosen, sdk::ByteSink& sink,
                                      std::uint64_t from, Digests* digests) {
    world_.metrics.downloads.add();
    HashingSink hashing(sink, digests);
    const auto answer = tenant.download(chosen.url, etag_of(chosen), from, hashing);
    if (!answer) return {answer.error(), !may_go_on(answer.error()) && !hashing.refused()};
    if (answer->status == 200 || answer->status == 206) return {};
    return {wrong_status(*answer), true};
}

Result<void> Downloads::verify(const Chosen& chosen, Digests& digests) {
    auto verified = check_size(chosen, digests.size());
    if (auto hashed = digests.finish(); verified && !hashed) verified = hashed;
    if (verified) {
        world_.images.verified(chosen, digests.sha256());
    } else {
        world_.metrics.downloads_wrong.add();
        world_.images.failed(chosen, true, verified.error().text, now());
    }
    return verified;
}

}  // namespace ajour::hawkbit
