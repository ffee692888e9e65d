// SPDX-License-Identifier: Apache-2.0
#include "answer_memory.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace ajour::coap {

/// Stands before each answer in the ring. `size` is the whole record's, a multiple of 8.
struct AnswerMemory::Record {
    Position older;  ///< in the same bucket; before `begin_` when that is gone
    Time when;
    Received received;
    std::uint32_t size;
    std::uint32_t answer_size;
};

namespace {

constexpr std::size_t bytes_per_bucket = 256;
constexpr std::size_t least_bytes = 4096;

std::size_t padded(std::size_t size) noexcept {
    return (size + 7) / 8 * 8;
}

}  // namespace

AnswerMemory::AnswerMemory(std::size_t bytes, Time lifetime, const SipKey& key)
    : key_(key),
      bytes_(std::max(bytes / 8 * 8, least_bytes)),
      lifetime_(lifetime),
      ring_(new std::uint8_t[bytes_]),
      newest_(std::bit_ceil(bytes_ / bytes_per_bucket)),
      begin_(bytes_),
      end_(bytes_) {}

std::size_t AnswerMemory::overhead() noexcept {
    return sizeof(Record);
}

std::optional<sdk::ByteView> AnswerMemory::find(const Received& received, Time now) const noexcept {
    auto position = newest_[bucket_of(received)];
    while (position >= begin_) {
        const auto record = read(position);
        if (now - record.when > lifetime_) return std::nullopt;
        if (record.received == received) {
            return sdk::ByteView(at(position) + sizeof(Record), record.answer_size);
        }
        position = record.older;
    }
    return std::nullopt;
}

void AnswerMemory::remember(const Received& received, sdk::ByteView answer, Time now) noexcept {
    const auto size = padded(sizeof(Record) + answer.size());
    if (size > bytes_ / 2) return;
    if (end_ % bytes_ + size > bytes_) skip_to_start_of_ring(now);
    drop_until(end_ + size, now);
    auto& newest = newest_[bucket_of(received)];
    const Record record{newest, now, received, static_cast<std::uint32_t>(size),
                        static_cast<std::uint32_t>(answer.size())};
    std::memcpy(at(end_), &record, sizeof record);
    if (!answer.empty()) std::memcpy(at(end_) + sizeof record, answer.data(), answer.size());
    newest = end_;
    end_ += size;
}

std::size_t AnswerMemory::bucket_of(const Received& received) const noexcept {
    SipHash hash(key_);
    received.peer.add_to(hash);
    return hash.add(received.id ^ received.digest).finish() & (newest_.size() - 1);
}

std::uint8_t* AnswerMemory::at(Position position) const noexcept {
    return ring_.get() + position % bytes_;
}

AnswerMemory::Record AnswerMemory::read(Position position) const noexcept {
    Record record;
    std::memcpy(&record, at(position), sizeof record);
    return record;
}

/// Forgets records from the oldest on until the ring has room up to `end`.
void AnswerMemory::drop_until(Position end, Time now) noexcept {
    while (begin_ < end_ && end - begin_ > bytes_) {
        if (begin_ % bytes_ + sizeof(Record) > bytes_) {
            begin_ += bytes_ - begin_ % bytes_;
            continue;
        }
        const auto oldest = read(begin_);
        const bool is_record = oldest.size > 0;
        if (is_record && now - oldest.when <= lifetime_) ++dropped_early_;
        begin_ += is_record ? oldest.size : bytes_ - begin_ % bytes_;
    }
}

/// A record is in one piece. A size of 0 says that what is left of the ring is empty.
void AnswerMemory::skip_to_start_of_ring(Time now) noexcept {
    const auto left = bytes_ - end_ % bytes_;
    drop_until(end_ + left, now);
    if (left >= sizeof(Record)) {
        const Record nothing{};
        std::memcpy(at(end_), &nothing, sizeof nothing);
    }
    end_ += left;
}

}  // namespace ajour::coap
