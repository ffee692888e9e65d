// SPDX-License-Identifier: Apache-2.0
#include "fleet/large_pages.hpp"

#include <sys/mman.h>

#include <cstdlib>
#include <new>

namespace ajour::fleet {

namespace {

constexpr std::size_t large = std::size_t{2} << 20;
constexpr std::size_t cache_line = 64;

constexpr std::size_t round_up(std::size_t bytes, std::size_t to) {
    return (bytes + to - 1) / to * to;
}

}  // namespace

void* allocate_pages(std::size_t bytes) {
    const auto alignment = bytes >= large ? large : cache_line;
    void* memory = std::aligned_alloc(alignment, round_up(bytes, alignment));
    if (memory == nullptr) throw std::bad_alloc();
    if (bytes >= large) (void)::madvise(memory, round_up(bytes, large), MADV_HUGEPAGE);  // a wish
    return memory;
}

void free_pages(void* memory) noexcept {
    std::free(memory);
}

}  // namespace ajour::fleet
