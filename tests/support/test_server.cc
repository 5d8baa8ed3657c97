#include "tests/support/test_server.h"

#include <grpcpp/create_channel.h>
#include <sodium.h>

#include <cstdlib>
#include <iostream>

#include "tests/support/times.h"

namespace kalends::test {
namespace {

v1::RpcStatus DetailsOf(const grpc::Status& status) {
  v1::RpcStatus details;
  details.ParseFromString(status.error_details());
  return details;
}

template <typename Detail>
bool Unpack(const grpc::Status& status, const std::string& type, Detail* detail) {
  const v1::RpcStatus details = DetailsOf(status);
  for (const auto& any : details.details()) {
    if (any.type_url() == "type.googleapis.com/" + type)
      return detail->ParseFromString(any.value());
  }
  return false;
}

void AddWeek(v1::ChangeWeeklyHoursRequest* change, int start_minute, int end_minute) {
  for (int weekday = 1; weekday <= 5; ++weekday) {
    v1::WeeklyHours* hours = change->add_added();
    hours->set_weekday(weekday);
    hours->mutable_hours()->set_start_minute(start_minute);
    hours->mutable_hours()->set_end_minute(end_minute);
  }
}

}  // namespace

std::string ReasonOf(const grpc::Status& status) {
  if (status.ok()) return "OK";
  v1::ErrorInfo info;
  if (Unpack(status, "google.rpc.ErrorInfo", &info)) return info.reason();
  return std::to_string(status.error_code()) + " " + status.error_message();
}

std::vector<std::int64_t> AlternativesOf(const grpc::Status& status) {
  v1::SlotAlternatives alternatives;
  std::vector<std::int64_t> starts;
  Unpack(status, "kalends.v1.SlotAlternatives", &alternatives);
  for (const auto& start : alternatives.start_times()) starts.push_back(start.seconds());
  return starts;
}

std::vector<v1::MissingConsents::Document> MissingConsentsOf(const grpc::Status& status) {
  v1::MissingConsents missing;
  Unpack(status, "kalends.v1.MissingConsents", &missing);
  return {missing.documents().begin(), missing.documents().end()};
}

core::Instant At(const std::string& text) { return core::Utc(text); }

std::chrono::seconds RetryDelayOf(const grpc::Status& status) {
  v1::RetryInfo retry;
  Unpack(status, "google.rpc.RetryInfo", &retry);
  return std::chrono::seconds(retry.retry_delay().seconds());
}

std::string MissingOf(const grpc::Status& status) {
  v1::ResourceInfo missing;
  Unpack(status, "google.rpc.ResourceInfo", &missing);
  return missing.resource_name();
}

std::string FieldOf(const grpc::Status& status) {
  v1::BadRequest bad;
  Unpack(status, "google.rpc.BadRequest", &bad);
  return bad.field_violations_size() == 0 ? "" : bad.field_violations(0).field();
}

TestServer::TestServer(std::string database, Adjust adjust)
    : home_(std::move(database)),
      adjust_(std::move(adjust)),
      master_keys_(storage::MasterKeys::Random()),
      now_s_(core::ToUnixSeconds(At("2026-03-02T08:00:00Z"))) {
  if (sodium_init() < 0) std::abort();
  Restart();
}

void TestServer::Restart() {
  const absl::Status started = TryRestart();
  if (started.ok()) return;
  std::cerr << started << "\n";
  std::abort();
}

absl::Status TestServer::TryRestart() {
  server_.reset();
  return Start();
}

absl::Status TestServer::Start() {
  auto database = home_.Open();
  server::ServerOptions options;
  options.listen = "127.0.0.1:0";
  options.clock = [this] { return now(); };
  options.ticks = [this] { return std::chrono::seconds(now_s_.load() - jumped_s_.load()); };
  options.random = server::SystemRandom;
  options.master_keys = master_keys_;
  options.blob_directory = blobs_.path();
#ifdef KALENDS_PICTURE_PROGRAM
  options.picture_program = KALENDS_PICTURE_PROGRAM;
#endif
  options.keep_admin_key = [this](const std::string& secret) {
    admin_key_ = secret;
    return absl::OkStatus();
  };
  if (adjust_) adjust_(options);
  auto started = server::StartServer(*std::move(database), std::move(options));
  if (!started.ok()) return started.status();
  server_ = *std::move(started);
  channel_ = NewChannel({});
  return absl::OkStatus();
}

std::string TestServer::address() const { return "127.0.0.1:" + std::to_string(server_->port()); }

std::shared_ptr<grpc::Channel> TestServer::NewChannel(
    const grpc::ChannelArguments& arguments) const {
  return grpc::CreateCustomChannel(address(), grpc::InsecureChannelCredentials(), arguments);
}

void TestServer::SetNow(core::Instant now) {
  now_s_ = core::ToUnixSeconds(now);
  if (server_) server_->Wake();
}

void TestServer::JumpClock(std::chrono::seconds by) {
  jumped_s_ += by.count();
  now_s_ += by.count();
  if (server_) server_->Wake();
}

std::string TestServer::MakeKey(std::vector<v1::Scope> scopes) {
  v1::ApiKey key;
  for (const v1::Scope scope : scopes) key.add_scopes(scope);
  return MakeKey(std::move(key)).secret();
}

v1::CreateApiKeyResponse TestServer::MakeKey(v1::ApiKey key) {
  v1::CreateApiKeyRequest request;
  *request.mutable_api_key() = std::move(key);
  if (request.api_key().display_name().empty()) {
    request.mutable_api_key()->set_display_name("test");
  }
  return Client(*this, admin_key_).Must(&v1::AdminService::Stub::CreateApiKey, request);
}

void TestServer::RevokeKey(const std::string& name) {
  v1::RevokeApiKeyRequest request;
  request.set_name(name);
  Client(*this, admin_key_).Must(&v1::AdminService::Stub::RevokeApiKey, request);
}

Client::Client(TestServer& server, std::string key, std::string account)
    : channel_(server.channel()), key_(std::move(key)), account_(std::move(account)) {}

void Client::Prepare(grpc::ClientContext& context) const {
  if (!key_.empty()) context.AddMetadata("authorization", "Bearer " + key_);
  if (!account_.empty()) context.AddMetadata("kalends-account", account_);
}

void Client::Require(const grpc::Status& status) {
  if (status.ok()) return;
  std::cerr << ReasonOf(status) << ": " << status.error_message() << "\n";
  std::abort();
}

std::string Client::NextRequestId() {
  static std::atomic<int> count{0};
  return "test-" + std::to_string(++count);
}

Practice::Practice(TestServer& test_server)
    : server(test_server),
      admin(server, server.admin_key()),
      specialist(server, server.admin_key(), "telegram:1001"),
      customer(server, server.admin_key(), "telegram:2001") {
  v1::EnsureAccountRequest account;
  account.set_identity("telegram:1001");
  account.set_display_name("Marie Weber");
  account.set_language_code("de");
  admin.Must(&v1::AccountService::Stub::EnsureAccount, account);
  v1::RegisterProviderRequest registration;
  registration.set_kind(v1::PROVIDER_KIND_SPECIALIST);
  registration.set_display_name("Praxis Weber");
  registration.set_time_zone("Europe/Berlin");
  provider = specialist.Must(&v1::AccountService::Stub::RegisterProvider, registration).name();
  v1::ChangeWeeklyHoursRequest hours;
  hours.set_name(provider + "/schedule");
  AddWeek(&hours, 9 * 60, 17 * 60);
  specialist.Must(&v1::ScheduleService::Stub::ChangeWeeklyHours, hours);
  v1::CreateServiceRequest creation;
  creation.set_parent(provider);
  creation.mutable_service()->set_display_name("Beratung");
  creation.mutable_service()->mutable_duration()->set_seconds(3600);
  creation.mutable_service()->mutable_price()->set_currency_code("EUR");
  creation.mutable_service()->mutable_price()->set_minor_units(8000);
  service = specialist.Must(&v1::CatalogService::Stub::CreateService, creation).name();
  v1::CreateInvitationRequest invitation;
  invitation.set_parent(provider);
  invitation.mutable_invitation()->set_label("Flyer");
  invitation_code =
      specialist.Must(&v1::InvitationService::Stub::CreateInvitation, invitation).code();
  NewCustomer("telegram:2001");
}

Client Practice::NewCustomer(const std::string& identity) const {
  v1::EnsureAccountRequest account;
  account.set_identity(identity);
  account.set_display_name("Anna");
  account.set_language_code("en");
  admin.Must(&v1::AccountService::Stub::EnsureAccount, account);
  Client client(server, server.admin_key(), identity);
  v1::RedeemInvitationRequest redemption;
  redemption.set_code(invitation_code);
  client.Must(&v1::InvitationService::Stub::RedeemInvitation, redemption);
  return client;
}

grpc::Status Practice::Request(core::Instant start, v1::Appointment* appointment) const {
  v1::RequestAppointmentRequest request;
  request.set_parent(provider);
  request.mutable_appointment()->set_service(service);
  request.mutable_appointment()->mutable_start_time()->set_seconds(core::ToUnixSeconds(start));
  return customer.Call(&v1::BookingService::Stub::RequestAppointment, request, appointment);
}

v1::Appointment Practice::MustRequest(core::Instant start) const {
  v1::Appointment appointment;
  const grpc::Status status = Request(start, &appointment);
  if (!status.ok()) {
    std::cerr << ReasonOf(status) << "\n";
    std::abort();
  }
  return appointment;
}

v1::Appointment Practice::Accept(const std::string& name) const {
  v1::AcceptAppointmentRequest request;
  request.set_name(name);
  return specialist.Must(&v1::BookingService::Stub::AcceptAppointment, request);
}

}  // namespace kalends::test
