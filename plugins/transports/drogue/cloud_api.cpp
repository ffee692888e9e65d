// SPDX-License-Identifier: Apache-2.0
#include "cloud_api.hpp"

#include "cloud_answers.hpp"
#include "drogue_access/refusal.hpp"

#include <utility>

namespace ajour::drogue {
namespace {

using http_client::percent_encoded;

sdk::Error unexpected(const http_client::Response& answer) {
    const bool is_denied = answer.status == 401 || answer.status == 403;
    return {is_denied ? sdk::ErrorKind::Refused : sdk::ErrorKind::Unavailable,
            answer.url + " answered " + std::to_string(answer.status) + ", expected 200"};
}

}  // namespace

sdk::Result<drogue_access::Endpoints> CloudApi::endpoints() {
    return drogue_access::find_endpoints(client_, base_);
}

sdk::Result<std::vector<std::string>> CloudApi::applications(std::size_t offset,
                                                             std::size_t limit) {
    http_client::Request request;
    request.url = base_ + "/api/registry/v1alpha1/apps?limit=" + std::to_string(limit);
    if (offset > 0) request.url += "&offset=" + std::to_string(offset);
    const auto answer = ask(std::move(request));
    if (!answer) return answer.error();
    if (answer->status != 200) return unexpected(*answer);
    return read_applications(answer->body);
}

sdk::Result<http_client::Response> CloudApi::post(const Post& post) {
    http_client::Request request;
    request.method = "POST";
    request.url = base_ + "/api/command/v1alpha1/apps/" + percent_encoded(post.application) +
                  "/devices/" + percent_encoded(post.device) +
                  "?command=" + percent_encoded(post.command);
    request.headers = {{"Content-Type", "application/octet-stream"}};
    request.body = post.payload;
    return ask(std::move(request));
}

sdk::Result<http_client::Response> CloudApi::ask(http_client::Request request) {
    const auto proof = access_.known();
    if (!proof) return proof.error();
    request.authorization = proof->header();
    auto answer = client_.send(request);
    if (answer && drogue_access::is_refused_credential(*answer)) access_.forget(*proof);
    return answer;
}

}  // namespace ajour::drogue
