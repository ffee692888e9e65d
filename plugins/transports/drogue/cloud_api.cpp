// SPDX-License-Identifier: Apache-2.0
#include "cloud_api.hpp"

#include "base64.hpp"
#include "cloud_answers.hpp"

namespace ajour::drogue {
namespace {

using http_client::percent_encoded;

sdk::Error unexpected(const http_client::Response& answer) {
    const bool is_denied = answer.status == 401 || answer.status == 403;
    return {is_denied ? sdk::ErrorKind::Refused : sdk::ErrorKind::Unavailable,
            answer.url + " answered " + std::to_string(answer.status) + ", expected 200"};
}

}  // namespace

sdk::Result<std::vector<std::string>> CloudApi::applications() {
    http_client::Request request;
    request.url = base_ + "/api/registry/v1alpha1/apps";
    auto authorization = access_.authorization();
    if (!authorization) return authorization.error();
    request.authorization = std::move(*authorization);
    const auto answer = client_.send(request);
    if (!answer) return answer.error();
    if (answer->status != 200) return unexpected(*answer);
    return read_applications(answer->body);
}

sdk::Result<drogue_access::Token> CloudApi::token() {
    const auto& settings = access_.settings();
    http_client::Request request;
    request.method = "POST";
    request.url = settings.oidc_url;
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                       {"Accept", "application/json"}};
    request.authorization = "Basic " + base64::encode(percent_encoded(settings.oidc_client) + ":" +
                                                      percent_encoded(settings.oidc_secret));
    request.body = "grant_type=client_credentials";
    const auto answer = client_.send(request);
    if (!answer) return answer.error();
    if (answer->status != 200) return unexpected(*answer);
    return drogue_access::read_token(answer->body);
}

sdk::Result<http_client::Response> CloudApi::post(const Post& post) {
    http_client::Request request;
    request.method = "POST";
    request.url = base_ + "/api/command/v1alpha1/apps/" + percent_encoded(post.application) +
                  "/devices/" + percent_encoded(post.device) +
                  "?command=" + percent_encoded(post.command);
    request.headers = {{"Content-Type", "application/octet-stream"}};
    auto authorization = access_.authorization();
    if (!authorization) return authorization.error();
    request.authorization = std::move(*authorization);
    request.body = post.payload;
    return client_.send(request);
}

}  // namespace ajour::drogue
