// SPDX-License-Identifier: Apache-2.0
// What survives a restart: one row a controller, and the letters that hawkBit has yet to take. One
// file.
#pragma once

#include <ajour/sdk/result.hpp>

#include "sqlite_file/database.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace ajour::hawkbit {

/// What is to be sent for an action.
struct Letter {
    /// When there are too many, progress goes first, then the rest of what is not final.
    enum class Weight : std::uint8_t { Progress, Step, Final };
    std::int64_t number = 0;  ///< given by the store; of one controller, sent in this order
    std::string connection, controller, action;
    std::string path;  ///< below the controller's, as "deploymentBase/7/feedback"
    std::string body;
    Weight weight = Weight::Progress;
    int tries = 0;
};

struct StoredController {
    std::string connection, controller, application, device;
    std::string record;
};

/// Thread-safe. What was stored is there after the process was killed.
class Store {
public:
    static sdk::Result<std::unique_ptr<Store>> open(const std::filesystem::path& file,
                                                    std::size_t letters_max);

    sdk::Result<std::vector<StoredController>> controllers();

    /// The controller's row, and its new letters, or nothing. A final one takes the place of the
    /// action's progress that was not sent. Gives how many letters had to go for want of room.
    sdk::Result<std::size_t> save(const StoredController& controller,
                                  const std::vector<Letter>& letters);
    /// Letters stay.
    sdk::Result<void> forget(const std::string& connection, const std::string& controller);

    /// Of each controller of a connection the first letter, if it is due. `now` in seconds since
    /// 1970.
    sdk::Result<std::vector<Letter>> due(const std::string& connection, std::int64_t now,
                                         std::size_t max);
    sdk::Result<void> remove(const Letter& letter);
    /// Not before `due`, counted as a try.
    sdk::Result<void> postpone(const Letter& letter, std::int64_t due);
    /// Whether a letter of that action waits.
    bool waits(const std::string& connection, const std::string& controller,
               const std::string& action);

    std::size_t letters();

private:
    Store(std::unique_ptr<sqlite_file::Database> database, std::size_t letters_max)
        : letters_max_(letters_max), database_(std::move(database)) {}
    void put(const Letter& letter);
    std::size_t drop_surplus();
    template <typename Work>
    auto attempt(Work&& work) -> sdk::Result<decltype(work())>;

    const std::size_t letters_max_;
    std::mutex mutex_;  // guards the database
    const std::unique_ptr<sqlite_file::Database> database_;
};

}  // namespace ajour::hawkbit
