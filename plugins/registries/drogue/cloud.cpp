// SPDX-License-Identifier: Apache-2.0
#include "cloud.hpp"

#include "drogue_access/refusal.hpp"
#include "failures.hpp"

#include <ctime>
#include <utility>

namespace ajour::drogue_registry {

using http_client::Request;
using http_client::Response;
using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;
using Clock = std::chrono::steady_clock;

Cloud::Cloud(const Options& options, Metrics& metrics)
    : url_(options.url),
      client_(options.http),
      access_(options.credentials, client_),
      metrics_(metrics),
      pause_(options.pause_min, options.pause_max) {}

Result<Record> Cloud::application(const std::string& name) {
    return object(application_path(name), name);
}

Result<Record> Cloud::device(const sdk::DeviceId& device) {
    return object(device_path(device), device.device);
}

Result<std::vector<Record>> Cloud::devices(const std::string& application, const Page& page) {
    Request request;
    request.url = url_ + devices_path(application, page);
    const auto answer = ask(std::move(request));
    if (!answer) return answer.error();
    if (answer->status != 200) return failure_of(*answer);
    auto records = read_records(answer->body, page.limit);
    return records ? std::move(records) : records.error().in("reading " + answer->url);
}

Result<Cloud::Stored> Cloud::put(const sdk::DeviceId& device, const std::string& text) {
    Request request;
    request.method = "PUT";
    request.url = url_ + device_path(device);
    request.headers = {{"Content-Type", "application/json"}};
    request.body = text;
    const auto answer = ask(std::move(request));
    if (!answer) return answer.error();
    const auto status = answer->status;
    if (status >= 200 && status < 300) return Stored::Yes;
    if (status == 409) return Stored::Conflict;
    if (status == 404) return Stored::Gone;
    auto failure = failure_of(*answer);
    if (status == 400 || status == 413 || status == 422) failure.kind = ErrorKind::Malformed;
    return failure;
}

std::chrono::milliseconds Cloud::pause_left() {
    const bool has_another = has_another_proof();
    const std::lock_guard lock(mutex_);
    if (has_another) end_pause();
    return pause_.left(Clock::now());
}

/// Than the one that the cloud refused last.
bool Cloud::has_another_proof() {
    std::unique_lock lock(mutex_);
    if (!refused_) return false;
    const auto refused = *refused_;
    lock.unlock();
    const auto known = access_.known();
    return known && *known != refused;
}

void Cloud::end_pause() {
    pause_.reset();
    refused_.reset();
}

Result<Record> Cloud::object(const std::string& path, const std::string& name) {
    Request request;
    request.url = url_ + path;
    const auto answer = ask(std::move(request));
    if (!answer) return answer.error();
    if (answer->status != 200) return failure_of(*answer);
    auto record = read_record(answer->body);
    if (!record) return record.error().in("reading " + answer->url);
    if (record->name == name) return record;
    return Error{ErrorKind::Malformed, answer->url + " answered an object of another name"};
}

Result<Response> Cloud::ask(Request request) {
    if (const auto left = pause_left(); left > std::chrono::milliseconds::zero()) {
        return Error{ErrorKind::Unavailable,
                     "the cloud's registry has trouble, and is left alone for " +
                         std::to_string(left.count()) + " ms"};
    }
    const auto proof = access_.proof();
    if (!proof) return note_failure(0), proof.error();
    request.authorization = proof->header();
    request.headers.push_back({"Accept", "application/json"});
    metrics_.calls.add();
    auto answer = client_.send(request);
    if (!answer) {
        if (answer.error().kind != ErrorKind::Full) note_failure(0);
        return answer.error();
    }
    if (is_trouble(*answer)) {
        note_failure(http_client::retry_after(*answer, std::time(nullptr)));
        return failure_of(*answer);
    }
    if (drogue_access::is_refused_credential(*answer)) return refused(*answer, *proof);
    const std::lock_guard lock(mutex_);
    end_pause();
    return answer;
}

Error Cloud::refused(const Response& answer, const drogue_access::Proof& proof) {
    metrics_.refused.add();
    access_.forget(proof);
    note_failure(0);
    auto failure = failure_of(answer);
    failure.kind = ErrorKind::Unavailable;
    const std::lock_guard lock(mutex_);
    refused_ = proof;
    return failure;
}

void Cloud::note_failure(std::uint32_t seconds) {
    metrics_.calls_failed.add();
    const std::lock_guard lock(mutex_);
    pause_.begin(Clock::now(), std::chrono::seconds(seconds));
}

}  // namespace ajour::drogue_registry
