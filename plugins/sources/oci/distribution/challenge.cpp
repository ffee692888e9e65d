// SPDX-License-Identifier: Apache-2.0
#include "distribution/challenge.hpp"

#include <algorithm>
#include <optional>

namespace ajour::oci {

namespace {

constexpr std::size_t MostChallenges = 8;
constexpr std::size_t MostParameters = 16;
constexpr std::size_t LongestHeader = 8192;

bool is_token_character(char c) noexcept {
    constexpr std::string_view others = "!#$%&'*+-.^_`|~";
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           others.find(c) != std::string_view::npos;
}

std::string lower(std::string_view text) {
    std::string result(text);
    for (auto& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

/// Reads from the front of a header.
class Reader {
public:
    explicit Reader(std::string_view rest) : rest_(rest) {}

    bool at_end() const noexcept { return rest_.empty(); }

    void skip(std::string_view characters) {
        rest_.remove_prefix(std::min(rest_.size(), rest_.find_first_not_of(characters)));
    }

    bool take(char c) {
        if (rest_.empty() || rest_.front() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }

    std::string_view token() {
        const auto end = std::find_if_not(rest_.begin(), rest_.end(), is_token_character);
        const auto found = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
        rest_.remove_prefix(found.size());
        return found;
    }

    /// What stands between quotation marks, the first of which was taken.
    std::optional<std::string> quoted() {
        std::string text;
        while (!rest_.empty()) {
            auto c = rest_.front();
            rest_.remove_prefix(1);
            if (c == '"') return text;
            if (c == '\\') {
                if (rest_.empty()) return std::nullopt;
                c = rest_.front();
                rest_.remove_prefix(1);
            }
            text += c;
        }
        return std::nullopt;
    }

    /// `name = value`; nothing, and nothing read, when there is none.
    std::optional<std::pair<std::string, std::string>> parameter() {
        const auto before = rest_;
        auto name = lower(token());
        skip(" \t");
        if (name.empty() || !take('=')) return give_back(before);
        skip(" \t");
        auto value = take('"') ? quoted() : std::optional(std::string(token()));
        if (!value) return give_back(before);
        return std::pair(std::move(name), std::move(*value));
    }

private:
    std::nullopt_t give_back(std::string_view before) {
        rest_ = before;
        return std::nullopt;
    }

    std::string_view rest_;
};

std::optional<Challenge> read_challenge(Reader& reader) {
    Challenge challenge;
    challenge.scheme = lower(reader.token());
    if (challenge.scheme.empty()) return std::nullopt;
    for (std::size_t i = 0; i < MostParameters; ++i) {
        reader.skip(" \t,");
        auto parameter = reader.parameter();
        if (!parameter) break;
        challenge.parameters.insert(std::move(*parameter));
    }
    return challenge;
}

}  // namespace

std::string_view Challenge::parameter(std::string_view name) const {
    const auto found = parameters.find(std::string(name));
    return found == parameters.end() ? std::string_view() : std::string_view(found->second);
}

std::vector<Challenge> parse_challenges(std::string_view header) {
    std::vector<Challenge> challenges;
    Reader reader(header.substr(0, LongestHeader));
    while (challenges.size() < MostChallenges) {
        reader.skip(" \t,");
        auto challenge = read_challenge(reader);
        if (!challenge) break;
        challenges.push_back(std::move(*challenge));
    }
    return challenges;
}

}  // namespace ajour::oci
