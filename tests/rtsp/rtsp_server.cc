// SPDX-License-Identifier: Apache-2.0
// A camera for tests: serves the H.264 video of a file over RTSP, in a loop, at its own speed, on 127.0.0.1.
//   rtsp_server FILE PORT [USER PASSWORD]      PORT 0 = any free one
// Prints "rtsp://127.0.0.1:PORT/live" when it is ready; dies with its parent. SIGSTOP makes it a camera that hangs.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include <sys/prctl.h>

extern "C" {
#include <gst/rtsp-server/rtsp-server.h>
#include <libavcodec/avcodec.h>
#include <libavcodec/bsf.h>
#include <libavformat/avformat.h>
}

namespace {

[[noreturn]] void Die(const std::string& why) {
  std::fprintf(stderr, "rtsp_server: %s\n", why.c_str());
  std::exit(1);
}

// Encoded pictures of a file, again and again, with times that go on. One for each client.
class LoopedFile {
 public:
  explicit LoopedFile(std::string path) : path_(std::move(path)) { Open(); }
  ~LoopedFile() { Close(); }
  LoopedFile(const LoopedFile&) = delete;
  LoopedFile& operator=(const LoopedFile&) = delete;

  GstBuffer* Next() {
    AVPacket* packet = av_packet_alloc();
    while (av_bsf_receive_packet(filter_, packet) < 0) Feed();
    GstBuffer* buffer = gst_buffer_new_memdup(packet->data, static_cast<gsize>(packet->size));
    GST_BUFFER_PTS(buffer) = ToGstTime(packet->pts);
    GST_BUFFER_DTS(buffer) = ToGstTime(packet->dts);
    last_dts_ = packet->dts;
    av_packet_free(&packet);
    return buffer;
  }

 private:
  void Open() {
    if (avformat_open_input(&input_, path_.c_str(), nullptr, nullptr) < 0 ||
        avformat_find_stream_info(input_, nullptr) < 0)
      Die("cannot read " + path_);
    stream_ = av_find_best_stream(input_, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    if (stream_ < 0 || input_->streams[stream_]->codecpar->codec_id != AV_CODEC_ID_H264) Die(path_ + " is no H.264");
    av_bsf_alloc(av_bsf_get_by_name("h264_mp4toannexb"), &filter_);
    avcodec_parameters_copy(filter_->par_in, input_->streams[stream_]->codecpar);
    filter_->time_base_in = input_->streams[stream_]->time_base;
    if (av_bsf_init(filter_) < 0) Die("cannot convert " + path_);
  }

  void Close() {
    av_bsf_free(&filter_);
    avformat_close_input(&input_);
  }

  void Feed() {
    AVPacket* packet = av_packet_alloc();
    if (av_read_frame(input_, packet) >= 0) {
      if (packet->stream_index == stream_) av_bsf_send_packet(filter_, packet);
    } else {
      StartAgain();
    }
    av_packet_free(&packet);
  }

  void StartAgain() {
    const AVStream* stream = input_->streams[stream_];
    offset_ += stream->duration > 0 ? stream->duration : last_dts_;
    Close();
    Open();
  }

  GstClockTime ToGstTime(std::int64_t time) const {
    const AVRational base = filter_->time_base_out;
    const std::int64_t shifted = av_rescale_q(time + offset_, base, AVRational{1, 1'000'000'000});
    return static_cast<GstClockTime>(shifted) + 200 * GST_MSECOND;  // decoding times of the first pictures lie below 0
  }

  const std::string path_;
  AVFormatContext* input_ = nullptr;
  AVBSFContext* filter_ = nullptr;
  int stream_ = -1;
  std::int64_t offset_ = 0;
  std::int64_t last_dts_ = 0;
};

void PushNext(GstElement* source, guint, gpointer file) {
  GstBuffer* buffer = static_cast<LoopedFile*>(file)->Next();
  GstFlowReturn result = GST_FLOW_OK;
  g_signal_emit_by_name(source, "push-buffer", buffer, &result);
  gst_buffer_unref(buffer);
}

void ConfigureMedia(GstRTSPMediaFactory*, GstRTSPMedia* media, gpointer path) {
  GstElement* pipeline = gst_rtsp_media_get_element(media);
  GstElement* source = gst_bin_get_by_name_recurse_up(GST_BIN(pipeline), "source");
  auto* file = new LoopedFile(static_cast<const char*>(path));
  g_object_set_data_full(G_OBJECT(media), "file", file, [](gpointer data) { delete static_cast<LoopedFile*>(data); });
  g_signal_connect(source, "need-data", G_CALLBACK(PushNext), file);
  gst_object_unref(source);
  gst_object_unref(pipeline);
}

void RequirePassword(GstRTSPServer* server, GstRTSPMediaFactory* factory, const char* user, const char* password) {
  GstRTSPAuth* auth = gst_rtsp_auth_new();
  GstRTSPToken* token =
      gst_rtsp_token_new(GST_RTSP_TOKEN_MEDIA_FACTORY_ROLE, G_TYPE_STRING, "viewer", static_cast<char*>(nullptr));
  gchar* basic = gst_rtsp_auth_make_basic(user, password);
  gst_rtsp_auth_add_basic(auth, basic, token);
  g_free(basic);
  gst_rtsp_token_unref(token);
  gst_rtsp_server_set_auth(server, auth);
  g_object_unref(auth);
  gst_rtsp_media_factory_add_role(factory, "viewer", GST_RTSP_PERM_MEDIA_FACTORY_ACCESS, G_TYPE_BOOLEAN, TRUE,
                                  GST_RTSP_PERM_MEDIA_FACTORY_CONSTRUCT, G_TYPE_BOOLEAN, TRUE,
                                  static_cast<char*>(nullptr));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3 && argc != 5) Die("usage: rtsp_server FILE PORT [USER PASSWORD]");
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  av_log_set_level(AV_LOG_QUIET);
  gst_init(nullptr, nullptr);
  GstRTSPServer* server = gst_rtsp_server_new();
  gst_rtsp_server_set_address(server, "127.0.0.1");
  gst_rtsp_server_set_service(server, argv[2]);
  GstRTSPMediaFactory* factory = gst_rtsp_media_factory_new();
  gst_rtsp_media_factory_set_launch(
      factory,
      "( appsrc name=source format=time max-bytes=1 caps=video/x-h264,stream-format=byte-stream,alignment=au "
      "! h264parse ! rtph264pay name=pay0 pt=96 config-interval=-1 )");
  g_signal_connect(factory, "media-configure", G_CALLBACK(ConfigureMedia), argv[1]);
  if (argc == 5) RequirePassword(server, factory, argv[3], argv[4]);
  GstRTSPMountPoints* mounts = gst_rtsp_server_get_mount_points(server);
  gst_rtsp_mount_points_add_factory(mounts, "/live", factory);
  g_object_unref(mounts);
  GError* error = nullptr;
  GSource* source = gst_rtsp_server_create_source(server, nullptr, &error);
  if (source == nullptr) Die(error->message);
  g_source_attach(source, nullptr);
  std::printf("rtsp://127.0.0.1:%d/live\n", gst_rtsp_server_get_bound_port(server));
  std::fflush(stdout);
  g_main_loop_run(g_main_loop_new(nullptr, FALSE));
}
