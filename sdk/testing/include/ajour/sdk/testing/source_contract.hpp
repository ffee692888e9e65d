// SPDX-License-Identifier: Apache-2.0
// What the host expects of a source. A subject has `create()` as for LifecycleContract, and two
// requests of different targets, `known()` and `other()`, that the source answers with an Offer.
#pragma once

#include <ajour/sdk/source.hpp>
#include <ajour/sdk/testing/digest.hpp>
#include <ajour/sdk/testing/hostile.hpp>
#include <ajour/sdk/testing/memory_sink.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <set>
#include <thread>
#include <variant>

namespace ajour::sdk::contract {

template <typename Subject>
class SourceContract : public ::testing::Test {
protected:
    void SetUp() override {
        const auto started = source_->try_start();
        ASSERT_TRUE(started) << started.error().text;
    }
    void TearDown() override { source_->try_stop(); }

    void resolve(const ResolveRequest& request, Offer& offer) {
        auto resolution = source_->try_resolve(request);
        ASSERT_TRUE(resolution) << resolution.error().text;
        ASSERT_TRUE(std::holds_alternative<Offer>(*resolution)) << "expected an Offer";
        offer = std::get<Offer>(*resolution);
    }

    void fetch(const Offer& offer, MemorySink& sink) {
        const auto fetched = source_->try_fetch(offer, sink, 0);
        ASSERT_TRUE(fetched) << fetched.error().text;
    }

    Subject subject_;
    std::unique_ptr<SourcePort> source_ = subject_.create();
};

TYPED_TEST_SUITE_P(SourceContract);

TYPED_TEST_P(SourceContract, names_its_keys_once) {
    const auto traits = this->source_->try_traits();
    ASSERT_TRUE(traits) << traits.error().text;
    EXPECT_FALSE(traits->keys.empty());
    const std::set<std::string> unique(traits->keys.begin(), traits->keys.end());
    EXPECT_EQ(unique.size(), traits->keys.size());
    EXPECT_FALSE(unique.contains(""));
}

TYPED_TEST_P(SourceContract, asks_one_of_its_upstreams_whatever_the_target_is) {
    const auto traits = this->source_->try_traits();
    ASSERT_TRUE(traits) << traits.error().text;
    EXPECT_GE(traits->upstreams, 1U);
    auto specs = hostile_specs();
    specs.push_back(this->subject_.known().target.spec);
    for (const auto& spec : specs) {
        auto target = this->subject_.known().target;
        target.spec = spec;
        const auto upstream = this->source_->try_upstream_of(target);
        ASSERT_TRUE(upstream) << upstream.error().text;
        EXPECT_LT(*upstream, traits->upstreams) << spec.substr(0, 80);
    }
}

TYPED_TEST_P(SourceContract, offers_what_the_wire_can_carry) {
    Offer offer;
    ASSERT_NO_FATAL_FAILURE(this->resolve(this->subject_.known(), offer));
    EXPECT_GE(offer.version.size(), 1U);
    EXPECT_LE(offer.version.size(), 255U);
    EXPECT_GE(offer.size.value_or(1), 1U);
    EXPECT_LE(offer.size.value_or(1), UINT32_MAX);
}

TYPED_TEST_P(SourceContract, streams_the_image_that_it_offered) {
    Offer offer;
    MemorySink sink;
    ASSERT_NO_FATAL_FAILURE(this->resolve(this->subject_.known(), offer));
    ASSERT_NO_FATAL_FAILURE(this->fetch(offer, sink));
    EXPECT_EQ(offer.size.value_or(sink.bytes().size()), sink.bytes().size());
    const auto found = sha256_of(sink.bytes());
    EXPECT_EQ(offer.sha256.value_or(found).hex(), found.hex());
}

TYPED_TEST_P(SourceContract, resumes_in_the_middle_or_says_that_it_cannot) {
    Offer offer;
    MemorySink whole, rest;
    ASSERT_NO_FATAL_FAILURE(this->resolve(this->subject_.known(), offer));
    ASSERT_NO_FATAL_FAILURE(this->fetch(offer, whole));
    const auto middle = whole.bytes().size() / 2;
    const auto resumed = this->source_->try_fetch(offer, rest, middle);
    if (!resumed) {
        EXPECT_EQ(resumed.error().kind, ErrorKind::Mismatch) << resumed.error().text;
        EXPECT_TRUE(rest.bytes().empty());
        return;
    }
    const ByteView expected = ByteView(whole.bytes()).subspan(middle);
    EXPECT_TRUE(
        std::equal(rest.bytes().begin(), rest.bytes().end(), expected.begin(), expected.end()));
}

TYPED_TEST_P(SourceContract, streams_nothing_from_beyond_the_end) {
    Offer offer;
    MemorySink whole, rest;
    ASSERT_NO_FATAL_FAILURE(this->resolve(this->subject_.known(), offer));
    ASSERT_NO_FATAL_FAILURE(this->fetch(offer, whole));
    EXPECT_FALSE(this->source_->try_fetch(offer, rest, whole.bytes().size() + 1));
    EXPECT_TRUE(rest.bytes().empty());
}

TYPED_TEST_P(SourceContract, stops_when_the_sink_refuses) {
    Offer offer;
    ASSERT_NO_FATAL_FAILURE(this->resolve(this->subject_.known(), offer));
    MemorySink full(0);
    const auto fetched = this->source_->try_fetch(offer, full, 0);
    ASSERT_FALSE(fetched);
    EXPECT_EQ(fetched.error().kind, ErrorKind::Full) << "the sink's own error was expected";
    EXPECT_EQ(full.writes_after_refusal(), 0U);
}

TYPED_TEST_P(SourceContract, answers_a_hostile_spec_without_an_offer_and_without_a_throw) {
    for (const auto& spec : hostile_specs()) {
        auto request = this->subject_.known();
        request.target.spec = spec;
        const auto resolution = this->source_->try_resolve(request);
        if (resolution) {
            EXPECT_FALSE(std::holds_alternative<Offer>(*resolution)) << spec.substr(0, 80);
        } else {
            EXPECT_NE(resolution.error().kind, ErrorKind::Internal) << resolution.error().text;
            EXPECT_LT(resolution.error().text.size(), 1000U) << "errors are shown to people";
        }
    }
}

TYPED_TEST_P(SourceContract, resolves_two_targets_at_once) {
    Offer known, other;
    ASSERT_NO_FATAL_FAILURE(this->resolve(this->subject_.known(), known));
    ASSERT_NO_FATAL_FAILURE(this->resolve(this->subject_.other(), other));
    std::atomic<int> wrong{0};
    const auto resolve_often = [&](const ResolveRequest& request, const Offer& expected) {
        for (int i = 0; i < 50; ++i) {
            const auto resolution = this->source_->try_resolve(request);
            const auto* offer = resolution ? std::get_if<Offer>(&*resolution) : nullptr;
            if (offer == nullptr || offer->version != expected.version) ++wrong;
        }
    };
    std::thread second([&] { resolve_often(this->subject_.other(), other); });
    resolve_often(this->subject_.known(), known);
    second.join();
    EXPECT_EQ(wrong, 0);
}

TYPED_TEST_P(SourceContract, hears_every_event_without_a_throw) {
    using Event = Observation::Event;
    for (const auto event :
         {Event::Progress, Event::Received, Event::InSync, Event::Reverted, Event::Failed}) {
        Observation observation;
        observation.event = event;
        observation.device = this->subject_.known().device;
        observation.target = this->subject_.known().target;
        const auto heard = this->source_->try_observe(observation);
        if (!heard) {
            EXPECT_NE(heard.error().kind, ErrorKind::Internal) << heard.error().text;
        }
    }
}

REGISTER_TYPED_TEST_SUITE_P(SourceContract, names_its_keys_once,
                            asks_one_of_its_upstreams_whatever_the_target_is,
                            offers_what_the_wire_can_carry, streams_the_image_that_it_offered,
                            resumes_in_the_middle_or_says_that_it_cannot,
                            streams_nothing_from_beyond_the_end, stops_when_the_sink_refuses,
                            answers_a_hostile_spec_without_an_offer_and_without_a_throw,
                            resolves_two_targets_at_once, hears_every_event_without_a_throw);

}  // namespace ajour::sdk::contract
