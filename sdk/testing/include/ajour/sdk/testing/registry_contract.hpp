// SPDX-License-Identifier: Apache-2.0
// What the host expects of a registry. A subject has `create()` as for LifecycleContract, and
// `DeviceId known()`, a device that the registry has.
#pragma once

#include <ajour/sdk/registry.hpp>
#include <ajour/sdk/testing/hostile.hpp>
#include <ajour/sdk/testing/surroundings.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>

namespace ajour::sdk::contract {

template <typename Subject>
class RegistryContract : public ::testing::Test {
protected:
    void SetUp() override {
        const auto started = registry_->try_start(changes_);
        ASSERT_TRUE(started) << started.error().text;
    }
    void TearDown() override { registry_->try_stop(); }

    void look_up(DeviceRecord& record) {
        auto found = registry_->try_look_up(subject_.known());
        ASSERT_TRUE(found) << found.error().text;
        record = *found;
    }

    Report report(const std::string& current) {
        Report report;
        report.device = subject_.known();
        report.current = current;
        report.target = "9.9.9";
        report.conditions.push_back({"InSync", Condition::Status::False, "", "", {}});
        return report;
    }

    Subject subject_;
    CountingChanges changes_;
    std::unique_ptr<RegistryPort> registry_ = subject_.create();
};

TYPED_TEST_SUITE_P(RegistryContract);

TYPED_TEST_P(RegistryContract, gives_a_device_as_two_objects) {
    DeviceRecord record;
    ASSERT_NO_FATAL_FAILURE(this->look_up(record));
    for (const auto& object : {record.application, record.device}) {
        EXPECT_TRUE(object.starts_with('{') && object.ends_with('}')) << object;
        EXPECT_NE(object.find("\"metadata\""), std::string::npos) << object;
    }
}

TYPED_TEST_P(RegistryContract, does_not_find_a_device_that_it_does_not_have) {
    for (const auto& name : hostile_names()) {
        for (const auto& id :
             {DeviceId(this->subject_.known().application, name), DeviceId(name, name)}) {
            const auto found = this->registry_->try_look_up(id);
            ASSERT_FALSE(found);
            EXPECT_EQ(found.error().kind, ErrorKind::NotFound) << found.error().text;
        }
    }
}

TYPED_TEST_P(RegistryContract, stores_a_report_whole) {
    DeviceRecord record;
    for (const std::string current : {"1.0.0", "1.0.1"}) {
        const Report reports[] = {this->report(current)};
        const auto stored = this->registry_->try_report(reports);
        ASSERT_TRUE(stored) << stored.error().text;
        ASSERT_NO_FATAL_FAILURE(this->look_up(record));
        EXPECT_NE(record.device.find("\"" + current + "\""), std::string::npos) << record.device;
    }
    EXPECT_EQ(record.device.find("1.0.0"), std::string::npos) << "the first report is still there";
}

TYPED_TEST_P(RegistryContract, bears_reports_of_devices_that_are_gone) {
    auto gone = this->report("1.0.0");
    gone.device.device = "a-device-that-was-deleted";
    const Report reports[] = {gone, this->report("2.0.0")};
    const auto stored = this->registry_->try_report(reports);
    EXPECT_TRUE(stored) << stored.error().text;
    DeviceRecord record;
    ASSERT_NO_FATAL_FAILURE(this->look_up(record));
    EXPECT_NE(record.device.find("2.0.0"), std::string::npos) << "the other report was lost";
}

TYPED_TEST_P(RegistryContract, takes_an_empty_batch) {
    EXPECT_TRUE(this->registry_->try_report({}));
}

TYPED_TEST_P(RegistryContract, looks_up_while_it_stores) {
    std::atomic<int> wrong{0};
    std::thread writer([&] {
        for (int i = 0; i < 50; ++i) {
            const Report reports[] = {this->report("1.0." + std::to_string(i))};
            if (!this->registry_->try_report(reports)) ++wrong;
        }
    });
    for (int i = 0; i < 50; ++i) {
        if (!this->registry_->try_look_up(this->subject_.known())) ++wrong;
    }
    writer.join();
    EXPECT_EQ(wrong, 0);
}

REGISTER_TYPED_TEST_SUITE_P(RegistryContract, gives_a_device_as_two_objects,
                            does_not_find_a_device_that_it_does_not_have, stores_a_report_whole,
                            bears_reports_of_devices_that_are_gone, takes_an_empty_batch,
                            looks_up_while_it_stores);

}  // namespace ajour::sdk::contract
