// SPDX-License-Identifier: Apache-2.0
// Why a source cannot be opened, in words for a person. Private to media/.
#pragma once

#include <string>

#include "spotter/base/result.h"

namespace spotter::media {

// What the file system or the device folder says about the place, before libav turns it into "Invalid data".
Result<void> CheckPlace(const std::string& url);

// libav's open failed with `code`.
Error OpenError(const std::string& url, int code);

}  // namespace spotter::media
