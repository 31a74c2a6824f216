// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "spotter/config/yaml_reader.h"

namespace spotter::config {

// What spotter.yaml says about keeping, showing and passing on events. Everything is off until it is configured.

struct StoreConfig {
  std::string path;  // of the SQLite file; empty = events are not kept
};

struct ApiConfig {
  std::string address;  // IP address; empty = no server. Beyond loopback only with a token
  std::uint16_t port = 8000;
  std::string token;           // secret: never print it
  bool trust_loopback = true;  // programs on this machine need no token
};

struct MediaConfig {
  std::vector<std::string> allowed_roots;  // folders that clips may be served from
};

// kFloor: occupancy and cleaning; kCompatible: of those, the four that every server of the compatible form knows.
enum class RelayTypes { kAll, kFloor, kCompatible };

struct RelayConfig {
  std::string url;    // of the receiver; empty = events stay here
  std::string token;  // secret: never print it
  RelayTypes types = RelayTypes::kAll;
};

struct EnrichmentConfig {
  bool enabled = false;
  std::string url;    // of an OpenAI-compatible server; empty = the built-in verifier alone
  std::string model;  // as that server names it
  std::string token;  // secret: never print it
  double timeout_s = 60;
  int daily_budget = 500;  // requests a day (UTC)
};

struct RetentionConfig {
  double clips_days = 0;   // 0 = no limit
  double clips_gb = 0;     // 10^9 bytes; 0 = no limit
  double events_days = 0;  // 0 = no limit
};

struct ServiceConfig {
  StoreConfig store;
  ApiConfig api;
  MediaConfig media;
  RelayConfig relay;
  EnrichmentConfig enrichment;
  RetentionConfig retention;
};

// Reads the keys store, api, media, relay, enrichment and retention of the top of the file.
ServiceConfig ReadServices(const YamlMap& root);

}  // namespace spotter::config
