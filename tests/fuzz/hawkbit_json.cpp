// SPDX-License-Identifier: Apache-2.0
// Any bytes as each of hawkBit's answers and as a target's spec: an error that fits on a screen, or
// values in their bounds.
#include "answer.hpp"
#include "choice.hpp"
#include "controller_record.hpp"
#include "deployment.hpp"
#include "feedback.hpp"
#include "json.hpp"
#include "reaction.hpp"
#include "root_answer.hpp"
#include "target.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace ajour::hawkbit;

constexpr std::size_t sentence_max = 1024;

void require(bool holds) {
    if (!holds) std::abort();
}

void require_sentence(const ajour::sdk::Error& error) {
    require(!error.text.empty() && error.text.size() <= sentence_max);
}

void require_link(const std::optional<ActionLink>& link) {
    if (!link) return;
    require(link->id.empty() || is_action_id(link->id));
    require(link->state.find_first_of("/?#&% ") == std::string::npos);
}

void read_root(std::string_view text) {
    const auto root = parse_root(text);
    if (!root) return require_sentence(root.error());
    for (const auto* link : {&root->deployment, &root->cancel, &root->confirmation}) {
        require_link(*link);
    }
    if (root->sleep) require(root->sleep->count() >= 0);
}

void choose_from(const Deployment& deployment) {
    for (const bool one : {false, true}) {
        Rule rule;
        rule.exactly_one = one;
        rule.version_from = one ? VersionFrom::Metadata : VersionFrom::Module;
        const auto chosen = choose(deployment, rule);
        if (!chosen) {
            require_sentence(chosen.error());
            continue;
        }
        require(!chosen->version.empty() && chosen->version.size() <= 255);
        require(!chosen->url.empty() && !chosen->hashes.none());
        require(!chosen->size || (*chosen->size >= 1 && *chosen->size <= UINT32_MAX));
    }
}

void read_deployment(std::string_view text) {
    for (const auto* what : {"deployment", "confirmation"}) {
        const auto deployment = parse_deployment(text, what);
        if (deployment) {
            choose_from(*deployment);
        } else {
            require_sentence(deployment.error());
        }
    }
}

void read_the_rest(std::string_view text) {
    const auto confirmation = parse_confirmation_base(text);
    if (confirmation) {
        require_link(*confirmation);
    } else {
        require_sentence(confirmation.error());
    }
    require(explanation_of(400, text).size() <= sentence_max);
    (void)reaction_to(403, text);
    const auto target = parse_target(text);
    if (!target) require_sentence(target.error());
    Controller controller(0, "x", {"a", "d"});
    restore(controller, text);
    (void)record_of(controller);
    Note note;
    note.detail = text;
    require(parse_object(feedback_body("1", note)).ok());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    read_root(text);
    read_deployment(text);
    read_the_rest(text);
    return 0;
}
