// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "spotter/api/browser_clips.h"
#include "spotter/api/clip_signer.h"
#include "spotter/net/http_message.h"
#include "spotter/report/gym_report.h"
#include "spotter/report/silent_cameras.h"
#include "spotter/store/group_commit.h"
#include "spotter/store/store.h"

namespace spotter::api {

struct EventApiOptions {
  std::string token;           // who comes from beyond this machine must show it; empty = nobody may
  bool trust_loopback = true;  // who comes from this machine itself, through no proxy, needs no token
  std::vector<std::filesystem::path> allowed_roots;  // folders that clips may be served from
  std::function<UtcTime()> now;                      // the clock of signed addresses and of what is free now
  std::string time_zone = "UTC";                     // IANA name: whose hours and weekdays reports have
  std::vector<std::string> machines;                 // zones that are listed even without events
  report::MachineCameras cameras_of;                 // where this process knows it: who is silent sees nothing
};

// The event API: the compatible routes (docs/formats/floor_event.md) and /api/v1 (docs/formats/api.md) over one store.
// Any number of threads.
class EventApi {
 public:
  // Store and committer outlive it. `secret` signs clip addresses.
  EventApi(store::Store& store, store::GroupCommit& ingest, std::string secret, EventApiOptions options);

  net::HttpResponse Handle(const net::HttpRequest& request) const;

 private:
  using Action = net::HttpResponse (EventApi::*)(const net::HttpRequest& request, const std::string& id) const;
  struct Route {
    std::string_view method;
    std::string_view pattern;  // segments; "*" stands for an id
    Action action;
  };
  static const std::vector<Route>& Routes();

  bool MayEnter(const net::HttpRequest& request) const;
  Result<report::GymReport> Report(const floor::UtcSpan& period) const;

  net::HttpResponse Health(const net::HttpRequest& request, const std::string& id) const;
  net::HttpResponse OpenApi(const net::HttpRequest& request, const std::string& id) const;
  net::HttpResponse Ingest(const net::HttpRequest& request, const std::string& id) const;
  // An invalid body: an event that is known already is a duplicate all the same.
  net::HttpResponse Refuse(const std::string& body, const Error& wrong) const;
  net::HttpResponse ListFloorEvents(const net::HttpRequest& request, const std::string& id) const;
  net::HttpResponse ShowFloorEvent(const net::HttpRequest& request, const std::string& id) const;
  // A copy of the clip that browsers play. Where it cannot be had now, who asked for it is told so, and a <video> that
  // did not gets the clip itself.
  net::HttpResponse BrowserMedia(const net::HttpRequest& request, MediaRef media) const;
  net::HttpResponse Media(const net::HttpRequest& request, const std::string& id) const;
  net::HttpResponse ListEvents(const net::HttpRequest& request, const std::string& id) const;
  net::HttpResponse ShowEvent(const net::HttpRequest& request, const std::string& id) const;
  net::HttpResponse ClipAddress(const net::HttpRequest& request, const std::string& id) const;
  net::HttpResponse ListMachines(const net::HttpRequest& request, const std::string& id) const;
  net::HttpResponse ShowReport(const net::HttpRequest& request, const std::string& id) const;
  net::HttpResponse SetPinned(const net::HttpRequest& request, const std::string& id) const;

  store::Store& store_;
  store::GroupCommit& ingest_;
  const EventApiOptions options_;
  const ClipSigner signer_;
  mutable BrowserClips browser_clips_;  // locks by itself
};

}  // namespace spotter::api
