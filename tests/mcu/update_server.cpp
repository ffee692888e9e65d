// SPDX-License-Identifier: Apache-2.0
#include "mcu/update_server.hpp"

#include "digest/sha256.hpp"
#include "protocol/command.hpp"
#include "protocol/status.hpp"

#include <random>
#include <stdexcept>

namespace ajour::test {

namespace {

update::Claim claim_of(const protocol::Status& status) {
    update::Claim claim;
    claim.running = status.version.text();
    claim.mtu = status.mtu;
    if (status.update) {
        claim.writing = status.update->version.text();
        claim.offset = status.update->offset;
    }
    return claim;
}

struct Answer {
    const protocol::Status& status;
    const sdk::Release& release;
    const sdk::Bytes& image;

    protocol::Command operator()(const update::InSync& step) const {
        return protocol::Sync{status.version.view(), status.correlation_id, step.poll};
    }
    protocol::Command operator()(const update::Later& step) const {
        return protocol::Wait{status.correlation_id, step.seconds};
    }
    protocol::Command operator()(const update::NeedBlock& step) const {
        return protocol::Write{sdk::bytes_of(release.version), status.correlation_id, step.offset,
                               sdk::ByteView(image).subspan(step.offset, step.length)};
    }
    protocol::Command operator()(const update::Complete&) const {
        return protocol::Swap{sdk::bytes_of(release.version), status.correlation_id,
                              release.sha256.bytes};
    }
};

update::Choice choice_of(const update::Step& step) {
    if (const auto* block = std::get_if<update::NeedBlock>(&step)) return block->image;
    if (const auto* complete = std::get_if<update::Complete>(&step)) return complete->image;
    return update::Choice::Target;
}

}  // namespace

sdk::Bytes image_of(std::size_t size, unsigned seed) {
    std::mt19937 random(seed);
    sdk::Bytes image(size);
    std::uint8_t last = 0xff;
    for (auto& byte : image) {
        do byte = static_cast<std::uint8_t>(random());
        while (byte == last || byte == 0xff);
        last = byte;
    }
    return image;
}

void UpdateServer::publish(const std::string& version, sdk::Bytes image) {
    const sdk::Release release{version, image.size(), digest::sha256(image)};
    releases_[version] = {release, std::move(image)};
    target_ = version;
}

void UpdateServer::name_wrong_digest(const std::string& version) {
    releases_.at(version).release.sha256.bytes[31] ^= 1;
}

update::Image UpdateServer::seen(const Published& published) const {
    return update::seen_through(flight_, published.release, sdk::Permit::Swap);
}

update::Situation UpdateServer::situation(const update::Claim& claim) const {
    update::Situation situation;
    situation.claim = claim;
    situation.limits = limits_;
    if (!target_.empty()) situation.target = seen(releases_.at(target_));
    if (!claim.writing || *claim.writing == target_) return situation;
    const auto previous = releases_.find(std::string(*claim.writing));
    if (previous != releases_.end()) situation.previous = seen(previous->second);
    return situation;
}

const UpdateServer::Published& UpdateServer::chosen(update::Choice choice,
                                                    const update::Situation& situation) const {
    const auto& image = choice == update::Choice::Target ? situation.target : situation.previous;
    return releases_.at(std::string(image->version));
}

sdk::Bytes UpdateServer::answer(sdk::ByteView bytes) {
    ++turns_;
    const auto status = protocol::decode_status(bytes);
    if (!status) throw std::runtime_error(status.error().text);
    const auto claim = claim_of(*status);
    update::hear(flight_, claim);
    const auto now = situation(claim);
    const auto step = update::decide(now);
    static const Published nothing;
    const auto& published = now.target ? chosen(choice_of(step), now) : nothing;
    update::follow(flight_, step, published.release);
    sdk::Bytes command(limits_.block_max + 512);
    command.resize(protocol::encode(
        std::visit(Answer{*status, published.release, published.image}, step), command));
    return command;
}

}  // namespace ajour::test
