// SPDX-License-Identifier: Apache-2.0
// Everything, for authors who do not mind.
#pragma once

#include <ajour/sdk/abi.h>
#include <ajour/sdk/builder.hpp>
#include <ajour/sdk/bytes.hpp>
#include <ajour/sdk/device.hpp>
#include <ajour/sdk/guard.hpp>
#include <ajour/sdk/host.hpp>
#include <ajour/sdk/plugin.hpp>
#include <ajour/sdk/registry.hpp>
#include <ajour/sdk/release.hpp>
#include <ajour/sdk/result.hpp>
#include <ajour/sdk/settings.hpp>
#include <ajour/sdk/source.hpp>
#include <ajour/sdk/transport.hpp>
