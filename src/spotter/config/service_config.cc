// SPDX-License-Identifier: Apache-2.0
#include "spotter/config/service_config.h"

#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include <arpa/inet.h>
#include <fmt/format.h>

namespace spotter::config {
namespace {

constexpr std::size_t kMinTokenBytes = 16;

struct Endpoint {
  std::string address;
  std::uint16_t port;
};

bool IsIpAddress(const std::string& text) {
  in6_addr address{};
  return inet_pton(AF_INET, text.c_str(), &address) == 1 || inet_pton(AF_INET6, text.c_str(), &address) == 1;
}

// "127.0.0.1:8000" or "[::1]:8000".
std::optional<Endpoint> ParseEndpoint(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos) return std::nullopt;
  std::string address = text.substr(0, colon);
  if (address.starts_with('[') && address.ends_with(']')) address = address.substr(1, address.size() - 2);
  if (address == "localhost") address = "127.0.0.1";
  std::uint16_t port = 0;
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data() + colon + 1, end, port);
  if (parsed.ec != std::errc() || parsed.ptr != end || !IsIpAddress(address)) return std::nullopt;
  return Endpoint{.address = std::move(address), .port = port};
}

bool IsLoopback(const std::string& address) { return address.starts_with("127.") || address == "::1"; }

std::string ReadToken(const YamlNode& node) {
  if (!node) return {};
  std::string token = node.Text();
  if (token.size() < kMinTokenBytes)
    node.Fail(fmt::format("must have at least {} characters; make one with: openssl rand -hex 32", kMinTokenBytes));
  return token;
}

std::string ReadUrl(const YamlNode& node) {
  std::string url = node.Text();
  if (!url.starts_with("http://") && !url.starts_with("https://")) node.Fail("must begin with http:// or https://");
  while (url.ends_with('/')) url.pop_back();
  return url;
}

ApiConfig ReadApi(const YamlNode& node) {
  const YamlMap map = node.Map({"listen", "token", "trust_loopback"});
  ApiConfig api{.address = "127.0.0.1"};
  api.token = ReadToken(map.Optional("token"));
  if (const YamlNode trust = map.Optional("trust_loopback")) {
    api.trust_loopback = trust.Flag();
    if (!api.trust_loopback && api.token.empty()) trust.Fail("without it everybody needs a token: add api.token");
  }
  const YamlNode listen = map.Optional("listen");
  if (!listen) return api;
  const std::optional<Endpoint> endpoint = ParseEndpoint(listen.Text());
  if (!endpoint) {
    listen.Fail("must be an IP address and a port, such as 127.0.0.1:8000 or [::1]:8000");
    return api;
  }
  if (!IsLoopback(endpoint->address) && api.token.empty())
    listen.Fail("an address beyond this machine needs api.token: without one, anybody could read the events");
  api.address = endpoint->address;
  api.port = endpoint->port;
  return api;
}

MediaConfig ReadMedia(const YamlNode& node) {
  const YamlMap map = node.Map({"allowed_roots"});
  MediaConfig media;
  if (const YamlNode roots = map.Optional("allowed_roots")) {
    for (const YamlNode& root : roots.Items()) media.allowed_roots.push_back(root.Text());
  }
  return media;
}

RelayConfig ReadRelay(const YamlNode& node) {
  const YamlMap map = node.Map({"url", "token", "types"});
  RelayConfig relay;
  relay.url = ReadUrl(map.Required("url"));
  relay.token = ReadToken(map.Optional("token"));
  if (const YamlNode types = map.Optional("types"))
    relay.types = types.Choice<RelayTypes>(
        {{"all", RelayTypes::kAll}, {"floor", RelayTypes::kFloor}, {"compatible", RelayTypes::kCompatible}});
  return relay;
}

EnrichmentConfig ReadEnrichment(const YamlNode& node) {
  const YamlMap map = node.Map({"enabled", "url", "model", "token", "timeout_s", "daily_budget"});
  EnrichmentConfig enrichment{.enabled = true};
  if (const YamlNode enabled = map.Optional("enabled")) enrichment.enabled = enabled.Flag();
  if (const YamlNode url = map.Optional("url")) enrichment.url = ReadUrl(url);
  if (const YamlNode model = map.Optional("model")) enrichment.model = model.Text();
  if (const YamlNode token = map.Optional("token")) enrichment.token = token.Text();
  if (const YamlNode s = map.Optional("timeout_s")) enrichment.timeout_s = s.Number(1, 3600);
  if (const YamlNode budget = map.Optional("daily_budget")) enrichment.daily_budget = budget.Integer(0, 1'000'000);
  if (!enrichment.url.empty() && enrichment.model.empty()) node.Fail("needs 'model' beside 'url'");
  return enrichment;
}

RetentionConfig ReadRetention(const YamlNode& node) {
  const YamlMap map = node.Map({"clips_days", "clips_gb", "events_days"});
  RetentionConfig retention;
  if (const YamlNode days = map.Optional("clips_days")) retention.clips_days = days.Number(0, 36'500);
  if (const YamlNode gb = map.Optional("clips_gb")) retention.clips_gb = gb.Number(0, 1e6);
  if (const YamlNode days = map.Optional("events_days")) retention.events_days = days.Number(0, 36'500);
  return retention;
}

}  // namespace

ServiceConfig ReadServices(const YamlMap& root) {
  ServiceConfig services;
  const YamlNode store = root.Optional("store");
  if (store) services.store.path = store.Map({"path"}).Required("path").Text();
  if (const YamlNode api = root.Optional("api")) services.api = ReadApi(api);
  if (const YamlNode media = root.Optional("media")) services.media = ReadMedia(media);
  if (const YamlNode relay = root.Optional("relay")) services.relay = ReadRelay(relay);
  if (const YamlNode enrichment = root.Optional("enrichment")) services.enrichment = ReadEnrichment(enrichment);
  if (const YamlNode retention = root.Optional("retention")) services.retention = ReadRetention(retention);
  for (const char* key : {"api", "relay", "enrichment", "retention"}) {
    const YamlNode service = root.Optional(key);
    if (service && !store) service.Fail("works on stored events: add store: {path: spotter.db}");
  }
  return services;
}

}  // namespace spotter::config
