#include "core/server/server.h"

#include <fmt/format.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>
#include <sodium.h>
#include <spdlog/spdlog.h>

#include <algorithm>

#include "core/app/documents.h"
#include "core/app/notifications_hub.h"
#include "core/base/status_macros.h"
#include "core/operate/metrics.h"
#include "core/server/completions.h"
#include "core/server/listen_addresses.h"
#include "core/server/reflection_server.h"
#include "core/server/services.h"
#include "core/server/transfers.h"
#include "core/server/workers.h"
#include "grpc/health/v1/health.pb.h"
#include "storage/documents.h"

namespace kalends::server {
namespace {

constexpr int kStreamWindowBytes = 256 << 10;  // What a stream may send before it is read.
// Encrypting and the disk share them; more would not make a disk faster.
constexpr int kFileThreads = 4;
// One: what some are refused shall not take the CPU from all others.
constexpr int kRefusalThreads = 1;
// For calls that run, and for peers to hang up; streams, which stay open for long, are told to end.
constexpr std::chrono::milliseconds kShutdownGrace{500};

int Milliseconds(std::chrono::milliseconds time) { return static_cast<int>(time.count()); }

// gRPC keeps to some of these only with peers who confirm them (SETTINGS): of those who do not,
// Gate takes care.
void SetLimits(grpc::ServerBuilder& builder, const ServerOptions& options) {
  builder.SetMaxReceiveMessageSize(core::kMessageBytesReadMax);
  // Packed messages are not unpacked: that comes before any key is looked at, and a stranger's 3
  // MiB would become 3 GiB. A call with one is refused.
  builder.AddChannelArgument(GRPC_ARG_ENABLE_PER_MESSAGE_DECOMPRESSION, 0);
  builder.SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_DEFLATE, false);
  builder.SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_GZIP, false);
  // Or a second core with other data would get half of the callers, and nobody would notice.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, core::kStreamsPerConnectionMax);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, int{core::kMetadataBytesMax});
  builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS,
                             Milliseconds(core::kHandshakeMax));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_IDLE_MS,
                             Milliseconds(core::kConnectionIdleMax));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, Milliseconds(core::kConnectionAgeMax));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS,
                             Milliseconds(core::kConnectionAgeGrace));
  builder.SetResourceQuota(grpc::ResourceQuota("kalendsd")
                               .Resize(core::kTransportBytesMax)
                               .SetMaxThreads(core::kTransportThreadsMax));
  // Peers that are dead without having said so are noticed, and what they hold is given back: also
  // the notifications that went to them.
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, Milliseconds(options.keepalive));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, Milliseconds(options.keepalive));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                             Milliseconds(options.ping_interval_min));
  // A fixed window: one that grows with the speed of the sender takes in most of a file before
  // the disk has it.
  builder.AddChannelArgument(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, kStreamWindowBytes);
}

// What gRPC adds to the contract.
std::vector<std::string> ServedBeside() {
  return {grpc::health::v1::HealthCheckRequest::descriptor()->file()->service(0)->full_name(),
          ReflectionServer::Request::descriptor()->file()->service(0)->full_name()};
}

class ServerImpl final : public Server {
 public:
  ServerImpl(std::unique_ptr<storage::Database> database, ServerOptions options)
      : options_(std::move(options)),
        engine_(std::move(database),
                {options_.clock, options_.random, options_.master_keys, options_.calendar_bytes_max,
                 [this] { hub_.Wake(); }, [this](auto task) { workers_.Post(std::move(task)); },
                 options_.ticks, [this](auto task) { refusals_.Post(std::move(task)); }}),
        hub_(engine_, {}),
        duties_(engine_, options_.duties),
        calls_(engine_, completions_, options_.on_key) {
    sampled_.emplace_back("kalends_core_file_tasks_waiting",
                          "Steps of uploads and downloads that wait for a thread.",
                          [this] { return static_cast<double>(workers_.CountWaiting()); });
    sampled_.emplace_back("kalends_core_refusal_tasks_waiting",
                          "Searches for other times, after a refusal, that wait for their thread.",
                          [this] { return static_cast<double>(refusals_.CountWaiting()); });
  }

  absl::Status OpenBlobs() {
    ASSIGN_OR_RETURN(blobs_, storage::BlobStore::Open(options_.blob_directory));
    RETURN_IF_ERROR(ClearBlobs());
    pictures_ = std::make_unique<PicturePrograms>(
        options_.picture_program.empty() ? PictureProgramBeside() : options_.picture_program);
    transfers_ = std::make_unique<Transfers>(calls_, workers_, *blobs_, options_.paces);
    return absl::OkStatus();
  }

  absl::Status MakeServices() {
    std::vector<std::string> names = ServedBeside();
    for (const auto make : kServices) {
      ASSIGN_OR_RETURN(std::unique_ptr<BoundService> service,
                       make({calls_, hub_, *transfers_, *pictures_, options_.clock()}));
      names.push_back(service->full_name());
      services_.push_back(std::move(service));
    }
    std::sort(names.begin(), names.end());
    services_.push_back(std::make_unique<ReflectionServer>(calls_,
                                                           options_.open_reflection
                                                               ? ReflectionServer::Needs::kNothing
                                                               : ReflectionServer::Needs::kKey,
                                                           std::move(names)));
    return absl::OkStatus();
  }

  // Removes what uploads left that a crash cut short: nothing else writes yet.
  absl::Status ClearBlobs() {
    std::string id;
    RETURN_IF_ERROR(engine_.WriteAsSystemAndWait([&](app::WriteContext& cx) -> absl::Status {
      ASSIGN_OR_RETURN(id, app::MatchBlobStore(cx, *blobs_));
      return absl::OkStatus();
    }));
    RETURN_IF_ERROR(blobs_->SetId(id));
    int swept = 0;
    RETURN_IF_ERROR(engine_.database().Read([&](storage::Transaction& tx) -> absl::Status {
      ASSIGN_OR_RETURN(swept, blobs_->Sweep([&](const std::string& id) {
        return storage::FindBlob(tx, id).has_value();
      }));
      return absl::OkStatus();
    }));
    if (swept > 0) spdlog::info("removed {} files of uploads that never ended", swept);
    return absl::OkStatus();
  }

  ~ServerImpl() override {
    if (!server_) return;
    engine_.keys().StopStreams();
    server_->Shutdown(std::chrono::system_clock::now() + kShutdownGrace);
    // A stream has ended before the worker that gave its last write to the engine has returned.
    workers_.WaitUntilIdle();
    refusals_.WaitUntilIdle();
    // What cannot be written is no reason to stay.
    engine_.KeepKeyUses(app::KeyRing::Uses::kAll).IgnoreError();
  }

  absl::Status Start() {
    RETURN_IF_ERROR(engine_.Start(options_.clock_behind));
    RETURN_IF_ERROR(OpenBlobs());
    RETURN_IF_ERROR(MakeServices());
    RETURN_IF_ERROR(engine_.EnsureAdminKey(options_.keep_admin_key, options_.new_admin_key));
    grpc::EnableDefaultHealthCheckService(true);
    grpc::ServerBuilder builder;
    ASSIGN_OR_RETURN(const std::vector<std::string> addresses,
                     AddressesToListenOn(options_.listen));
    for (const std::string& address : addresses) {
      builder.AddListeningPort(
          address, options_.tls ? options_.tls->Credentials() : grpc::InsecureServerCredentials(),
          &port_);
    }
    SetLimits(builder, options_);
    for (const auto& service : services_) builder.RegisterService(service.get());
    server_ = builder.BuildAndStart();
    if (!server_ || port_ == 0) {
      return absl::UnavailableError(
          fmt::format("cannot listen on {}: gRPC says above why", options_.listen));
    }
    hub_.Start();
    duties_.Start();
    return absl::OkStatus();
  }

  int port() const override { return port_; }
  void Wake() override {
    duties_.Wake();
    hub_.Wake();
  }

 private:
  // In the order of dependence. The grpc::Server ends first, in the destructor; then the duties and
  // the hub, whose threads use the engine, which writes out what waits; then the workers, who
  // remove its files.
  const ServerOptions options_;
  Completions completions_;
  std::unique_ptr<storage::BlobStore> blobs_;
  Workers workers_{kFileThreads};
  Workers refusals_{kRefusalThreads};
  app::Engine engine_;
  app::NotificationHub hub_;
  app::Duties duties_;
  Calls calls_;
  std::unique_ptr<PicturePrograms> pictures_;
  std::unique_ptr<Transfers> transfers_;
  std::vector<std::unique_ptr<grpc::Service>> services_;
  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;
  operate::SampledOnes sampled_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> StartServer(std::unique_ptr<storage::Database> database,
                                                    ServerOptions options) {
  auto server = std::make_unique<ServerImpl>(std::move(database), std::move(options));
  RETURN_IF_ERROR(server->Start());
  return std::unique_ptr<Server>(std::move(server));
}

std::string SystemRandom(std::size_t size) {
  std::string bytes(size, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

}  // namespace kalends::server
