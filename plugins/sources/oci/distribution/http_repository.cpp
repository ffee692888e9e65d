// SPDX-License-Identifier: Apache-2.0
#include "distribution/http_repository.hpp"

#include "content/digest.hpp"
#include "content/manifest.hpp"
#include "crypto/hash.hpp"
#include "distribution/error_answer.hpp"
#include "distribution/link_header.hpp"
#include "distribution/sinks.hpp"
#include "json/members.hpp"
#include "reference.hpp"

namespace ajour::oci {

using http_client::Header;
using http_client::Request;
using http_client::Response;
using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

namespace {

constexpr int PageOfTags = 1000;
constexpr int MostPages = 100;

Error mismatch(const std::string& what, const std::string& found, const std::string& expected) {
    return {ErrorKind::Mismatch, what + ": found " + found + ", expected " + expected};
}

/// The value of a Content-Type, without its parameters.
std::string media_type_of(const Response& response) {
    const auto* header = response.header("content-type");
    if (header == nullptr) return {};
    auto type = header->substr(0, header->find(';'));
    while (type.ends_with(' ')) type.pop_back();
    return type.substr(0, 255);
}

/// Docker-Content-Digest when it is one that can be compared.
std::string digest_in(const Response& response) {
    const auto* header = response.header("docker-content-digest");
    return header != nullptr && is_digest(*header) ? *header : std::string();
}

std::string etag_of(const Response& response, const std::string& digest) {
    const auto* header = response.header("etag");
    if (header != nullptr && header->size() <= 256) return *header;
    return digest.empty() ? std::string() : '"' + digest + '"';
}

std::string what_of(std::string_view kind, const std::string& repository, std::string_view name) {
    return std::string(kind) + " " + repository + (is_digest(name) ? "@" : ":") + std::string(name);
}

Result<std::vector<Descriptor>> manifests_in(const Document& document) {
    auto index = parse_index(document);
    if (!index) return index.error();
    return std::move(index->manifests);
}

}  // namespace

HttpRepository::HttpRepository(Server& server, std::string name, RepositoryLimits limits,
                               Metrics& metrics)
    : server_(server),
      name_(std::move(name)),
      limits_(limits),
      deadline_(std::chrono::steady_clock::now() + limits.requests),
      metrics_(metrics) {}

Result<Response> HttpRepository::ask(const char* method, const std::string& path,
                                     std::vector<Header> headers) {
    if (std::chrono::steady_clock::now() > deadline_) {
        return Error{ErrorKind::Timeout, "the OCI registry takes too long for all that is asked"};
    }
    Request request;
    request.method = method;
    request.headers = std::move(headers);
    return server_.send(std::move(request), path, name_);
}

std::string HttpRepository::path_to(const char* what, std::string_view name) const {
    return "/v2/" + name_ + "/" + what + "/" + std::string(name);
}

Result<Document> HttpRepository::manifest(std::string_view tag_or_digest) {
    const auto what = what_of("manifest", name_, tag_or_digest);
    if (!is_digest(tag_or_digest) && !is_tag(tag_or_digest)) {
        return Error{ErrorKind::Malformed, what + " is asked for by neither a tag nor a digest"};
    }
    auto response = ask("GET", path_to("manifests", tag_or_digest),
                        {{"Accept", std::string(AcceptedDocuments)}});
    if (!response) return response.error().in(what);
    if (response->status != 200) return error_of(*response).in(what);
    if (response->body.size() > DocumentBytes) {
        return mismatch(what, std::to_string(response->body.size()) + " bytes",
                        "at most " + std::to_string(DocumentBytes));
    }
    auto digest = digest_text(hash_of(response->body));
    const auto promised =
        is_digest(tag_or_digest) ? std::string(tag_or_digest) : digest_in(*response);
    if (!promised.empty() && promised != digest) {
        return mismatch(what, "a document of digest " + digest, promised);
    }
    return Document{media_type_of(*response), std::move(digest), std::move(response->body)};
}

Result<HttpRepository::Look> HttpRepository::look(std::string_view tag, const std::string& etag) {
    const auto what = what_of("manifest", name_, tag);
    if (!is_tag(tag)) return Error{ErrorKind::Malformed, what + " is asked for by no tag"};
    std::vector<Header> headers{{"Accept", std::string(AcceptedDocuments)}};
    if (!etag.empty()) headers.push_back({"If-None-Match", etag});
    const auto response = ask("HEAD", path_to("manifests", tag), std::move(headers));
    if (!response) return response.error().in(what);
    if (response->status == 304) return Look{true, {}, etag};
    const bool knows_head = response->status != 405 && response->status != 501;
    if (!knows_head) return Look{};
    if (response->status != 200) return error_of(*response).in(what);
    auto digest = digest_in(*response);
    auto now = etag_of(*response, digest);
    return Look{false, std::move(digest), std::move(now)};
}

Result<std::string> HttpRepository::digest_of(std::string_view tag) {
    auto found = look(tag, {});
    if (!found) return found.error();
    if (!found->digest.empty()) return std::move(found->digest);
    auto document = manifest(tag);
    if (!document) return document.error();
    return std::move(document->digest);
}

Result<std::string> HttpRepository::small_blob(const Descriptor& blob, std::size_t max) {
    const auto what = what_of("blob", name_, blob.digest);
    if (blob.size > max) {
        return Error{ErrorKind::Full, what + " has " + std::to_string(blob.size) +
                                          " bytes, at most " + std::to_string(max) +
                                          " are looked at"};
    }
    std::string bytes;
    if (blob.data && digest_text(hash_of(*blob.data)) == blob.digest) {
        bytes = *blob.data;
    } else {
        WholeBlobSink sink;
        if (auto fetched = this->blob(blob, sink, 0); !fetched) return fetched.error();
        bytes = sink.take();
    }
    const auto digest = digest_text(hash_of(bytes));
    if (digest != blob.digest) return mismatch(what, "bytes of digest " + digest, blob.digest);
    return bytes;
}

Result<void> HttpRepository::blob(const Descriptor& blob, sdk::ByteSink& sink, std::uint64_t from) {
    const auto what = what_of("blob", name_, blob.digest);
    if (!is_digest(blob.digest)) return Error{ErrorKind::Malformed, what + ": no digest"};
    if (from > blob.size) {
        return mismatch(what, "byte " + std::to_string(from) + " asked for",
                        "at most " + std::to_string(blob.size));
    }
    if (from == blob.size && from > 0) return {};
    Request request;
    request.from = from;
    BoundedSink bounded(sink, blob.size - from, std::chrono::steady_clock::now() + limits_.download,
                        metrics_.bytes_fetched);
    const auto response =
        server_.download(std::move(request), path_to("blobs", blob.digest), name_, bounded);
    if (!response) return response.error().in(what);
    if (response->status != 200 && response->status != 206) return error_of(*response).in(what);
    if (bounded.taken() == blob.size - from) return {};
    return mismatch(what, std::to_string(from + bounded.taken()) + " bytes",
                    std::to_string(blob.size));
}

Result<std::string> HttpRepository::page_of_tags(const std::string& path,
                                                 std::vector<std::string>& found) {
    const auto response = ask("GET", path, {});
    if (!response) return response.error();
    if (response->status != 200) return error_of(*response);
    const auto object = parse_object(response->body);
    if (!object) return object.error();
    const auto list = optional_list(*object, "tags", limits_.tags);
    if (!list) return list.error();
    if (*list == nullptr) return std::string();
    for (const auto& tag : **list) {
        if (tag.text() != nullptr && is_tag(*tag.text())) found.push_back(*tag.text());
    }
    const auto* link = response->header("link");
    return link == nullptr ? std::string() : local_target(next_link(*link), server_.origin());
}

Result<std::vector<std::string>> HttpRepository::tags() {
    const auto what = "tags of " + name_;
    std::vector<std::string> found;
    auto path = "/v2/" + name_ + "/tags/list?n=" + std::to_string(PageOfTags);
    for (int page = 0; page < MostPages && !path.empty(); ++page) {
        auto next = page_of_tags(path, found);
        if (!next) return next.error().in(what);
        if (found.size() > limits_.tags) {
            return Error{ErrorKind::Full, what + ": more than source.oci.tags.max, which is " +
                                              std::to_string(limits_.tags)};
        }
        path = std::move(*next);
    }
    if (path.empty()) return found;
    return Error{ErrorKind::Full, what + ": more than " + std::to_string(MostPages) + " pages"};
}

Result<std::vector<Descriptor>> HttpRepository::referrers(std::string_view digest) {
    const auto what = what_of("referrers of", name_, digest);
    if (!is_digest(digest)) return Error{ErrorKind::Malformed, what + ": no digest"};
    constexpr auto index = "application/vnd.oci.image.index.v1+json";
    auto response = ask("GET", path_to("referrers", digest), {{"Accept", index}});
    if (!response) return response.error().in(what);
    if (response->status == 200 && media_type_of(*response) == index) {
        auto found = manifests_in({index, {}, std::move(response->body)});
        if (!found) return found.error().in(what);
        return found;
    }
    // No such API, whatever it answers to what it does not know.
    const auto document = manifest("sha256-" + std::string(hex_of(digest)));
    if (!document && document.error().kind == ErrorKind::NotFound) return std::vector<Descriptor>();
    if (!document) return document.error();
    auto found = manifests_in(*document);
    if (!found) return found.error().in(what);
    return found;
}

}  // namespace ajour::oci
