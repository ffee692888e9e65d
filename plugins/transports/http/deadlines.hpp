// SPDX-License-Identifier: Apache-2.0
// A timer wheel: setting and moving a deadline costs a few pointers, however many there are. One
// thread.
#pragma once

#include <boost/intrusive/list.hpp>

#include <array>
#include <chrono>
#include <cstdint>

namespace ajour::http {

/// Something with one deadline. It may go at any time and takes its deadline along.
class Timed {
public:
    virtual ~Timed() = default;

    /// The deadline has passed; it is no longer set.
    virtual void expire() noexcept = 0;

private:
    friend class Deadlines;
    using Hook = boost::intrusive::list_member_hook<
        boost::intrusive::link_mode<boost::intrusive::auto_unlink>>;
    Hook hook_;
    std::uint64_t due_ = 0;
};

/// Holds deadlines in steps of `tick`; none passes early, each at most two steps late.
class Deadlines {
public:
    static constexpr std::chrono::milliseconds tick{100};

    void set(Timed& timed, std::chrono::milliseconds from_now) noexcept {
        const auto due = now_ + 1 + static_cast<std::uint64_t>((from_now + tick - one) / tick);
        if (timed.hook_.is_linked() && timed.due_ == due) return;
        clear(timed);
        timed.due_ = due;
        slots_[due % slots_.size()].push_back(timed);
    }

    void clear(Timed& timed) noexcept { timed.hook_.unlink(); }

    /// Goes on to a time since an epoch of the caller's, and lets expire what is due.
    void advance(std::chrono::milliseconds now) noexcept {
        const auto target = static_cast<std::uint64_t>(now / tick);
        while (now_ < target) expire_slot(++now_);
    }

private:
    using List =
        boost::intrusive::list<Timed,
                               boost::intrusive::member_hook<Timed, Timed::Hook, &Timed::hook_>,
                               boost::intrusive::constant_time_size<false>>;
    static constexpr std::chrono::milliseconds one{1};

    void expire_slot(std::uint64_t now) noexcept {
        auto& slot = slots_[now % slots_.size()];
        List passed;
        passed.swap(slot);
        while (!passed.empty()) {
            auto& timed = passed.front();
            clear(timed);
            if (timed.due_ > now) {
                slot.push_back(timed);
            } else {
                timed.expire();
            }
        }
    }

    std::array<List, 1024> slots_;
    std::uint64_t now_ = 0;
};

}  // namespace ajour::http
