// SPDX-License-Identifier: Apache-2.0
#include "answer.hpp"

#include <gtest/gtest.h>

namespace ajour::hawkbit {
namespace {

using sdk::NotYet;
using sdk::Offer;
using sdk::Permit;

class AnswerFor : public testing::Test {
protected:
    void deploy(const std::string& id = "7", Permit permit = Permit::Swap) {
        controller.asked = true;
        controller.asked_at = now;
        controller.action = std::make_unique<Action>();
        controller.action->id = id;
        controller.action->permit = permit;
        controller.action->chosen = {"1.0.1",      "os", "a",
                                     "http://h/a", 9,    {std::string(64, 'a'), "", ""}};
    }
    sdk::Result<sdk::Resolution> answer(const std::string& problem = "") {
        return answer_for(controller, options, images, problem, now);
    }
    std::string word(const std::string& problem = "") {
        const auto given = answer(problem);
        if (!given) return "error: " + given.error().text;
        if (const auto* not_yet = std::get_if<NotYet>(&*given))
            return "not yet: " + not_yet->reason;
        const auto* offer = std::get_if<Offer>(&*given);
        if (offer == nullptr) return "nothing";
        const char* permits[] = {"nothing", "write", "swap"};
        return offer->version + " " + permits[static_cast<int>(offer->permit)];
    }
    Controller controller{0, "a.d", {"a", "d"}};
    Options options;
    Images images;
    Instant now = Instant{} + std::chrono::hours(1000);
};

TEST_F(AnswerFor, one_that_was_never_asked_after_is_not_yet_or_the_problem) {
    EXPECT_TRUE(word().starts_with("not yet"));
    EXPECT_EQ(word("refused"), "error: refused");
    controller.problem = "HTTP 500";
    EXPECT_EQ(word(), "error: HTTP 500");
}

TEST_F(AnswerFor, an_action_is_an_offer) {
    deploy();
    const auto given = answer();
    ASSERT_TRUE(given);
    const auto& offer = std::get<Offer>(*given);
    EXPECT_EQ(offer.version, "1.0.1");
    EXPECT_EQ(offer.size, 9U);
    EXPECT_EQ(offer.sha256->hex(), std::string(64, 'a'));
    EXPECT_EQ(offer.assignment, "7");
    EXPECT_EQ(offer.origin, "0\na.d\n7");
    EXPECT_EQ(offer.permit, Permit::Swap);
    EXPECT_EQ(offer.fresh_for, options.fresh);
}

TEST_F(AnswerFor, an_action_goes_on_while_hawkbit_is_gone) {
    deploy();
    EXPECT_EQ(word("hawkBit is gone"), "1.0.1 swap");
    EXPECT_EQ(std::get<Offer>(*answer("hawkBit is gone")).warning, "hawkBit is gone");
}

TEST_F(AnswerFor, an_action_with_a_window_waits_while_hawkbit_is_gone) {
    deploy();
    controller.action->windowed = true;
    EXPECT_EQ(word(), "1.0.1 swap");
    now += 2 * options.poll_active + std::chrono::seconds(1);
    EXPECT_EQ(word(), "1.0.1 nothing");
    controller.asked_at = now;
    EXPECT_EQ(word(), "1.0.1 swap");
    controller.asked = false;  // as after a restart
    EXPECT_EQ(word(), "1.0.1 nothing");
}

TEST_F(AnswerFor, an_action_that_is_being_canceled_is_offered_without_permit) {
    deploy();
    controller.cancellation = Cancellation{"7"};
    EXPECT_EQ(word(), "1.0.1 nothing");
    controller.cancellation->answered = true;  // and refused, or it would be over
    EXPECT_EQ(word(), "1.0.1 swap");
    controller.cancellation = Cancellation{"6"};
    EXPECT_EQ(word(), "1.0.1 swap");
}

TEST_F(AnswerFor, what_was_permitted_is_taken_back_before_anything_else_is_said) {
    deploy();
    word();
    controller.action->phase = Phase::Failed;
    controller.action->why = "it came back";
    EXPECT_EQ(word(), "nothing");
    EXPECT_EQ(word(), "error: action 7 failed: it came back");
    deploy("8");
    word();
    deploy("9");
    EXPECT_EQ(word(), "nothing");
    EXPECT_EQ(word(), "1.0.1 swap");
}

TEST_F(AnswerFor, what_it_was_brought_stays_the_target) {
    deploy();
    controller.action->phase = Phase::Succeeded;
    controller.running = "1.0.1";
    EXPECT_EQ(word(), "1.0.1 nothing");
    controller.running = "0.9";
    EXPECT_EQ(word(), "nothing");
    controller.running = "1.0.1";
    controller.image_lost = true;
    EXPECT_EQ(word(), "nothing");
}

TEST_F(AnswerFor, an_image_in_trouble_is_the_problem_for_a_while) {
    deploy();
    images.failed(controller.action->chosen, false, "HTTP 404", now);
    EXPECT_EQ(word(), "error: HTTP 404");
    now += std::chrono::seconds(2);
    EXPECT_EQ(word(), "1.0.1 swap");
}

TEST_F(AnswerFor, an_image_without_sha_256_is_measured_for_one) {
    deploy();
    auto& hashes = controller.action->chosen.hashes;
    hashes = {"", std::string(40, 'b'), ""};
    EXPECT_EQ(word(), "1.0.1 swap");
    Controller second(0, "a.e", {"a", "e"});
    second.asked = true;
    second.action = std::make_unique<Action>(*controller.action);
    auto waits = answer_for(second, options, images, "", now);
    EXPECT_TRUE(std::holds_alternative<NotYet>(*waits));
    images.verified(controller.action->chosen, std::string(64, 'c'));
    auto offered = answer_for(second, options, images, "", now);
    EXPECT_EQ(std::get<Offer>(*offered).sha256->hex(), std::string(64, 'c'));
}

TEST_F(AnswerFor, what_waits_for_a_confirmation_is_shown) {
    controller.asked = true;
    controller.waiting_confirmation = "7";
    EXPECT_EQ(word(), "not yet: hawkBit waits for action 7 to be confirmed");
}

TEST_F(AnswerFor, nothing_to_do_is_nothing) {
    controller.asked = true;
    EXPECT_EQ(word(), "nothing");
}

}  // namespace
}  // namespace ajour::hawkbit
