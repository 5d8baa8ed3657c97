#include "core/server/server.h"

#include <fmt/format.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>
#include <sodium.h>
#include <spdlog/spdlog.h>

#include "core/app/documents.h"
#include "core/app/notifications_hub.h"
#include "core/base/status_macros.h"
#include "core/server/admin_server.h"
#include "core/server/booking_server.h"
#include "core/server/catalog_server.h"
#include "core/server/chat_server.h"
#include "core/server/completions.h"
#include "core/server/consent_server.h"
#include "core/server/document_server.h"
#include "core/server/link_server.h"
#include "core/server/notification_server.h"
#include "core/server/people_service.h"
#include "core/server/privacy_server.h"
#include "core/server/profile_server.h"
#include "core/server/reflection_server.h"
#include "core/server/schedule_server.h"
#include "core/server/support_server.h"
#include "core/server/transfers.h"
#include "core/server/workers.h"
#include "grpc/health/v1/health.pb.h"
#include "storage/documents.h"

namespace kalends::server {
namespace {

constexpr int kStreamWindowBytes = 256 << 10;  // What a stream may send before it is read.
constexpr int kKeepaliveMs = 60'000;           // How long a busy connection may be silent,
constexpr int kKeepaliveAnswerMs = 20'000;     // and then take to answer.
// Encrypting and the disk share them; more would not make a disk faster.
constexpr int kFileThreads = 4;
// Streams stay open for long; a shutdown does not wait for them.
constexpr std::chrono::seconds kShutdownGrace{2};

std::shared_ptr<grpc::ServerCredentials> Credentials(const ServerOptions& options) {
  if (options.tls_certificate.empty()) return grpc::InsecureServerCredentials();
  grpc::SslServerCredentialsOptions tls(
      options.client_ca.empty() ? GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE
                                : GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  tls.pem_root_certs = options.client_ca;
  tls.pem_key_cert_pairs.push_back({options.tls_key, options.tls_certificate});
  return grpc::SslServerCredentials(tls);
}

int Milliseconds(std::chrono::milliseconds time) { return static_cast<int>(time.count()); }

// gRPC keeps to some of these only with peers who confirm them (SETTINGS): of those who do not,
// Gate takes care.
void SetLimits(grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(core::kMessageBytesMax);
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
  // Peers that are dead without having said so are noticed, and what they hold is given back.
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMs);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveAnswerMs);
  // A fixed window: one that grows with the speed of the sender takes in most of a file before
  // the disk has it.
  builder.AddChannelArgument(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, kStreamWindowBytes);
}

// The contract, and what gRPC adds to it.
std::vector<std::string> ServedBeside(std::vector<std::string> services) {
  services.push_back(
      grpc::health::v1::HealthCheckRequest::descriptor()->file()->service(0)->full_name());
  services.push_back(ReflectionServer::Request::descriptor()->file()->service(0)->full_name());
  return services;
}

class ServerImpl final : public Server {
 public:
  ServerImpl(std::unique_ptr<storage::Database> database, ServerOptions options)
      : options_(std::move(options)),
        engine_(std::move(database),
                {options_.clock, options_.random, options_.master_keys, options_.calendar_bytes_max,
                 [this] { hub_.Wake(); }, [this](auto task) { workers_.Post(std::move(task)); },
                 options_.ticks}),
        hub_(engine_, {}),
        duties_(engine_, options_.duties),
        calls_(engine_, completions_, options_.on_key),
        accounts_(calls_),
        providers_(calls_),
        invitations_(calls_),
        profiles_(calls_),
        catalog_(calls_),
        schedules_(calls_),
        bookings_(calls_),
        payments_(calls_),
        links_(calls_),
        chats_(calls_),
        support_(calls_),
        notifications_(calls_, hub_),
        sessions_(calls_),
        admin_(calls_, options_.clock()),
        reflection_(calls_,
                    options_.open_reflection ? ReflectionServer::Needs::kNothing
                                             : ReflectionServer::Needs::kKey,
                    ServedBeside(calls_.Services())) {}

  absl::Status OpenBlobs() {
    ASSIGN_OR_RETURN(blobs_, storage::BlobStore::Open(options_.blob_directory));
    RETURN_IF_ERROR(ClearBlobs());
    transfers_ = std::make_unique<Transfers>(calls_, workers_, *blobs_, options_.stream_idle_max);
    documents_ = std::make_unique<DocumentServer>(calls_, *transfers_);
    consents_ = std::make_unique<ConsentServer>(calls_, *transfers_);
    privacy_ = std::make_unique<PrivacyServer>(calls_, *transfers_);
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
    server_->Shutdown(std::chrono::system_clock::now() + kShutdownGrace);
    // What cannot be written is no reason to stay.
    engine_.KeepKeyUses(app::KeyRing::Uses::kAll).IgnoreError();
  }

  absl::Status Start() {
    RETURN_IF_ERROR(engine_.Start(options_.clock_behind));
    RETURN_IF_ERROR(OpenBlobs());
    RETURN_IF_ERROR(engine_.EnsureAdminKey(options_.keep_admin_key));
    grpc::EnableDefaultHealthCheckService(true);
    grpc::ServerBuilder builder;
    builder.AddListeningPort(options_.listen, Credentials(options_), &port_);
    SetLimits(builder);
    for (grpc::Service* service : std::initializer_list<grpc::Service*>{
             &accounts_, &providers_, &invitations_, &profiles_, &catalog_, &schedules_, &bookings_,
             &payments_, &links_, &chats_, &support_, privacy_.get(), documents_.get(),
             consents_.get(), &notifications_, &sessions_, &admin_, &reflection_}) {
      builder.RegisterService(service);
    }
    server_ = builder.BuildAndStart();
    if (!server_ || port_ == 0) {
      return absl::UnavailableError(
          fmt::format("cannot listen on {}: is another server running there?", options_.listen));
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
  app::Engine engine_;
  app::NotificationHub hub_;
  app::Duties duties_;
  Calls calls_;
  AccountServer accounts_;
  ProviderServer providers_;
  InvitationServer invitations_;
  ProfileServer profiles_;
  CatalogServer catalog_;
  ScheduleServer schedules_;
  BookingServer bookings_;
  PaymentServer payments_;
  LinkServer links_;
  ChatServer chats_;
  SupportServer support_;
  NotificationServer notifications_;
  SessionServer sessions_;
  AdminServer admin_;
  ReflectionServer reflection_;
  std::unique_ptr<Transfers> transfers_;
  std::unique_ptr<DocumentServer> documents_;
  std::unique_ptr<ConsentServer> consents_;
  std::unique_ptr<PrivacyServer> privacy_;
  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;
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
