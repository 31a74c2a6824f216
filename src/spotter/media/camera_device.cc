// SPDX-License-Identifier: Apache-2.0
#include "spotter/media/camera_device.h"

#include <dlfcn.h>

extern "C" {
#include <libavdevice/version_major.h>
#include <libavformat/avformat.h>
}

#define SPOTTER_TEXT_OF(x) #x
#define SPOTTER_TEXT(x) SPOTTER_TEXT_OF(x)

namespace spotter::media {
namespace {

constexpr const char* kLibrary = "libavdevice.so." SPOTTER_TEXT(LIBAVDEVICE_VERSION_MAJOR);

// Registers the devices in libavformat. The library stays loaded: libavformat keeps pointers into it.
bool RegisterDevices() {
  void* library = dlopen(kLibrary, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return false;
  auto* register_all = reinterpret_cast<void (*)()>(dlsym(library, "avdevice_register_all"));
  if (register_all == nullptr) return false;
  register_all();
  return true;
}

}  // namespace

Result<const AVInputFormat*> CameraDeviceFormat() {
  static const bool registered = RegisterDevices();
  const AVInputFormat* format = registered ? av_find_input_format("v4l2") : nullptr;
  if (format == nullptr)
    return MakeError(ErrorCode::kUnavailable, "cameras at /dev/video* need the library {}; install libavdevice59",
                     kLibrary);
  return format;
}

}  // namespace spotter::media
