// SPDX-License-Identifier: Apache-2.0
// An allocator that asks the kernel for large pages where it is worth while. Among a million
// devices it is the translation of addresses that a look-up waits for longest; 2 MiB pages make
// that short.
#pragma once

#include <cstddef>

namespace ajour::fleet {

/// At least 2 MiB: aligned to that, and backed by large pages if the kernel has them. Throws
/// std::bad_alloc.
void* allocate_pages(std::size_t bytes);
void free_pages(void* memory) noexcept;

template <typename T>
struct LargePageAllocator {
    using value_type = T;

    LargePageAllocator() = default;
    template <typename Other>
    LargePageAllocator(const LargePageAllocator<Other>&) noexcept {}

    T* allocate(std::size_t count) { return static_cast<T*>(allocate_pages(count * sizeof(T))); }
    void deallocate(T* memory, std::size_t) noexcept { free_pages(memory); }

    friend bool operator==(const LargePageAllocator&, const LargePageAllocator&) { return true; }
};

}  // namespace ajour::fleet
