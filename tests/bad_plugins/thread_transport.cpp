// SPDX-License-Identifier: Apache-2.0
// A transport whose own thread throws around each submission. The guard is what keeps a thread's
// exception from ending the process, here as in any program.
#include <ajour/sdk/plugin.hpp>

#include <stdexcept>
#include <string>
#include <thread>

using namespace ajour::sdk;

namespace {

class NoReply : public Reply {
public:
    void send(ByteView) noexcept override {}
    void refuse(ErrorKind) noexcept override {}
    std::unique_ptr<Reply> later() noexcept override { return nullptr; }
};

class ThreadTransport : public Transport {
public:
    explicit ThreadTransport(Host& host) : host_(host) {}

    Result<void> start(Inbox& inbox) override {
        thread_ = std::jthread([this, &inbox] { run(inbox); });
        return {};
    }
    void stop() override {
        if (thread_.joinable()) thread_.join();
    }

private:
    void run(Inbox& inbox) {
        for (int i = 0; i < 20; ++i) {
            const auto done = guarded([&] { return submit_and_throw(inbox); });
            if (!done) host_.log(LogLevel::Error, done.error().text);
        }
    }

    static Result<void> submit_and_throw(Inbox& inbox) {
        NoReply reply;
        inbox.submit({{"app", "device"}, {"app", "device"}, {}, {}, 0, {}}, reply);
        throw std::runtime_error("a tantrum");
    }

    Host& host_;
    std::jthread thread_;
};

}  // namespace

AJOUR_PLUGIN(ThreadTransport, "1.0", "Throws on a thread of its own", nullptr);
