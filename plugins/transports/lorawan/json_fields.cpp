// SPDX-License-Identifier: Apache-2.0
#include "json_fields.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace ajour::lorawan {
namespace {

constexpr std::size_t deepest = 64;
constexpr std::size_t longest_path = 80;

/// A handler for nlohmann's `sax_parse`; false ends the parsing.
class FieldHandler {
public:
    explicit FieldHandler(std::span<const JsonField> fields) noexcept : fields_(fields) {}

    bool null() { return value_done(); }
    bool boolean(bool) { return other_value(); }
    bool number_integer(std::int64_t) { return other_value(); }
    bool number_unsigned(std::uint64_t value) {
        const auto* field = wanted();
        if (field == nullptr) return value_done();
        if (field->number == nullptr) return refuse(field, "a number, expected a text");
        *field->number = value;
        return value_done();
    }
    bool number_float(double, const std::string&) { return other_value(); }
    bool string(std::string& text) {
        const auto* field = wanted();
        if (field == nullptr) return value_done();
        if (field->text == nullptr) return refuse(field, "a text, expected a number");
        *field->text = std::move(text);
        return value_done();
    }
    bool binary(nlohmann::json::binary_t&) { return other_value(); }
    bool start_object(std::size_t) { return open(false); }
    bool end_object() { return close(); }
    bool start_array(std::size_t) { return open(true); }
    bool end_array() { return close(); }
    bool key(std::string& name) {
        path_.resize(lengths_.back());
        if (lists_ == 0 && path_.size() + name.size() < longest_path) {
            if (!path_.empty()) path_ += '/';
            path_ += name.empty() || name.find('/') != std::string::npos ? "?" : name;
        } else {
            path_ += "/?";  // no wanted path has it
        }
        return true;
    }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception&) {
        problem_ = "it is no JSON from byte " + std::to_string(position) + " on";
        return false;
    }

    const std::string& problem() const noexcept { return problem_; }

private:
    const JsonField* wanted() const {
        if (lists_ > 0) return nullptr;
        const auto found = std::ranges::find(fields_, path_, &JsonField::path);
        return found == fields_.end() ? nullptr : &*found;
    }
    bool other_value() {
        const auto* field = wanted();
        return field == nullptr
                   ? value_done()
                   : refuse(field, field->text == nullptr ? "no whole number" : "no text");
    }
    bool value_done() {
        if (!lengths_.empty()) return true;
        problem_ = "it is no JSON object";
        return false;
    }
    bool open(bool is_list) {
        if (lengths_.empty() && is_list) return value_done();
        if (const auto* field = wanted(); field != nullptr) {
            return refuse(field, "an object or a list");
        }
        if (lengths_.size() >= deepest) {
            problem_ = "it is nested too deeply";
            return false;
        }
        lengths_.push_back(path_.size());
        lists_are_.push_back(is_list);
        lists_ += is_list ? 1 : 0;
        return true;
    }
    bool close() {
        path_.resize(lengths_.back());
        lists_ -= lists_are_.back() ? 1 : 0;
        lengths_.pop_back();
        lists_are_.pop_back();
        return true;
    }
    bool refuse(const JsonField* field, const char* found) {
        problem_ = std::string(field->path) + " is " + found;
        return false;
    }

    std::span<const JsonField> fields_;
    std::string path_;                  // of the value that is read
    std::vector<std::size_t> lengths_;  // of the path at each open object or list
    std::vector<bool> lists_are_;
    std::size_t lists_ = 0;  // that are open
    std::string problem_;
};

}  // namespace

sdk::Result<void> read_fields(std::string_view json, std::span<const JsonField> fields) try {
    FieldHandler handler(fields);
    if (nlohmann::json::sax_parse(json, &handler)) return {};
    return sdk::Error{sdk::ErrorKind::Malformed, handler.problem()};
} catch (const nlohmann::json::exception&) {
    return sdk::Error{sdk::ErrorKind::Malformed, "it cannot be read as JSON"};
}

}  // namespace ajour::lorawan
