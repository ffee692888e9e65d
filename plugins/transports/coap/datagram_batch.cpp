// SPDX-License-Identifier: Apache-2.0
#include "datagram_batch.hpp"

namespace ajour::coap {

DatagramBatch::DatagramBatch(std::size_t bytes) : room_(bytes * most) {
    for (std::size_t i = 0; i < most; ++i) {
        pieces_[i] = {room_.data() + i * bytes, bytes};
        auto& header = messages_[i].msg_hdr;
        header.msg_name = &addresses_[i];
        header.msg_iov = &pieces_[i];
        header.msg_iovlen = 1;
    }
}

std::size_t DatagramBatch::read(int socket) noexcept {
    for (auto& message : messages_) message.msg_hdr.msg_namelen = sizeof(sockaddr_storage);
    const int count = ::recvmmsg(socket, messages_.data(), most, MSG_DONTWAIT, nullptr);
    return count < 0 ? 0 : static_cast<std::size_t>(count);
}

DatagramBatch::Received DatagramBatch::operator[](std::size_t index) noexcept {
    const auto& message = messages_[index];
    auto* bytes = static_cast<std::uint8_t*>(pieces_[index].iov_base);
    const bool is_whole = (message.msg_hdr.msg_flags & MSG_TRUNC) == 0;
    return {peer_of(addresses_[index]), {bytes, message.msg_len}, is_whole};
}

}  // namespace ajour::coap
