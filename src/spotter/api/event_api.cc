// SPDX-License-Identifier: Apache-2.0
#include "spotter/api/event_api.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "spotter/api/event_page.h"
#include "spotter/api/event_query.h"
#include "spotter/api/media_response.h"
#include "spotter/api/openapi_text.h"
#include "spotter/base/log.h"
#include "spotter/base/utc.h"
#include "spotter/codec/floor_event_json.h"
#include "spotter/net/http_server.h"
#include "spotter/report/gym_report.h"
#include "spotter/report/read_machine_log.h"

namespace spotter::api {
namespace {

using net::HttpRequest;
using net::HttpResponse;
using nlohmann::json;

constexpr std::int64_t kDefaultClipAccess_s = 3600;           // NOLINT(readability-identifier-naming): unit suffix
constexpr std::int64_t kLongestClipAccess_s = 7 * 24 * 3600;  // NOLINT(readability-identifier-naming)
constexpr std::string_view kSoon_s = "5";                     // NOLINT(readability-identifier-naming)
constexpr double kLatest_s = 7'258'118'400;                   // NOLINT(readability-identifier-naming): 2200-01-01
constexpr std::chrono::hours kDefaultPeriod{7 * 24};
constexpr std::chrono::hours kLongestPeriod{400 * 24};
constexpr std::string_view kBearer = "Bearer ";

HttpResponse JsonResponse(std::string body) {
  HttpResponse response;
  response.headers = {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}};
  response.body = std::move(body);
  return response;
}

HttpResponse JsonResponse(const json& value) {
  return JsonResponse(value.dump(-1, ' ', false, json::error_handler_t::replace));
}

// What the store or a parser refused. A full disk or a lock is for the sender to try again later.
HttpResponse ResponseTo(const Error& error) {
  switch (error.code) {
    case ErrorCode::kInvalidArgument:
      return net::ErrorResponse(422, error.message);
    case ErrorCode::kNotFound:
      return net::ErrorResponse(404, error.message);
    default:
      LogError("API: {}", error.message);
      return net::ErrorResponse(503, "the event store does not work now; the log has more");
  }
}

HttpResponse NoSuchEvent() { return net::ErrorResponse(404, "no such event"); }

std::string Array(const std::vector<StoredEvent>& events, std::string (*print)(const StoredEvent&)) {
  std::string text = "[";
  for (const StoredEvent& event : events) {
    if (text.size() > 1) text += ',';
    text += print(event);
  }
  return text + "]";
}

// The header's value in small letters; empty without it.
std::string LowerCaseHeader(const HttpRequest& request, std::string_view name) {
  std::string value = request.Header(name).value_or("");
  std::ranges::transform(value, value.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return value;
}

// Media types know no case (RFC 9110, 8.3.1).
bool IsJson(const HttpRequest& request) {
  return LowerCaseHeader(request, "Content-Type").starts_with("application/json");
}

bool AsksForBrowserCopy(const HttpRequest& request) { return request.target.Parameter("browser") == "1"; }

// Whether a page shows it with <video> (Fetch Metadata Request Headers, W3C). Browsers say so over TLS and on
// localhost.
bool IsForVideoElement(const HttpRequest& request) { return request.Header("Sec-Fetch-Dest") == "video"; }

HttpResponse Taken(const std::string& event_id, store::AppendOutcome outcome) {
  const char* status = outcome == store::AppendOutcome::kCreated ? "created" : "duplicate";
  return JsonResponse(json{{"status", status}, {"event_id", event_id}});
}

// Whether a proxy passed it on (RFC 7239, RFC 9110 7.6.3, and the usual ones beside them): then the connection from
// this machine is the proxy's, and whose request it is nobody knows.
bool IsForwarded(const HttpRequest& request) {
  constexpr auto kHeaders = std::to_array<std::string_view>(
      {"Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP"});
  return std::ranges::any_of(kHeaders, [&](std::string_view name) { return request.Header(name).has_value(); });
}

// Whether it is a browser's, and names a host that may be another site: a page whose own name now stands for this
// machine (DNS rebinding) asks with it. Addresses, names without a dot and those below localhost (RFC 6761) are no
// other site's.
bool IsFromForeignPage(const HttpRequest& request) {
  if (!request.Header("User-Agent").value_or("").starts_with("Mozilla/")) return false;
  std::string host = LowerCaseHeader(request, "Host");
  if (host.starts_with('[')) return false;  // IPv6
  host.erase(std::min(host.find(':'), host.size()));
  if (host.ends_with('.')) host.pop_back();
  const bool is_ipv4 = host.find_first_not_of("0123456789.") == std::string::npos;
  return !is_ipv4 && host.find('.') != std::string::npos && !host.ends_with(".localhost");
}

// Newest first, from the query's cursor.
Result<EventPage> ListPage(store::EventRepository& events, const store::EventQuery& query) {
  const auto read = [&](const StoredEvent* last, int limit) {
    store::EventQuery rest = query;
    if (last != nullptr) rest.after = CursorBehind(*last);
    rest.limit = limit;
    return events.List(rest);
  };
  return ReadEventPage(read, query.limit);
}

// In the order of storing, behind `seq`.
Result<EventPage> FollowingPage(store::EventRepository& events, std::int64_t seq, const store::EventQuery& query) {
  const auto read = [&](const StoredEvent* last, int limit) {
    store::EventQuery rest = query;
    rest.limit = limit;
    return events.ListAfter(last == nullptr ? seq : last->seq, rest);
  };
  return ReadEventPage(read, query.limit);
}

// The same address with `cursor` in place of the one that is there.
std::string NextPage(const net::RequestTarget& target, const std::string& cursor) {
  std::string address = target.path + "?";
  for (const auto& [name, value] : target.query) {
    if (name != "cursor") address += net::PercentEncode(name) + "=" + net::PercentEncode(value) + "&";
  }
  return address + "cursor=" + cursor;
}

// The id in the place of "*" (empty when the pattern has none), or nullopt when the path is another.
std::optional<std::string> Match(std::string_view pattern, const std::vector<std::string>& segments) {
  std::string id;
  std::size_t index = 0;
  while (!pattern.empty()) {
    const std::size_t end = std::min(pattern.find('/'), pattern.size());
    const std::string_view piece = pattern.substr(0, end);
    pattern.remove_prefix(std::min(end + 1, pattern.size()));
    if (index == segments.size()) return std::nullopt;
    if (piece == "*") {
      id = segments[index];
    } else if (piece != segments[index]) {
      return std::nullopt;
    }
    ++index;
  }
  return index == segments.size() ? std::optional(id) : std::nullopt;
}

// Without parameters the last seven days; at most a good year, which is what a report can be asked at once.
Result<floor::UtcSpan> ReadPeriod(const net::RequestTarget& target, UtcTime now) {
  const Result<store::EventQuery> query = ReadEventQuery(target);
  if (!query.ok()) return query.error();
  const auto time = [](double seconds) { return FromUnixSeconds(std::clamp(seconds, 0.0, kLatest_s)); };
  const UtcTime end = query->end_ts ? time(*query->end_ts) : now;
  const UtcTime start = query->start_ts ? time(*query->start_ts) : end - kDefaultPeriod;
  if (start > end || end - start > kLongestPeriod)
    return MakeError(ErrorCode::kInvalidArgument, "'start_ts' must lie before 'end_ts', by at most {} days",
                     kLongestPeriod / std::chrono::hours{24});
  return floor::UtcSpan{start, end};
}

}  // namespace

EventApi::EventApi(store::Store& store, store::GroupCommit& ingest, std::string secret, EventApiOptions options)
    : store_(store), ingest_(ingest), options_(std::move(options)), signer_(std::move(secret)) {}

const std::vector<EventApi::Route>& EventApi::Routes() {
  static const std::vector<Route> kRoutes = {
      {"GET", "health", &EventApi::Health},
      {"GET", "openapi.yaml", &EventApi::OpenApi},
      {"POST", "ingest/event", &EventApi::Ingest},
      {"GET", "events", &EventApi::ListFloorEvents},
      {"GET", "events/*", &EventApi::ShowFloorEvent},
      {"GET", "media/*", &EventApi::Media},
      {"GET", "api/v1/events", &EventApi::ListEvents},
      {"GET", "api/v1/events/*", &EventApi::ShowEvent},
      {"GET", "api/v1/events/*/clip-address", &EventApi::ClipAddress},
      {"PUT", "api/v1/events/*/pin", &EventApi::SetPinned},
      {"DELETE", "api/v1/events/*/pin", &EventApi::SetPinned},
      {"GET", "api/v1/machines", &EventApi::ListMachines},
      {"GET", "api/v1/report", &EventApi::ShowReport},
  };
  return kRoutes;
}

HttpResponse EventApi::Handle(const HttpRequest& request) const {
  // HEAD is GET without the body, which the server leaves out.
  const std::string_view method = request.method == "HEAD" ? "GET" : std::string_view(request.method);
  std::string allowed;
  for (const Route& route : Routes()) {
    const std::optional<std::string> id = Match(route.pattern, request.target.segments);
    if (!id) continue;
    if (route.method != method) {
      allowed += (allowed.empty() ? "" : ", ") + std::string(route.method);
      continue;
    }
    const bool open = route.action == &EventApi::Health || route.action == &EventApi::Media;  // Media asks by itself
    if (open || MayEnter(request)) return (this->*route.action)(request, *id);
    const bool is_elsewhere = request.from_loopback && IsFromForeignPage(request);
    HttpResponse refusal = net::ErrorResponse(
        401, is_elsewhere ? "a valid token is needed at an address of this name; http://localhost needs none"
                          : "a valid token is needed: Authorization: Bearer ...");
    refusal.headers.emplace_back("WWW-Authenticate", "Bearer");
    return refusal;
  }
  if (allowed.empty()) return net::ErrorResponse(404, "there is nothing at this address");
  HttpResponse refusal = net::ErrorResponse(405, "this address takes " + allowed);
  refusal.headers.emplace_back("Allow", allowed);
  return refusal;
}

bool EventApi::MayEnter(const HttpRequest& request) const {
  const bool is_local = request.from_loopback && !IsForwarded(request) && !IsFromForeignPage(request);
  if (options_.trust_loopback && is_local) return true;
  const std::string shown = request.Header("Authorization").value_or("");
  return !options_.token.empty() && shown.starts_with(kBearer) &&
         SameSecret(std::string_view(shown).substr(kBearer.size()), options_.token);
}

HttpResponse EventApi::Health(const HttpRequest& /*request*/, const std::string& /*id*/) const {
  return JsonResponse(json{{"status", "ok"}});
}

HttpResponse EventApi::OpenApi(const HttpRequest& /*request*/, const std::string& /*id*/) const {
  HttpResponse response;
  response.headers = {{"Content-Type", "application/yaml"}};
  response.body = kOpenApiText;
  return response;
}

HttpResponse EventApi::Ingest(const HttpRequest& request, const std::string& /*id*/) const {
  if (!IsJson(request)) return net::ErrorResponse(415, "the body must be JSON: Content-Type: application/json");
  Result<EventRecord> record = codec::FloorEventFromJson(request.body);
  if (!record.ok()) return Refuse(request.body, record.error());
  const std::string event_id = record->event_id;
  const Result<store::AppendOutcome> outcome = ingest_.Append(std::move(record).value());
  if (!outcome.ok()) return ResponseTo(outcome.error());
  return Taken(event_id, *outcome);
}

HttpResponse EventApi::Refuse(const std::string& body, const Error& wrong) const {
  if (wrong.code == ErrorCode::kUnreadable) return net::ErrorResponse(400, wrong.message);
  const std::string event_id = codec::FloorEventId(body);
  const Result<std::optional<StoredEvent>> known = store_.events().Find(event_id);
  if (!known.ok()) return ResponseTo(known.error());
  return *known ? Taken(event_id, store::AppendOutcome::kDuplicate) : ResponseTo(wrong);
}

HttpResponse EventApi::ListFloorEvents(const HttpRequest& request, const std::string& /*id*/) const {
  const Result<store::EventQuery> query = ReadEventQuery(request.target);
  if (!query.ok()) return ResponseTo(query.error());
  const Result<EventPage> page = ListPage(store_.events(), *query);
  if (!page.ok()) return ResponseTo(page.error());
  HttpResponse response = JsonResponse(Array(page->events, &codec::StoredFloorEventToJson));
  if (page->is_cut) {
    const std::string next = NextPage(request.target, CursorText(CursorBehind(page->events.back())));
    response.headers.emplace_back("Link", "<" + next + ">; rel=\"next\"");
  }
  return response;
}

HttpResponse EventApi::ShowFloorEvent(const HttpRequest& /*request*/, const std::string& id) const {
  const Result<std::optional<StoredEvent>> event = store_.events().Find(id);
  if (!event.ok()) return ResponseTo(event.error());
  return *event ? JsonResponse(codec::StoredFloorEventToJson(**event)) : NoSuchEvent();
}

HttpResponse EventApi::Media(const HttpRequest& request, const std::string& id) const {
  const ClipSigner::Verdict verdict = signer_.Check(id, request.target, options_.now());
  if (verdict == ClipSigner::Verdict::kInvalid)
    return net::ErrorResponse(403, "this clip address is not valid, or not any more");
  if (verdict == ClipSigner::Verdict::kUnsigned && !MayEnter(request))
    return net::ErrorResponse(401, "a valid token or a signed address is needed");
  const Result<std::optional<StoredEvent>> event = store_.events().Find(id);
  if (!event.ok()) return ResponseTo(event.error());
  if (!*event) return NoSuchEvent();
  if (AsksForBrowserCopy(request) || IsForVideoElement(request)) return BrowserMedia(request, (*event)->record.media);
  return MediaResponse(request, (*event)->record.media, options_.allowed_roots);
}

HttpResponse EventApi::BrowserMedia(const HttpRequest& request, MediaRef media) const {
  HttpResponse original = MediaResponse(request, media, options_.allowed_roots);
  if (original.status == 404) return original;
  const Result<std::string> path = browser_clips_.PathFor(media.path);
  if (path.ok() && *path == media.path) return original;
  if (!path.ok() && !AsksForBrowserCopy(request)) return original;  // a <video> that plays the codec need not wait
  if (!path.ok() && path.error().code == ErrorCode::kUnreadable)
    return net::ErrorResponse(404, "this clip is no video");
  if (!path.ok()) {  // another copy is being made, or the disk is full
    HttpResponse refusal = net::ErrorResponse(503, path.error().message);
    refusal.headers.emplace_back("Retry-After", std::string(kSoon_s));
    return refusal;
  }
  media.path = *path;
  return MediaResponse(request, media, options_.allowed_roots);
}

HttpResponse EventApi::ListEvents(const HttpRequest& request, const std::string& /*id*/) const {
  const Result<store::EventQuery> query = ReadEventQuery(request.target);
  if (!query.ok()) return ResponseTo(query.error());
  const Result<std::int64_t> after =
      ReadInteger(request.target, "after_seq", {.low = 0, .high = INT64_MAX, .absent = -1});
  if (!after.ok()) return ResponseTo(after.error());
  const bool follows = *after >= 0;
  const Result<EventPage> page =
      follows ? FollowingPage(store_.events(), *after, *query) : ListPage(store_.events(), *query);
  if (!page.ok()) return ResponseTo(page.error());
  const bool more = !follows && page->is_cut;
  const json cursor = more ? json(CursorText(CursorBehind(page->events.back()))) : json(nullptr);
  return JsonResponse("{\"events\":" + Array(page->events, &codec::StoredEventToJson) +
                      ",\"next_cursor\":" + cursor.dump() + "}");
}

HttpResponse EventApi::ShowEvent(const HttpRequest& /*request*/, const std::string& id) const {
  const Result<std::optional<StoredEvent>> event = store_.events().Find(id);
  if (!event.ok()) return ResponseTo(event.error());
  return *event ? JsonResponse(codec::StoredEventToJson(**event)) : NoSuchEvent();
}

HttpResponse EventApi::ClipAddress(const HttpRequest& request, const std::string& id) const {
  const Result<std::int64_t> valid_s =
      ReadInteger(request.target, "valid_s", {.low = 1, .high = kLongestClipAccess_s, .absent = kDefaultClipAccess_s});
  if (!valid_s.ok()) return ResponseTo(valid_s.error());
  const Result<std::optional<StoredEvent>> event = store_.events().Find(id);
  if (!event.ok()) return ResponseTo(event.error());
  if (!*event) return NoSuchEvent();
  const auto expires = std::chrono::floor<std::chrono::seconds>(options_.now()) + std::chrono::seconds(*valid_s);
  return JsonResponse(json{{"url", signer_.SignedPath(id, expires) + (AsksForBrowserCopy(request) ? "&browser=1" : "")},
                           {"expires_ts_utc", expires.time_since_epoch().count()}});
}

Result<report::GymReport> EventApi::Report(const floor::UtcSpan& period) const {
  const Result<report::MachineLog> log = report::ReadMachineLog(store_.events(), period, options_.machines);
  if (!log.ok()) return log.error();
  const Result<TimeZone> zone = TimeZone::Load(options_.time_zone);
  if (!zone.ok()) return Error{ErrorCode::kUnavailable, zone.error().message};
  return report::MakeReport(*log, period, *zone);
}

HttpResponse EventApi::ListMachines(const HttpRequest& /*request*/, const std::string& /*id*/) const {
  const UtcTime now = options_.now();
  Result<report::GymReport> report = Report({now, now});
  if (!report.ok()) return ResponseTo(report.error());
  const Result<std::vector<store::CameraSeen>> cameras = store_.cameras().LastFrames();
  if (!cameras.ok()) return ResponseTo(cameras.error());
  report::BlindTheUnseen(*cameras, options_.cameras_of, now, *report);
  return JsonResponse(report::AvailabilityToJson(*report));
}

HttpResponse EventApi::ShowReport(const HttpRequest& request, const std::string& /*id*/) const {
  const Result<floor::UtcSpan> period = ReadPeriod(request.target, options_.now());
  if (!period.ok()) return ResponseTo(period.error());
  const Result<report::GymReport> report = Report(*period);
  if (!report.ok()) return ResponseTo(report.error());
  return JsonResponse(report::GymReportToJson(*report, options_.time_zone));
}

HttpResponse EventApi::SetPinned(const HttpRequest& request, const std::string& id) const {
  const bool pinned = request.method == "PUT";
  const Result<void> done = store_.events().SetPinned(id, pinned);
  if (!done.ok()) return ResponseTo(done.error());
  return JsonResponse(json{{"event_id", id}, {"pinned", pinned}});
}

}  // namespace spotter::api
