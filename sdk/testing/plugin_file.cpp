// SPDX-License-Identifier: Apache-2.0
#include "ajour/sdk/testing/plugin_file.hpp"

#include <dlfcn.h>

#include <array>
#include <string>
#include <string_view>

namespace ajour::sdk::contract {

PluginFile::PluginFile(const std::filesystem::path& path) {
    void* library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr)
        throw std::runtime_error(std::string("opening a plugin: ") + ::dlerror());
    descriptor_ =
        static_cast<const ajour_plugin_descriptor*>(::dlsym(library, AJOUR_PLUGIN_SYMBOL));
    if (descriptor_ == nullptr)
        throw std::runtime_error(path.string() + " has no " AJOUR_PLUGIN_SYMBOL);
    if (descriptor_->magic != AJOUR_PLUGIN_MAGIC || descriptor_->abi_version != AJOUR_ABI_VERSION ||
        std::string_view(descriptor_->abi_tag) != AJOUR_ABI_TAG) {
        throw std::runtime_error(path.string() + " is not of " AJOUR_ABI_TAG);
    }
}

void* PluginFile::create_object(Host& host, const char* kind) const {
    if (std::string_view(descriptor_->kind) != kind) {
        throw std::runtime_error(std::string("the plugin is a ") + descriptor_->kind + ", not a " +
                                 kind);
    }
    std::array<char, 512> error{};
    void* object =
        descriptor_->create(&host, error.data(), static_cast<std::uint32_t>(error.size()));
    if (object == nullptr)
        throw std::runtime_error(std::string("the plugin refused: ") + error.data());
    return object;
}

}  // namespace ajour::sdk::contract
