// SPDX-License-Identifier: Apache-2.0
#include <ajour/sdk/testing/lifecycle_contract.hpp>
#include <ajour/sdk/testing/registry_contract.hpp>

#include "json/json.hpp"
#include "store/database.hpp"
#include "store/embedded_registry.hpp"
#include "store/objects.hpp"
#include "support/temp_directory.hpp"

#include <stdexcept>

namespace {

using namespace ajour::sdk;
using namespace ajour::sdk::contract;
using ajour::Json;

struct EmbeddedSubject {
    EmbeddedSubject() {
        require(objects.create_application(Json::parse(R"({"metadata":{"name":"app"}})")));
        require(objects.create_device(
            Json::parse(R"({"metadata":{"application":"app","name":"device"}})")));
    }

    template <typename T>
    static void require(const Result<T>& result) {
        if (!result) throw std::runtime_error(result.error().text);
    }
    std::unique_ptr<ajour::store::Database> open() {
        auto opened = ajour::store::Database::open(temp.path() / "ajour.db");
        require(opened);
        return *std::move(opened);
    }

    std::unique_ptr<RegistryPort> create() {
        return std::make_unique<ajour::store::EmbeddedRegistry>(*database, objects);
    }
    DeviceId known() { return {"app", "device"}; }

    ajour::support::TempDirectory temp;
    std::unique_ptr<ajour::store::Database> database = open();
    ajour::store::Objects objects{*database};
};

INSTANTIATE_TYPED_TEST_SUITE_P(RegistryEmbedded, LifecycleContract, EmbeddedSubject);
INSTANTIATE_TYPED_TEST_SUITE_P(RegistryEmbedded, RegistryContract, EmbeddedSubject);

}  // namespace
