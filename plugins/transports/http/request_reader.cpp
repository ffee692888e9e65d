// SPDX-License-Identifier: Apache-2.0
#include "request_reader.hpp"

#include <boost/beast/http/basic_parser.hpp>

#include <algorithm>
#include <cstring>
#include <optional>

namespace ajour::http {
namespace {

namespace beast = boost::beast;
using beast::http::field;
using beast::http::verb;

constexpr std::size_t room_behind_header = 4096;
constexpr std::size_t body_kept = 4096;
constexpr std::string_view end_of_header = "\r\n\r\n";

/// Beast's parser, keeping the few fields that count and no copy of them.
class Parser final : public beast::http::basic_parser<true> {
public:
    Parser(std::span<char> buffer, Request& request, sdk::Bytes& body)
        : buffer_(buffer), request_(request), body_(body) {
        eager(true);
    }

    bool wants_continue() const { return wants_continue_; }
    bool expects_unknown() const { return expects_unknown_; }

private:
    using Error = beast::error_code;
    using Text = beast::string_view;

    /// The same bytes in the buffer; nothing when the text is a copy, as Beast makes of folded
    /// lines.
    std::optional<std::span<char>> in_buffer(Text text) const {
        const auto at = std::less<>()(text.data(), buffer_.data())
                            ? buffer_.size()
                            : static_cast<std::size_t>(text.data() - buffer_.data());
        if (at > buffer_.size() || text.size() > buffer_.size() - at) return std::nullopt;
        return buffer_.subspan(at, text.size());
    }

    void on_request_impl(verb method, Text, Text target, int version, Error& error) override {
        request_.method = method == verb::post   ? Request::Method::Post
                          : method == verb::get  ? Request::Method::Get
                          : method == verb::head ? Request::Method::Head
                                                 : Request::Method::Other;
        request_.http_1_0 = version == 10;
        const auto kept = in_buffer(target);
        if (kept) request_.target = *kept;
        error = kept ? Error() : make_error_code(beast::http::error::bad_target);
    }

    void on_response_impl(int, Text, int, Error& error) override { error = {}; }

    void on_field_impl(field name, Text, Text value, Error& error) override {
        error = {};
        if (is_header_read_) return;
        if (name == field::expect) note_expectation(value);
        if (name != field::authorization && name != field::content_type) return;
        const auto kept = in_buffer(value);
        if (!kept) {
            error = make_error_code(beast::http::error::bad_value);
        } else if (name == field::content_type) {
            request_.content_type = {kept->data(), kept->size()};
        } else {
            request_.authorization = request_.has_authorization ? std::span<char>() : *kept;
            request_.has_authorization = true;
        }
    }

    void note_expectation(Text value) {
        const bool known = beast::iequals(value, "100-continue");
        wants_continue_ = known && !request_.http_1_0;
        expects_unknown_ = expects_unknown_ || !known;
    }

    void on_header_impl(Error& error) override {
        is_header_read_ = true;
        request_.keep_alive = keep_alive();
        error = {};
    }

    void on_body_init_impl(const boost::optional<std::uint64_t>& length, Error& error) override {
        if (length) body_.reserve(static_cast<std::size_t>(*length));
        error = {};
    }

    std::size_t on_body_impl(Text bytes, Error& error) override {
        body_.insert(body_.end(), bytes.begin(), bytes.end());
        error = {};
        return bytes.size();
    }

    void on_chunk_header_impl(std::uint64_t, Text, Error& error) override { error = {}; }

    std::size_t on_chunk_body_impl(std::uint64_t, Text bytes, Error& error) override {
        return on_body_impl(bytes, error);
    }

    void on_finish_impl(Error& error) override { error = {}; }

    std::span<char> buffer_;
    Request& request_;
    sdk::Bytes& body_;
    bool is_header_read_ = false;
    bool wants_continue_ = false;
    bool expects_unknown_ = false;
};

const Answer& answer_to(const beast::error_code& error) {
    return error == beast::http::error::body_limit ? answers::BodyTooLarge
                                                   : answers::InvalidRequest;
}

}  // namespace

struct RequestReader::State {
    State(std::size_t header_bytes, std::size_t body_bytes)
        : header_limit(header_bytes),
          body_limit(body_bytes),
          capacity(header_bytes + room_behind_header) {}

    std::string_view unread() const { return {buffer.get(), filled}; }
    Progress fail(const Answer& answer);
    bool skip_empty_lines();
    bool find_header();
    Progress start();
    Progress feed();
    void keep_unparsed_behind(std::size_t place);

    const std::size_t header_limit;
    const std::size_t body_limit;
    const std::size_t capacity;
    std::unique_ptr<char[]> buffer = std::make_unique<char[]>(capacity);
    std::size_t filled = 0;   ///< bytes in the buffer
    std::size_t parsed = 0;   ///< of these, what the parser has taken
    std::size_t scanned = 0;  ///< of these, what holds no end of a header
    std::size_t header = 0;   ///< length of the current request's header; 0: not seen whole yet
    bool said_continue = false;
    std::optional<Parser> parser;
    Request request;
    sdk::Bytes body;
    const Answer* problem = &answers::InvalidRequest;
};

RequestReader::Progress RequestReader::State::fail(const Answer& answer) {
    problem = &answer;
    return Progress::Failed;
}

void RequestReader::State::keep_unparsed_behind(std::size_t place) {
    std::memmove(buffer.get() + place, buffer.get() + parsed, filled - parsed);
    filled -= parsed - place;
    parsed = place;
}

/// RFC 9112 2.2: a server ignores empty lines before a request.
bool RequestReader::State::skip_empty_lines() {
    const auto start = unread().find_first_not_of("\r\n");
    parsed = start == std::string_view::npos ? filled : start;
    if (parsed > 0) keep_unparsed_behind(0);
    return filled > 0;
}

bool RequestReader::State::find_header() {
    const auto from = scanned - std::min(scanned, end_of_header.size() - 1);
    const auto found = unread().find(end_of_header, from);
    scanned = filled;
    if (found == std::string_view::npos) return false;
    header = found + end_of_header.size();
    return true;
}

RequestReader::Progress RequestReader::State::start() {
    if (scanned == 0 && !skip_empty_lines()) return Progress::Incomplete;
    const bool whole = find_header();
    if ((whole ? header : filled) > header_limit) {
        const bool long_line = unread().find("\r\n") >= header_limit;
        return fail(long_line ? answers::TargetTooLong : answers::HeaderTooLarge);
    }
    if (!whole) return Progress::Incomplete;
    request = {};
    body.clear();
    parser.emplace(std::span<char>(buffer.get(), header), request, body);
    parser->header_limit(static_cast<std::uint32_t>(header_limit));
    parser->body_limit(body_limit);
    return feed();
}

RequestReader::Progress RequestReader::State::feed() {
    beast::error_code error;
    while (parsed < filled && !parser->is_done()) {
        const auto bytes = boost::asio::const_buffer(buffer.get() + parsed, filled - parsed);
        parsed += parser->put(bytes, error);
        if (error) break;
    }
    if (error && error != beast::http::error::need_more) return fail(answer_to(error));
    if (parser->expects_unknown()) return fail(answers::UnknownExpectation);
    if (parser->is_done()) {
        request.body = body;
        return Progress::Complete;
    }
    keep_unparsed_behind(header);
    if (filled == capacity) return fail(answers::InvalidRequest);
    if (!parser->wants_continue() || said_continue || !body.empty()) return Progress::Incomplete;
    said_continue = true;
    return Progress::WantsContinue;
}

RequestReader::RequestReader(std::size_t header_limit, std::size_t body_limit)
    : state_(std::make_unique<State>(header_limit, body_limit)) {}

RequestReader::~RequestReader() = default;

std::span<char> RequestReader::room() noexcept {
    return {state_->buffer.get() + state_->filled, state_->capacity - state_->filled};
}

void RequestReader::commit(std::size_t bytes) noexcept {
    state_->filled += bytes;
}

RequestReader::Progress RequestReader::advance() {
    return state_->header == 0 ? state_->start() : state_->feed();
}

const Request& RequestReader::request() const noexcept {
    return state_->request;
}

const Answer& RequestReader::problem() const noexcept {
    return *state_->problem;
}

void RequestReader::finish() noexcept {
    state_->keep_unparsed_behind(0);
    state_->header = state_->scanned = 0;
    state_->said_continue = false;
}

bool RequestReader::empty() const noexcept {
    return state_->filled == 0;
}

bool RequestReader::has_more() const noexcept {
    return state_->filled > state_->parsed;
}

void RequestReader::clear() noexcept {
    state_->parsed = state_->filled;
    finish();
    if (state_->body.capacity() > body_kept) sdk::Bytes().swap(state_->body);
}

}  // namespace ajour::http
