// SPDX-License-Identifier: Apache-2.0
#include "json/value.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace ajour::oci {

using sdk::Error;
using sdk::ErrorKind;
using sdk::Result;

/// What nlohmann's parser tells, made into values. Each `false` ends the parse.
class ValueBuilder {
public:
    using Json = nlohmann::json;

    explicit ValueBuilder(const JsonBounds& bounds) : bounds_(bounds) {}

    bool null() { return add(std::monostate()); }
    bool boolean(bool given) { return add(given); }
    bool number_integer(Json::number_integer_t) { return add(Value::OtherNumber()); }
    bool number_unsigned(Json::number_unsigned_t given) { return add(std::uint64_t{given}); }
    bool number_float(Json::number_float_t, const std::string&) {
        return add(Value::OtherNumber());
    }
    bool string(std::string& given) { return add(std::move(given)); }
    bool binary(Json::binary_t&) { return false; }
    bool start_object(std::size_t) { return open(Value::Members()); }
    bool start_array(std::size_t) { return open(Value::List()); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }
    bool key(std::string& given) {
        open_.back().key = std::move(given);
        const auto& members = *open_.back().value.members();
        if (members.find(open_.back().key) == members.end()) return true;
        return fail("names the member " + printable(open_.back().key) + " twice");
    }
    template <typename Thrown>
    bool parse_error(std::size_t at, const std::string&, const Thrown&) {
        return fail("not JSON: error at byte " + std::to_string(at));
    }

    const std::string& error() const { return error_; }
    Value take() { return std::move(root_); }

private:
    struct Open {
        Value value;
        std::string key;  // of the member that comes next
    };

    bool fail(std::string text) {
        error_ = std::move(text);
        return false;
    }
    bool counts() {
        if (++values_ <= bounds_.values) return true;
        return fail("more than " + std::to_string(bounds_.values) + " values");
    }
    template <typename T>
    bool add(T content) {
        if (!counts()) return false;
        Value value;
        value.content_ = std::move(content);
        put(std::move(value));
        return true;
    }
    template <typename T>
    bool open(T content) {
        if (!counts()) return false;
        if (open_.size() == bounds_.depth) {
            return fail("nested deeper than " + std::to_string(bounds_.depth));
        }
        open_.emplace_back();
        open_.back().value.content_ = std::move(content);
        return true;
    }
    bool close() {
        auto value = std::move(open_.back().value);
        open_.pop_back();
        put(std::move(value));
        return true;
    }
    void put(Value value) {
        if (open_.empty()) {
            root_ = std::move(value);
            return;
        }
        auto& parent = open_.back();
        if (auto* list = std::get_if<Value::List>(&parent.value.content_)) {
            list->push_back(std::move(value));
        } else {
            std::get<Value::Members>(parent.value.content_)
                .emplace(std::move(parent.key), std::move(value));
        }
    }

    JsonBounds bounds_;
    std::vector<Open> open_;
    std::size_t values_ = 0;
    Value root_;
    std::string error_;
};

Result<Value> Value::parse(std::string_view text, const JsonBounds& bounds) {
    if (text.size() > bounds.bytes) {
        return Error{ErrorKind::Malformed, std::to_string(text.size()) +
                                               " bytes of JSON, at most " +
                                               std::to_string(bounds.bytes)};
    }
    ValueBuilder builder(bounds);
    if (nlohmann::json::sax_parse(text, &builder)) return builder.take();
    auto found = text.empty() ? std::string() : ", it begins with " + printable(text, 20);
    return Error{ErrorKind::Malformed, builder.error() + found};
}

const Value* Value::member(std::string_view name) const {
    const auto* all = members();
    if (all == nullptr) return nullptr;
    const auto found = all->find(name);
    if (found == all->end()) return nullptr;
    return std::holds_alternative<std::monostate>(found->second.content_) ? nullptr
                                                                          : &found->second;
}

std::string Value::described() const {
    if (const auto* found = text()) return '"' + printable(*found) + '"';
    if (const auto* found = number()) return std::to_string(*found);
    constexpr const char* kinds[] = {
        "null", "a boolean", "", "a negative or fractional number", "", "a list", "an object"};
    return kinds[content_.index()];
}

std::string printable(std::string_view text, std::size_t max) {
    std::string shown(text.substr(0, max));
    for (auto& c : shown) {
        if (c < ' ' || c > '~') c = '?';
    }
    return text.size() > max ? shown + "..." : shown;
}

}  // namespace ajour::oci
