/* SPDX-License-Identifier: Apache-2.0 */
/* The plain data by which the host admits a plugin before it runs any of its functions. C11 and
 * C++. */
#ifndef AJOUR_SDK_ABI_H
#define AJOUR_SDK_ABI_H

#ifdef __cplusplus
#include <cstddef> /* defines _GLIBCXX_USE_CXX11_ABI, which the tag below reads */
#endif
#include <stdint.h>

/** Raised with any change to the boundary headers; no suffix, because it is turned into text. */
#define AJOUR_ABI_VERSION 3

/** First field of every descriptor: "AJR1" as a big-endian number. */
#define AJOUR_PLUGIN_MAGIC 0x414a5231u

/** The one symbol that a plugin exports, a `const struct ajour_plugin_descriptor`. */
#define AJOUR_PLUGIN_SYMBOL "ajour_plugin"

#define AJOUR_TEXT_OF(x) #x
#define AJOUR_TEXT(x) AJOUR_TEXT_OF(x)

#ifdef _GLIBCXX_USE_CXX11_ABI
#define AJOUR_TAG_STRING_ABI "/cxx11=" AJOUR_TEXT(_GLIBCXX_USE_CXX11_ABI)
#else
#define AJOUR_TAG_STRING_ABI "/cxx11=unknown"
#endif

#ifdef _GLIBCXX_DEBUG
#define AJOUR_TAG_CONTAINERS "/debug"
#else
#define AJOUR_TAG_CONTAINERS ""
#endif

#ifdef __has_feature
#define AJOUR_HAS_FEATURE(x) __has_feature(x)
#else
#define AJOUR_HAS_FEATURE(x) 0
#endif

#if defined(__SANITIZE_ADDRESS__) || AJOUR_HAS_FEATURE(address_sanitizer)
#define AJOUR_TAG_SANITIZER "/asan"
#elif defined(__SANITIZE_THREAD__) || AJOUR_HAS_FEATURE(thread_sanitizer)
#define AJOUR_TAG_SANITIZER "/tsan"
#else
#define AJOUR_TAG_SANITIZER ""
#endif

/** What must agree, as text, for C++ objects to cross the boundary: ABI number, library, build
 * mode. */
#define AJOUR_ABI_TAG                                                                          \
    "abi" AJOUR_TEXT(AJOUR_ABI_VERSION) "/libstdc++" AJOUR_TAG_STRING_ABI AJOUR_TAG_CONTAINERS \
        AJOUR_TAG_SANITIZER

/** What a setting's text must be; the host checks it before `create`. */
enum ajour_setting_kind {
    AJOUR_SETTING_TEXT = 0,
    AJOUR_SETTING_INTEGER = 1, /**< decimal, within minimum and maximum */
    AJOUR_SETTING_BOOLEAN = 2, /**< true or false */
    AJOUR_SETTING_DURATION =
        3,                    /**< a number and ms, s, m, h or d: "30s"; bounds are milliseconds */
    AJOUR_SETTING_SIZE = 4,   /**< bytes, or a number and KiB, MiB or GiB */
    AJOUR_SETTING_CHOICE = 5, /**< one of the words of `choices` */
    AJOUR_SETTING_PATH = 6,   /**< a path; relative ones start at the host's base directory */
    AJOUR_SETTING_LIST = 7    /**< words parted by commas; spaces around them do not count */
};

/** One declared setting. A table ends with a row whose key is null. All pointers live as long as
 * the library. */
struct ajour_setting_row {
    const char* key; /**< below the plugin's section: "port" is transport.http.port; one inner word
                        may be '*', for names of the operator's own: "server.*.url" */
    int32_t kind;    /**< enum ajour_setting_kind */
    const char*
        default_value; /**< as it would stand in the file; null: none, then `required` decides */
    int32_t required;  /**< not 0: start-up fails without a value */
    int32_t secret;    /**< not 0: never printed; the value may be file:PATH or env:NAME */
    int64_t minimum, maximum; /**< inclusive bounds of numbers, durations and sizes; both 0: none */
    const char* choices;      /**< the words of a choice, parted by '|'; else null */
    const char* help;         /**< one sentence for the reference */
};

/** Describes one plugin. Static storage; the host copies nothing and never unloads the library. */
struct ajour_plugin_descriptor {
    uint32_t magic;                           /**< AJOUR_PLUGIN_MAGIC */
    uint32_t abi_version;                     /**< AJOUR_ABI_VERSION of the plugin's build */
    const char* abi_tag;                      /**< AJOUR_ABI_TAG of the plugin's build */
    const char* kind;                         /**< transport, registry, source or builder */
    const char* name;                         /**< lower-case word, unique per kind */
    const char* version;                      /**< of the plugin, for people */
    const char* summary;                      /**< one sentence for `ajour plugins` */
    const struct ajour_setting_row* settings; /**< ends with a null key; may be null */
    /** Makes the plugin's object. `host` is an `ajour::sdk::Host *` that outlives it. Returns the
     * kind's port (`ajour::sdk::SourcePort *` and so on), owned by the host; null after writing a
     * sentence of at most `room` bytes with its final zero to `error`. Never throws. [main] */
    void* (*create)(void* host, char* error, uint32_t room);
};

#endif
