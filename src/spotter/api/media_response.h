// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <span>

#include "spotter/core/event_record.h"
#include "spotter/net/http_message.h"

namespace spotter::api {

// The clip of an event as the answer to a GET or HEAD: whole or in part (206, 416), 304 when the client has it already,
// 404 when there is none (yet; with the reason where its metadata have one) or it lies outside of the folders that may
// be served. A relative path begins where the program was started.
net::HttpResponse MediaResponse(const net::HttpRequest& request,
                                const MediaRef& media,
                                std::span<const std::filesystem::path> allowed_roots);

}  // namespace spotter::api
