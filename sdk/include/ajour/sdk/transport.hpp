// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/device.hpp>
#include <ajour/sdk/guard.hpp>
#include <ajour/sdk/host.hpp>
#include <ajour/sdk/result.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace ajour::sdk {

/// What the sender showed to prove who it is.
struct Credential {
    enum class Kind : std::uint8_t {
        Trusted,   ///< nothing: the link itself vouches for the sender (a broker's ACL)
        Password,  ///< `secret` is a password; `username` is empty, or a user name of the device's
        PreSharedKey,  ///< the transport verified a key that Inbox::key_for gave it; `secret` is
                       ///< that key's tag
        Certificate,   ///< the sender proved that it has the key of a certificate, and nothing
                       ///< more: the host judges it. `secret` is the chain as it came, in DER, one
                       ///< behind the other, the sender's own first; the sender is named by its
                       ///< issuer and its subject
    };
    Kind kind = Kind::Trusted;
    std::string_view username;
    std::string_view secret;
};

/// What a transport hands over: one status. All views are valid during `submit` only.
struct Message {
    DeviceView device;      ///< who the status is about
    DeviceView sender;      ///< who sent it: the device itself, or a gateway that speaks for it
    Credential credential;  ///< of the sender
    ByteView payload;       ///< CBOR or JSON; the host tells them apart
    std::uint32_t room =
        0;  ///< the largest answer that the link can carry now, in bytes; 0: no bound
    std::string_view peer;  ///< network address of the sender without its port, for the brake on
                            ///< guessing; or empty
    std::chrono::milliseconds pace{
        0};  ///< from one answer as long as `room` to the next, as far as the link's budget of air
             ///< time goes; 0: no budget. The host estimates by it, and slows nothing down.
};

/// That a command waits for air time, of which somebody's share is used up.
struct Delay {
    enum class Share : std::uint8_t { Device, Application, Band };
    static constexpr auto forever = std::chrono::seconds::max();

    Share share = Share::Device;
    std::chrono::seconds time{0};  ///< from now until it fits; forever: no share is large enough
};

/// Why the network gave up a command that it had taken.
enum class Drop : std::uint8_t {
    TooLong,  ///< for the data rate
    Gateway,  ///< no gateway could send it
    Other,
};

/// How an answer goes back. Made by a transport, often on its stack; the first of send and refuse
/// counts.
class Reply {
public:
    virtual ~Reply() = default;

    /// The command, packed CBOR. The view is valid during the call only. [any]
    virtual void send(ByteView command) noexcept = 0;

    /// There is no command: Malformed (unreadable status), Refused (credential, disabled), NotFound
    /// (no such device), Full (queues), Throttled (too many wrong passwords), Internal. [any]
    virtual void refuse(ErrorKind kind) noexcept = 0;

    /// A handle of its own for an answer that comes after `submit` returned, on any thread. Called
    /// at most once, during `submit`, and then neither of the above. It may outlive `stop`: then it
    /// does nothing. Null when there is no memory for one. [any]
    virtual std::unique_ptr<Reply> later() noexcept = 0;
};

/// A device's pre-shared key, for one handshake.
struct DeviceKey {
    Bytes key;
    std::string tag;  ///< stands for the key in a Credential, and tells nothing of it
};

/// Where transports deliver. Implemented by the host.
class Inbox {
public:
    virtual ~Inbox() = default;

    /// Takes one message and never blocks. Answers through `reply` before it returns when all that
    /// the turn needs is in memory; else takes `reply.later()` and answers from another thread.
    /// [any]
    virtual void submit(const Message& message, Reply& reply) noexcept = 0;

    /// The pre-shared key of a device (RFC 4279 section 2), for a handshake with a peer, which is
    /// named as in Message. Answers from memory: Unavailable means that the look-up has been
    /// started and the peer should try again; NotFound, Refused are final; Throttled means that too
    /// many wrong credentials came from there. [any]
    [[nodiscard]] virtual Result<DeviceKey> key_for(const DeviceView& device,
                                                    std::string_view peer) noexcept = 0;

    /// The peer of a handshake has shown not to have the key that the device has, or the device has
    /// none: counts as a wrong password does. [any]
    virtual void report_wrong_key(const DeviceView& device, std::string_view peer) noexcept = 0;

    /// Tells that the command to a device, which a Reply was given, does not go out: its next
    /// status is answered anew. Shown to people, who would else find the device stuck. [any]
    virtual void delayed(const DeviceView& device, const Delay& delay) noexcept = 0;

    /// Tells that the command to a device went out, but that the network does not bring it to the
    /// device, or not yet. Shown to people. [any]
    virtual void dropped(const DeviceView& device, Drop drop) noexcept = 0;
};

/// A transport as the host calls it; nothing here throws. Authors derive from Transport.
class TransportPort {
public:
    virtual ~TransportPort() = default;
    [[nodiscard]] virtual Result<void> try_start(Inbox& inbox) noexcept = 0;
    virtual void try_stop() noexcept = 0;
    virtual PeriodicPort* periodic() noexcept = 0;
    virtual HookPort* hook() noexcept = 0;
    virtual ReloadablePort* reloadable() noexcept = 0;
};

/// A way by which statuses come in and commands go out. It never looks inside a payload, but
/// unwraps envelopes. It owns its threads. What its methods throw becomes an Error.
class Transport : public TransportPort {
public:
    static constexpr const char* kind = "transport";
    using Port = TransportPort;

    /// Opens and spawns, returns quickly. From here on messages may be submitted. An Error ends the
    /// host's start-up: "listening on 0.0.0.0:8080: address in use". [main]
    virtual Result<void> start(Inbox& inbox) = 0;

    /// Safe without start and safe twice. On return no thread of the plugin calls the host any
    /// more. [main]
    virtual void stop() = 0;

    Periodic* periodic() noexcept override { return nullptr; }
    Hook* hook() noexcept override { return nullptr; }
    Reloadable* reloadable() noexcept override { return nullptr; }

    Result<void> try_start(Inbox& inbox) noexcept final {
        return guarded([&] { return start(inbox); });
    }
    void try_stop() noexcept final {
        (void)guarded([&] { return stop(), Result<void>(); });
    }
};

}  // namespace ajour::sdk
