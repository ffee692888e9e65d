// SPDX-License-Identifier: Apache-2.0
// Drogue Cloud's registry API, v1alpha1.
#include "admin/routes.hpp"
#include "store/objects.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <stdexcept>
#include <utility>

namespace ajour::admin {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;
using store::ListQuery;
using store::ObjectName;
using store::Objects;

namespace {

constexpr std::string_view apps_path = "/api/registry/v1alpha1/apps";
constexpr std::string_view app_path = "/api/registry/v1alpha1/apps/{}";
constexpr std::string_view devices_path = "/api/registry/v1alpha1/apps/{}/devices";
constexpr std::string_view device_path = "/api/registry/v1alpha1/apps/{}/devices/{}";

ObjectName object_name(const Request& request) {
    return {request.names[0], request.names.size() > 1 ? request.names[1] : std::string()};
}

std::string location_of(const ObjectName& name) {
    auto path = std::string(apps_path) + "/" + encode_segment(name.application);
    return name.is_device() ? path + "/devices/" + encode_segment(name.device) : path;
}

Response answer_created(const Result<ObjectName>& created) {
    if (!created) return refusal(created.error());
    Response response;
    response.status = 201;
    response.headers["Location"] = location_of(*created);
    return response;
}

Response create_application(Objects& objects, const Request& request) {
    const auto body = parse_body(request.body);
    if (!body) return refusal(body.error());
    return answer_created(objects.create_application(*body));
}

Response create_device(Objects& objects, const Request& request) {
    const auto body = parse_body(request.body);
    if (!body) return refusal(body.error());
    const auto created = objects.create_device(*body);
    if (!created && created.error().kind == ErrorKind::NotFound) {
        return refusal(404, "ReferenceNotFound", created.error().text);
    }
    return answer_created(created);
}

Response show(const Objects& objects, const Request& request) {
    const auto found = objects.find(object_name(request));
    return found ? json_response(*found) : refusal(found.error());
}

Response replace(Objects& objects, const Request& request) {
    const auto body = parse_body(request.body);
    if (!body) return refusal(body.error());
    const auto replaced = objects.replace(object_name(request), *body);
    return replaced ? no_content() : refusal(replaced.error());
}

Result<store::Preconditions> read_preconditions(const std::string& body) {
    if (body.empty()) return store::Preconditions{};
    const auto parsed = parse_body(body);
    if (!parsed) return parsed.error();
    const Json* preconditions = json::member(*parsed, "preconditions");
    if (preconditions == nullptr || preconditions->is_null()) return store::Preconditions{};
    for (const auto* name : {"uid", "resourceVersion"}) {
        const Json* found = json::member(*preconditions, name);
        if (found != nullptr && !found->is_string() && !found->is_null()) {
            return Error{ErrorKind::Malformed,
                         "preconditions." + std::string(name) + " is not a text"};
        }
    }
    return store::Preconditions{json::text(*preconditions, "uid"),
                                json::text(*preconditions, "resourceVersion")};
}

Response remove(Objects& objects, const Request& request) {
    const auto preconditions = read_preconditions(request.body);
    if (!preconditions) return refusal(preconditions.error());
    const auto removed = objects.remove(object_name(request), *preconditions);
    return removed ? no_content() : refusal(removed.error());
}

Result<std::optional<std::uint64_t>> number_in_query(const Request& request,
                                                     const std::string& name) {
    const auto found = request.query.find(name);
    if (found == request.query.end()) return std::optional<std::uint64_t>();
    const auto& text = found->second;
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) {
        return Error{ErrorKind::Malformed, name + " is not a whole number"};
    }
    return std::optional(number);
}

using ListPage = std::function<Result<std::vector<Json>>(const ListQuery&)>;

/// A list as long as it is asked for, read and sent page by page.
class Listing {
public:
    static Result<Listing> begin(const Request& request, ListPage list_page) {
        const auto limit = number_in_query(request, "limit");
        if (!limit) return limit.error();
        const auto offset = number_in_query(request, "offset");
        if (!offset) return offset.error();
        Listing listing(std::move(list_page), limit->value_or(UINT64_MAX));
        const auto labels = request.query.find("labels");
        if (labels != request.query.end()) listing.query_.labels = labels->second;
        listing.query_.offset = offset->value_or(0);
        if (auto read = listing.read_page(); !read) return read.error();
        return listing;
    }

    /// The next piece of the JSON text; empty when all was given.
    std::string next() {
        if (ended_) return {};
        std::string text = first_ ? "[" : "";
        for (const auto& object : page_) {
            text += (first_ ? "" : ",") + json::print(object);
            first_ = false;
        }
        if (page_.size() < page_size || left_ == 0) return end(text);
        query_.offset = 0;
        query_.after = json::text(page_.back()["metadata"], "name");
        // The status line is out: a list that breaks off must not look whole.
        if (auto read = read_page(); !read) throw std::runtime_error(read.error().text);
        return text;
    }

private:
    static constexpr std::uint32_t page_size = 200;

    Listing(ListPage list_page, std::uint64_t left)
        : list_page_(std::move(list_page)), left_(left) {}

    Result<void> read_page() {
        query_.limit = static_cast<std::uint32_t>(std::min<std::uint64_t>(left_, page_size));
        auto page = list_page_(query_);
        if (!page) return page.error();
        page_ = *std::move(page);
        left_ -= page_.size();
        return {};
    }

    std::string end(const std::string& text) {
        ended_ = true;
        return text + "]";
    }

    ListPage list_page_;
    ListQuery query_;
    std::uint64_t left_;
    std::vector<Json> page_;
    bool first_ = true;
    bool ended_ = false;
};

Response list(const Request& request, ListPage list_page) {
    auto listing = Listing::begin(request, std::move(list_page));
    if (!listing) return refusal(listing.error());
    Response response;
    response.more = [listing = *std::move(listing)]() mutable { return listing.next(); };
    return response;
}

Response list_applications(const Objects& objects, const Request& request) {
    return list(request,
                [&objects](const ListQuery& query) { return objects.list_applications(query); });
}

Response list_devices(const Objects& objects, const Request& request) {
    return list(request, [&objects, application = request.names[0]](const ListQuery& query) {
        return objects.list_devices(application, query);
    });
}

}  // namespace

std::vector<Route> registry_routes(const Dependencies& dependencies) {
    Objects& objects = dependencies.objects;
    const auto on = [&objects](auto function) {
        return [&objects, function](const Request& request) { return function(objects, request); };
    };
    // clang-format off
    return {
        {"GET",    apps_path,    Access::Token, on(list_applications)},
        {"POST",   apps_path,    Access::Token, on(create_application)},
        {"GET",    app_path,     Access::Token, on(show)},
        {"PUT",    app_path,     Access::Token, on(replace)},
        {"DELETE", app_path,     Access::Token, on(remove)},
        {"GET",    devices_path, Access::Token, on(list_devices)},
        {"POST",   devices_path, Access::Token, on(create_device)},
        {"GET",    device_path,  Access::Token, on(show)},
        {"PUT",    device_path,  Access::Token, on(replace)},
        {"DELETE", device_path,  Access::Token, on(remove)},
    };
    // clang-format on
}

}  // namespace ajour::admin
