/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 with a message schedule of 16 words that rolls in place of the block. */
#include "ajour/ajour_sha256.h"

#include <string.h>

static const uint32_t round_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static const uint32_t initial_state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                          0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

static uint32_t rotate_right(uint32_t value, unsigned bits) {
    return (value >> bits) | (value << (32 - bits));
}

static uint32_t schedule(uint32_t* words, unsigned round) {
    if (round >= 16) {
        const uint32_t a = words[(round + 1) & 15];
        const uint32_t b = words[(round + 14) & 15];
        words[round & 15] += words[(round + 9) & 15] +
                             (rotate_right(a, 7) ^ rotate_right(a, 18) ^ (a >> 3)) +
                             (rotate_right(b, 17) ^ rotate_right(b, 19) ^ (b >> 10));
    }
    return words[round & 15];
}

static void swap_bytes(uint32_t* words) {
    for (unsigned i = 0; i < 16; ++i) {
        const uint8_t* bytes = (const uint8_t*)&words[i];
        words[i] = (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 |
                   bytes[3];
    }
}

static void transform(struct ajour_sha256* sha) {
    uint32_t v[8];
    memcpy(v, sha->state, sizeof v);
    swap_bytes(sha->words);
    for (unsigned round = 0; round < 64; ++round) {
        const uint32_t e = v[4];
        const uint32_t a = v[0];
        const uint32_t first =
            v[7] + (rotate_right(e, 6) ^ rotate_right(e, 11) ^ rotate_right(e, 25)) +
            ((e & v[5]) ^ (~e & v[6])) + round_constants[round] + schedule(sha->words, round);
        const uint32_t second = (rotate_right(a, 2) ^ rotate_right(a, 13) ^ rotate_right(a, 22)) +
                                ((a & v[1]) ^ (a & v[2]) ^ (v[1] & v[2]));
        memmove(&v[1], &v[0], 7 * sizeof v[0]);
        v[4] += first;
        v[0] = first + second;
    }
    for (unsigned i = 0; i < 8; ++i) sha->state[i] += v[i];
}

void ajour_sha256_begin(struct ajour_sha256* sha) {
    memcpy(sha->state, initial_state, sizeof sha->state);
    sha->length = 0;
}

void ajour_sha256_add(struct ajour_sha256* sha, const void* data, size_t length) {
    const uint8_t* bytes = data;
    while (length > 0) {
        const uint32_t filled = sha->length & 63;
        const size_t room = 64 - filled;
        const size_t taken = length < room ? length : room;
        memcpy((uint8_t*)sha->words + filled, bytes, taken);
        sha->length += (uint32_t)taken;
        bytes += taken;
        length -= taken;
        if (taken == room) transform(sha);
    }
}

void ajour_sha256_finish(struct ajour_sha256* sha, uint8_t digest[AJOUR_SHA256_LENGTH]) {
    const uint32_t length = sha->length;
    uint8_t byte = 0x80;
    do {
        ajour_sha256_add(sha, &byte, 1);
        byte = 0;
    } while ((sha->length & 63) != 56);
    const uint8_t bits[8] = {0,
                             0,
                             0,
                             (uint8_t)(length >> 29),
                             (uint8_t)(length >> 21),
                             (uint8_t)(length >> 13),
                             (uint8_t)(length >> 5),
                             (uint8_t)(length << 3)};
    ajour_sha256_add(sha, bits, sizeof bits);
    for (unsigned i = 0; i < AJOUR_SHA256_LENGTH; ++i)
        digest[i] = (uint8_t)(sha->state[i / 4] >> (24 - 8 * (i % 4)));
}
