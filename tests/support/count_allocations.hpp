// SPDX-License-Identifier: Apache-2.0
// Counts what is taken from the heap, on all threads. Include it in one file of a program: it
// replaces operator new.
#pragma once

#include <atomic>
#include <cstdlib>
#include <new>

namespace ajour::support {

inline std::atomic<std::size_t> allocation_count = 0;

inline std::size_t allocations() {
    return allocation_count.load(std::memory_order_relaxed);
}

inline void* allocate(std::size_t size, std::size_t alignment) {
    allocation_count.fetch_add(1, std::memory_order_relaxed);
    void* memory = alignment == 0 ? std::malloc(size)
                                  : std::aligned_alloc(
                                        alignment, (size + alignment - 1) / alignment * alignment);
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
}

}  // namespace ajour::support

void* operator new(std::size_t size) {
    return ajour::support::allocate(size, 0);
}
void* operator new(std::size_t size, std::align_val_t alignment) {
    return ajour::support::allocate(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::align_val_t) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
    std::free(memory);
}
