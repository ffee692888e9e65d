// SPDX-License-Identifier: Apache-2.0
// The builder suite on a builder that does as the SDK says; there is no builder plugin in the tree
// yet.
#include <ajour/sdk/testing/builder_contract.hpp>
#include <ajour/sdk/testing/lifecycle_contract.hpp>

#include <map>

namespace {

using namespace ajour::sdk;
using namespace ajour::sdk::contract;

/// Builds "done at once", whatever it is asked for.
class ImmediateBuilder final : public Builder {
public:
    Result<BuildId> begin(const BuildRequest& request) override {
        const auto id = "build-" + std::to_string(builds_.size() + 1);
        return builds_.try_emplace(request.key, id).first->second;
    }
    Result<BuildState> look(const BuildId& build) override {
        if (!is_known(build)) return unknown();
        BuildState state;
        state.phase = BuildState::Phase::Succeeded;
        return state;
    }
    Result<void> log(const BuildId& build, ByteSink& sink, std::uint64_t from) override {
        if (!is_known(build)) return unknown();
        const std::string_view text = "built at once\n";
        return sink.write(bytes_of(text.substr(std::min<std::size_t>(from, text.size()))));
    }
    Result<void> cancel(const BuildId& build) override {
        if (!is_known(build)) return unknown();
        return {};
    }

private:
    static Error unknown() { return {ErrorKind::NotFound, "no such build"}; }
    bool is_known(const BuildId& build) const {
        return std::any_of(builds_.begin(), builds_.end(),
                           [&](const auto& one) { return one.second == build; });
    }

    std::map<std::string, BuildId> builds_;
};

struct ImmediateSubject {
    std::unique_ptr<BuilderPort> create() { return std::make_unique<ImmediateBuilder>(); }
    BuildRequest request(const std::string& key) {
        BuildRequest request;
        request.key = key;
        return request;
    }
};

INSTANTIATE_TYPED_TEST_SUITE_P(Builder, LifecycleContract, ImmediateSubject);
INSTANTIATE_TYPED_TEST_SUITE_P(Builder, BuilderContract, ImmediateSubject);

}  // namespace
