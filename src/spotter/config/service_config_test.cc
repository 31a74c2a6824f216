// SPDX-License-Identifier: Apache-2.0
#include "spotter/config/service_config.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "spotter/config/spotter_config.h"

namespace spotter::config {
namespace {

TEST(ServiceConfig, EverythingIsOffUntilItIsConfigured) {
  const auto config = ParseSpotterConfig("gym: {id: a}", "c.yaml");
  ASSERT_TRUE(config.ok());
  const ServiceConfig& services = config->services;
  EXPECT_TRUE(services.store.path.empty());
  EXPECT_TRUE(services.api.address.empty());
  EXPECT_TRUE(services.relay.url.empty());
  EXPECT_FALSE(services.enrichment.enabled);
}

TEST(ServiceConfig, EveryKeyIsRead) {
  const auto config = ParseSpotterConfig(R"(
store: {path: spotter.db}
api: {listen: '[::]:8080', token: 0123456789abcdef, trust_loopback: false}
media: {allowed_roots: [clips, /srv/media]}
relay: {url: 'https://central/', token: fedcba9876543210, types: floor}
enrichment: {url: 'http://127.0.0.1:1/v1', model: eyes, token: t, timeout_s: 5, daily_budget: 7}
retention: {clips_days: 30, clips_gb: 20.5, events_days: 365}
)",
                                         "c.yaml");
  ASSERT_TRUE(config.ok()) << config.error().message;
  const ServiceConfig& services = config->services;
  EXPECT_EQ(services.store.path, "spotter.db");
  EXPECT_EQ(services.api.address, "::");
  EXPECT_EQ(services.api.port, 8080);
  EXPECT_EQ(services.api.token, "0123456789abcdef");
  EXPECT_FALSE(services.api.trust_loopback);
  EXPECT_EQ(services.media.allowed_roots, (std::vector<std::string>{"clips", "/srv/media"}));
  EXPECT_EQ(services.relay.url, "https://central");
  EXPECT_EQ(services.relay.types, RelayTypes::kFloor);
  EXPECT_TRUE(services.enrichment.enabled);
  EXPECT_EQ(services.enrichment.model, "eyes");
  EXPECT_EQ(services.enrichment.daily_budget, 7);
  EXPECT_EQ(services.retention.clips_gb, 20.5);
}

TEST(ServiceConfig, AnApiListensOnLoopbackUnlessSaidOtherwise) {
  const auto config = ParseSpotterConfig("store: {path: a.db}\napi: {}", "c.yaml");
  ASSERT_TRUE(config.ok()) << config.error().message;
  EXPECT_EQ(config->services.api.address, "127.0.0.1");
  EXPECT_EQ(config->services.api.port, 8000);
  EXPECT_TRUE(config->services.api.trust_loopback);
}

TEST(ServiceConfig, WhatIsWrongOrUnsafeIsNamed) {
  struct Case {
    std::string text;
    std::string word;
  };
  const std::vector<Case> cases = {
      {"api: {}", "store"},
      {"store: {path: a}\napi: {listen: '0.0.0.0:80'}", "token"},
      {"store: {path: a}\napi: {listen: '192.168.1.2:80'}", "token"},
      {"store: {path: a}\napi: {listen: '0.0.0.0:80', token: short}", "16"},
      {"store: {path: a}\napi: {trust_loopback: false}", "api.token"},
      {"store: {path: a}\napi: {listen: gym.local:80}", "IP address"},
      {"store: {path: a}\napi: {listen: 127.0.0.1}", "port"},
      {"store: {path: a}\napi: {listen: '127.0.0.1:99999'}", "port"},
      {"store: {path: a}\nrelay: {url: ftp://x}", "http://"},
      {"store: {path: a}\nrelay: {types: all}", "missing"},
      {"store: {path: a}\nenrichment: {url: http://x/v1}", "model"},
      {"store: {path: a}\nretention: {clips_days: -1}", "clips_days"},
  };
  for (const Case& wrong : cases) {
    const auto config = ParseSpotterConfig(wrong.text, "c.yaml");
    ASSERT_FALSE(config.ok()) << wrong.text;
    EXPECT_NE(config.error().message.find(wrong.word), std::string::npos) << config.error().message;
    EXPECT_EQ(config.error().message.find("short"), std::string::npos) << "a secret in a message";
  }
}

}  // namespace
}  // namespace spotter::config
