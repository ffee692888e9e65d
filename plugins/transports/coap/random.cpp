// SPDX-License-Identifier: Apache-2.0
#include "random.hpp"

#include <sys/random.h>

#include <cstdlib>

namespace ajour::coap {
namespace {

/// 256 bytes and less come whole or not at all; without them nothing here can be trusted.
void fill(void* bytes, std::size_t size) {
    if (::getrandom(bytes, size, 0) != static_cast<ssize_t>(size)) std::abort();
}

}  // namespace

SipKey random_key() {
    SipKey key{};
    fill(key.data(), sizeof key);
    return key;
}

std::uint16_t RandomNumbers::next() {
    if (left_ == 0) {
        fill(numbers_.data(), sizeof numbers_);
        left_ = numbers_.size();
    }
    return numbers_[--left_];
}

}  // namespace ajour::coap
