// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "spotter/base/result.h"
#include "spotter/base/time.h"
#include "spotter/core/event_record.h"
#include "spotter/net/http_client.h"
#include "spotter/store/enrichment_queue.h"

namespace spotter::enrich {

struct VisionModelOptions {
  std::string url;         // of the API, such as http://127.0.0.1:8080/v1
  std::string model;       // as that server names it
  std::string token;       // empty = none
  int tries = 3;           // for one event, while the server answers badly
  int daily_budget = 500;  // requests a day (UTC) of all workers of the store
};

// Asks a vision language model behind the OpenAI-compatible API (llama.cpp server, vLLM, Ollama, cloud) about pictures
// of an event. Its answer is taken only when it fits the schema; texts in the pictures and in the answer never become
// instructions or labels of their own. One thread.
class VisionModel {
 public:
  // `client` and `queue`, which counts the requests of a day, outlive it.
  VisionModel(VisionModelOptions options, net::HttpClient& client, store::EnrichmentQueue& queue)
      : options_(std::move(options)), client_(client), queue_(queue) {}

  // Whether the server knows the model. kUnavailable = not reachable now; kInvalidArgument = it must be configured
  // otherwise.
  Result<void> SelfCheck();

  // Pictures as JPEG. kUnavailable = try again later (away, overloaded, budget spent); kUnreadable = it never answers
  // in the form asked for.
  Result<Enrichment> Look(const std::vector<std::string>& pictures, UtcTime now);
  // The server asked to be left alone until then (Retry-After, a quarter of an hour at most); before, Look does not ask
  // it.
  UtcTime quiet_until() const { return quiet_until_; }

 private:
  std::string Request(const std::vector<std::string>& pictures) const;

  const VisionModelOptions options_;
  net::HttpClient& client_;
  store::EnrichmentQueue& queue_;
  UtcTime quiet_until_{};
};

// What a reply's text says, when it fits the schema.
std::optional<Enrichment> ReadVerdict(const std::string& content);

}  // namespace spotter::enrich
