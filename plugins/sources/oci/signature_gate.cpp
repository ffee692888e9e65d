// SPDX-License-Identifier: Apache-2.0
#include "signature_gate.hpp"

#include "crypto/hash.hpp"
#include "json/value.hpp"

#include <algorithm>
#include <system_error>

namespace ajour::oci {

namespace fs = std::filesystem;
using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::size_t MostKeys = 64;

/// Whether an application's name may be a file's.
bool is_file_name(const std::string& name) {
    return !name.empty() && name.front() != '.' && name.size() <= 200 &&
           name.find_first_of(std::string_view("/\0", 2)) == std::string::npos;
}

/// NAME.pub and NAME/*.pub, in order.
std::vector<fs::path> key_files(const fs::path& keys, const std::string& name) {
    std::vector<fs::path> files;
    std::error_code ignored;
    if (fs::exists(keys / (name + ".pub"), ignored)) files.push_back(keys / (name + ".pub"));
    for (const auto& entry : fs::directory_iterator(keys / name, ignored)) {
        if (entry.path().extension() == ".pub") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// What verdicts on these digests with these keys are remembered by.
std::string verdict_name(const std::string& repository, const std::vector<std::string>& digests,
                         const TrustedKeys& keys) {
    std::string text = repository;
    for (const auto& digest : digests) text += ' ' + digest;
    for (const auto& key : keys) text += ' ' + key.id();
    return hash_of(text).hex();
}

}  // namespace

SignatureGate::SignatureGate(fs::path keys, std::chrono::milliseconds again, std::size_t most,
                             Metrics& metrics)
    : keys_(std::move(keys)), again_(again), metrics_(metrics), verdicts_(most, metrics.verdicts) {}

Result<TrustedKeys> SignatureGate::keys_of(const std::string& application) const {
    TrustedKeys keys;
    if (keys_.empty()) return keys;
    std::vector<fs::path> files;
    if (is_file_name(application)) files = key_files(keys_, application);
    if (files.empty()) files = key_files(keys_, "default");
    for (const auto& file : files) {
        auto found = read_keys(file);
        if (!found) return found.error();
        keys.insert(keys.end(), found->begin(), found->end());
        if (keys.size() <= MostKeys) continue;
        return Error{ErrorKind::Full, "signature: more than " + std::to_string(MostKeys) +
                                          " keys for one application"};
    }
    return keys;
}

Result<std::string> SignatureGate::check(const Registry& registry, const std::string& application,
                                         const std::string& repository_name,
                                         const std::vector<std::string>& digests,
                                         Repository& repository) {
    if (registry.signature == SignatureMode::Off) return std::string();
    const auto keys = keys_of(application);
    if (!keys) return keys.error().in("signature");
    if (keys->empty()) {
        const auto lack = "signature: there is no key for application " +
                          printable(application, 80) + " in source.oci.signature.keys";
        if (registry.signature == SignatureMode::Verify) return lack;
        return Error{ErrorKind::Refused, lack};
    }
    const auto place = registry.name + ' ' + repository_name;
    const auto verdict =
        verdict_on(verdict_name(place, digests, *keys), *keys, digests, repository);
    if (!verdict) return verdict.error().in("signature");
    return judge(registry.signature, *verdict);
}

Result<Verdict> SignatureGate::verdict_on(const std::string& name, const TrustedKeys& keys,
                                          const std::vector<std::string>& digests,
                                          Repository& repository) {
    const auto known = verdicts_.find(name);
    if (known && Clock::now() < known->good_until) return known->verdict;
    auto verdict = check_signatures(repository, digests, keys);
    if (!verdict) return verdict;
    // Who pushes first and signs then must not wait for long.
    const auto good_until =
        verdict->kind == Verdict::Kind::Signed ? Clock::time_point::max() : Clock::now() + again_;
    verdicts_.put(name, {*verdict, good_until});
    return verdict;
}

Result<std::string> SignatureGate::judge(SignatureMode mode, const Verdict& verdict) {
    if (verdict.kind == Verdict::Kind::Signed) return std::string();
    const auto reason = "signature: " + printable(verdict.reason, 300);
    if (verdict.kind == Verdict::Kind::Unsigned && mode == SignatureMode::Verify) return reason;
    metrics_.signatures_refused.add();
    return Error{ErrorKind::Refused, reason};
}

void SignatureGate::expire() {
    verdicts_.each([](Known& known) {
        if (known.verdict.kind != Verdict::Kind::Signed) known.good_until = {};
    });
}

}  // namespace ajour::oci
