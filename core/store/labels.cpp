// SPDX-License-Identifier: Apache-2.0
#include "store/labels.hpp"

#include <algorithm>
#include <cctype>
#include <optional>

namespace ajour::store {

using sdk::Error;
using sdk::ErrorKind;
using Kind = LabelDemand::Kind;

namespace {

constexpr std::size_t max_text = 4096;

bool is_word_character(char c) noexcept {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.' ||
           c == '/';
}

class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text) {}

    bool at_end() {
        skip_spaces();
        return position_ == text_.size();
    }
    std::size_t position() const noexcept { return position_; }

    bool take(std::string_view token) {
        skip_spaces();
        if (!text_.substr(position_).starts_with(token)) return false;
        position_ += token.size();
        return true;
    }

    std::string word() {
        skip_spaces();
        const auto begin = position_;
        while (position_ < text_.size() && is_word_character(text_[position_])) ++position_;
        return std::string(text_.substr(begin, position_ - begin));
    }

private:
    void skip_spaces() {
        while (position_ < text_.size() && text_[position_] == ' ') ++position_;
    }

    std::string_view text_;
    std::size_t position_ = 0;
};

std::optional<std::vector<std::string>> values_in_brackets(Scanner& scanner) {
    if (!scanner.take("(")) return std::nullopt;
    std::vector<std::string> values;
    if (scanner.take(")")) return values;
    do {
        values.push_back(scanner.word());
        if (values.back().empty()) return std::nullopt;
    } while (scanner.take(","));
    if (!scanner.take(")")) return std::nullopt;
    return values;
}

std::optional<LabelDemand> one_value(Scanner& scanner, Kind kind, std::string label) {
    auto value = scanner.word();
    if (value.empty()) return std::nullopt;
    return LabelDemand{kind, std::move(label), {std::move(value)}};
}

std::optional<LabelDemand> many_values(Scanner& scanner, Kind kind, std::string label) {
    auto values = values_in_brackets(scanner);
    if (!values) return std::nullopt;
    return LabelDemand{kind, std::move(label), *std::move(values)};
}

std::optional<LabelDemand> demand(Scanner& scanner) {
    const bool absent = scanner.take("!");
    auto label = scanner.word();
    if (label.empty()) return std::nullopt;
    if (absent) return LabelDemand{Kind::Absent, std::move(label), {}};
    if (scanner.take("!=")) return one_value(scanner, Kind::NoneOf, std::move(label));
    if (scanner.take("=")) return one_value(scanner, Kind::AnyOf, std::move(label));
    if (scanner.take("notin")) return many_values(scanner, Kind::NoneOf, std::move(label));
    if (scanner.take("in")) return many_values(scanner, Kind::AnyOf, std::move(label));
    return LabelDemand{Kind::Present, std::move(label), {}};
}

bool fulfils(const Json& labels, const LabelDemand& demand) {
    const Json* found = json::member(labels, demand.label);
    if (demand.kind == Kind::Present) return found != nullptr;
    if (demand.kind == Kind::Absent) return found == nullptr;
    if (found == nullptr || !found->is_string()) return false;
    const auto& value = found->get_ref<const std::string&>();
    const bool listed = std::ranges::find(demand.values, value) != demand.values.end();
    return listed == (demand.kind == Kind::AnyOf);
}

Error malformed(std::size_t position) {
    return {ErrorKind::Malformed,
            "labels: unreadable near character " + std::to_string(position) +
                "; expected k, !k, k=v, k!=v, k in (a,b) or k notin (a,b), joined by commas"};
}

}  // namespace

sdk::Result<LabelSelector> LabelSelector::parse(std::string_view text) {
    if (text.size() > max_text) return Error{ErrorKind::Malformed, "labels: beyond 4096 bytes"};
    LabelSelector selector;
    Scanner scanner(text);
    if (scanner.at_end()) return selector;
    do {
        auto read = demand(scanner);
        if (!read) return malformed(scanner.position());
        selector.demands_.push_back(*std::move(read));
    } while (scanner.take(","));
    if (!scanner.at_end()) return malformed(scanner.position());
    return selector;
}

bool LabelSelector::matches(const Json& labels) const {
    return std::ranges::all_of(demands_,
                               [&](const LabelDemand& demand) { return fulfils(labels, demand); });
}

}  // namespace ajour::store
