// SPDX-License-Identifier: Apache-2.0
#include "records.hpp"

#include <ajour/sdk/testing/fake_host.hpp>

#include <gtest/gtest.h>

namespace ajour::drogue_registry {
namespace {

using namespace std::chrono_literals;
using sdk::DeviceId;
using sdk::Error;
using sdk::ErrorKind;

Record record(const std::string& name, const std::string& version, const std::string& spec = "{}") {
    return *read_record(R"({"metadata":{"name":")" + name + R"(","resourceVersion":")" + version +
                        R"("},"spec":)" + spec + "}");
}

struct RememberedRecords : testing::Test {
    sdk::contract::FakeHost host;
    Metrics metrics{host};
    Records records{{4096, 60s, 10s}, metrics};
    const Records::Instant now{1h};
    const DeviceId id{"app", "dev"};
    const Error missing{ErrorKind::NotFound, "no"};
};

TEST_F(RememberedRecords, hold_for_their_age) {
    EXPECT_FALSE(records.fresh(id, now));
    EXPECT_FALSE(records.keep(id, record("dev", "1"), now));
    EXPECT_EQ((*records.fresh(id, now + 59s))->version, "1");
    EXPECT_FALSE(records.fresh(id, now + 60s));
    EXPECT_EQ(records.writable(id)->version, "1") << "a version has no age: the cloud says no";
}

TEST_F(RememberedRecords, hold_shorter_when_there_is_none) {
    EXPECT_FALSE(records.keep(id, missing, now));
    EXPECT_FALSE(*records.fresh(id, now + 9s));
    EXPECT_FALSE(records.fresh(id, now + 10s));
    EXPECT_FALSE(records.writable(id));
}

TEST_F(RememberedRecords, are_not_what_a_failure_says) {
    records.keep(id, record("dev", "1"), now);
    EXPECT_FALSE(records.keep(id, Error{ErrorKind::Timeout, "late"}, now));
    EXPECT_TRUE(*records.fresh(id, now));
}

TEST_F(RememberedRecords, are_news_when_the_host_would_see_a_difference) {
    records.keep(id, record("dev", "1"), now);
    EXPECT_FALSE(records.keep(id, record("dev", "2"), now));
    EXPECT_TRUE(records.keep(id, record("dev", "3", R"({"firmware":{}})"), now));
    EXPECT_TRUE(records.keep(id, missing, now));
    EXPECT_FALSE(records.keep(id, missing, now));
    EXPECT_TRUE(records.keep_listed(id, record("dev", "4"), 1, now));
}

TEST_F(RememberedRecords, that_were_listed_and_are_no_more_are_gone) {
    const DeviceId other{"app", "other"}, alone{"app", "alone"}, elsewhere{"bpp", "dev"};
    records.keep_listed(id, record("dev", "1"), 1, now);
    records.keep_listed(other, record("other", "1"), 1, now);
    records.keep_listed(elsewhere, record("dev", "1"), 1, now);
    records.keep(alone, record("alone", "1"), now);
    records.keep(DeviceId("app", ""), record("app", "1"), now);
    records.keep_listed(id, record("dev", "1"), 2, now);
    EXPECT_EQ(records.sweep("app", 2), std::vector{other});
    EXPECT_FALSE(records.fresh(other, now));
    for (const auto& still : {id, alone, elsewhere, DeviceId("app", "")}) {
        EXPECT_TRUE(records.fresh(still, now)) << still.text();
    }
}

TEST_F(RememberedRecords, that_we_wrote_have_an_unknown_version) {
    records.keep(id, record("dev", "1"), now);
    records.wrote(id, R"({"metadata":{"name":"dev"},"status":{}})");
    EXPECT_FALSE(records.writable(id));
    EXPECT_EQ((*records.fresh(id, now))->text, R"({"metadata":{"name":"dev"},"status":{}})");
}

TEST_F(RememberedRecords, are_bounded_and_the_ones_not_used_go_first) {
    const std::string big = R"({"x":")" + std::string(600, 'x') + R"("})";
    for (int i = 0; i < 100; ++i) {
        const auto name = std::to_string(i);
        records.keep({"app", name}, record(name, "1", big), now);
        records.fresh({"app", "0"}, now);
    }
    EXPECT_TRUE(records.fresh({"app", "0"}, now));
    EXPECT_TRUE(records.fresh({"app", "99"}, now));
    EXPECT_FALSE(records.fresh({"app", "50"}, now));
    EXPECT_LE(metrics.record_bytes.value(), 4096);
    EXPECT_GT(metrics.records.value(), 1);
    EXPECT_LT(metrics.records.value(), 10);
    records.keep_listed({"app", "a listed one"}, record("a listed one", "1", big), 1, now);
    EXPECT_FALSE(records.fresh({"app", "a listed one"}, now)) << "a list drives nobody out";
}

TEST_F(RememberedRecords, are_counted_to_nothing) {
    records.keep(id, record("dev", "1"), now);
    records.wrote(id, "{}");
    records.forget(id);
    records.forget(id);
    EXPECT_EQ(metrics.records.value(), 0);
    EXPECT_EQ(metrics.record_bytes.value(), 0);
}

}  // namespace
}  // namespace ajour::drogue_registry
