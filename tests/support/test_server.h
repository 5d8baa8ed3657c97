// A real core over a real socket: the migrations in memory, a clock set by the test, and clients
// that act for one account each. Nothing here sleeps.
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/support/channel_arguments.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "core/base/time.h"
#include "core/server/server.h"
#include "kalends/v1/account_service.grpc.pb.h"
#include "kalends/v1/admin_service.grpc.pb.h"
#include "kalends/v1/booking_service.grpc.pb.h"
#include "kalends/v1/busy_service.grpc.pb.h"
#include "kalends/v1/catalog_service.grpc.pb.h"
#include "kalends/v1/chat_service.grpc.pb.h"
#include "kalends/v1/consent_service.grpc.pb.h"
#include "kalends/v1/document_service.grpc.pb.h"
#include "kalends/v1/errors.pb.h"
#include "kalends/v1/feed_service.grpc.pb.h"
#include "kalends/v1/import_service.grpc.pb.h"
#include "kalends/v1/invitation_service.grpc.pb.h"
#include "kalends/v1/link_service.grpc.pb.h"
#include "kalends/v1/note_service.grpc.pb.h"
#include "kalends/v1/notification_service.grpc.pb.h"
#include "kalends/v1/package_service.grpc.pb.h"
#include "kalends/v1/payment_service.grpc.pb.h"
#include "kalends/v1/picture_service.grpc.pb.h"
#include "kalends/v1/privacy_service.grpc.pb.h"
#include "kalends/v1/profile_service.grpc.pb.h"
#include "kalends/v1/provider_service.grpc.pb.h"
#include "kalends/v1/schedule_service.grpc.pb.h"
#include "kalends/v1/session_service.grpc.pb.h"
#include "kalends/v1/statistics_service.grpc.pb.h"
#include "kalends/v1/support_service.grpc.pb.h"
#include "tests/storage/blobs/temporary_directory.h"
#include "tests/support/test_database.h"

namespace kalends::test {

// "SLOT_TAKEN"; "OK" for success; the code's number where an error has no reason.
std::string ReasonOf(const grpc::Status& status);
// The nearest starts offered with a refusal, in Unix seconds.
std::vector<std::int64_t> AlternativesOf(const grpc::Status& status);
// When to try again, as a refusal says; 0 s: it does not say.
std::chrono::seconds RetryDelayOf(const grpc::Status& status);
// What a NOT_FOUND says is missing; empty: it does not say.
std::string MissingOf(const grpc::Status& status);
// The field that an INVALID_FIELD names; empty: none.
std::string FieldOf(const grpc::Status& status);

// The documents that CONSENT_MISSING names.
std::vector<v1::MissingConsents::Document> MissingConsentsOf(const grpc::Status& status);

// An instant from "2026-03-02T09:00:00Z".
core::Instant At(const std::string& text);

class TestServer {
 public:
  using Adjust = std::function<void(server::ServerOptions&)>;
  // Begins at 2026-03-02T08:00:00Z, a Monday. `database` is a file, or in memory. `adjust` changes
  // the options of each start.
  explicit TestServer(std::string database = ":memory:", Adjust adjust = nullptr);

  // Ends the core and starts it anew on the same file. Clients of before are of no use any more.
  void Restart();
  // The same where it may refuse to start: what it says. Nothing runs then.
  absl::Status TryRestart();
  void Stop() { server_.reset(); }

  core::Instant now() const { return core::FromUnixSeconds(now_s_.load()); }
  // Moves the clock and lets the core, if it runs, look at what is due.
  void SetNow(core::Instant now);
  void Advance(std::chrono::seconds by) { SetNow(now() + by); }
  // Sets the clock wrong, or right again: time itself does not go on.
  void JumpClock(std::chrono::seconds by);

  // What lies past the core.
  TestDatabase& home() { return home_; }
  // Where the bytes of documents lie, encrypted.
  const std::filesystem::path& blobs() const { return blobs_.path(); }
  // What it seals with, for who writes to its file beside it.
  const std::shared_ptr<storage::MasterKeys>& master_keys() const { return master_keys_; }
  const std::string& admin_key() const { return admin_key_; }
  std::shared_ptr<grpc::Channel> channel() const { return channel_; }
  std::string address() const;  // HOST:PORT.
  // A further connection.
  std::shared_ptr<grpc::Channel> NewChannel(const grpc::ChannelArguments& arguments) const;

  // Makes a key with these scopes and returns its secret.
  std::string MakeKey(std::vector<v1::Scope> scopes);
  // Makes one like this; its name is "test" unless it has one.
  v1::CreateApiKeyResponse MakeKey(v1::ApiKey key);
  void RevokeKey(const std::string& name);

 private:
  absl::Status Start();
  TestDatabase home_;
  const Adjust adjust_;
  const std::shared_ptr<storage::MasterKeys> master_keys_;
  std::atomic<std::int64_t> now_s_;
  std::atomic<std::int64_t> jumped_s_ = 0;
  std::string admin_key_;
  storage::TemporaryDirectory blobs_;
  std::unique_ptr<server::Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

// Calls with one key, for one account or for nobody. Every call gets a new request_id unless told.
class Client {
 public:
  Client(TestServer& server, std::string key, std::string account = "");

  // Calls `method` of the stub, such as &v1::BookingService::Stub::GetAppointment.
  template <typename Stub, typename Request, typename Response>
  grpc::Status Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                    Request request, Response* response) const {
    Stub stub(channel_);
    grpc::ClientContext context;
    Prepare(context);
    if constexpr (requires { request.set_request_id(""); }) {
      if (request.request_id().empty()) request.set_request_id(NextRequestId());
    }
    return (stub.*method)(&context, request, response);
  }
  // The same where the test does not go on without success.
  template <typename Stub, typename Request, typename Response>
  Response Must(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                const Request& request) const {
    Response response;
    const grpc::Status status = Call(method, request, &response);
    Require(status);
    return response;
  }
  // The reason of the answer, "OK" for success.
  template <typename Stub, typename Request, typename Response>
  std::string Try(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                  const Request& request) const {
    Response response;
    return ReasonOf(Call(method, request, &response));
  }

  void Prepare(grpc::ClientContext& context) const;
  static std::string NextRequestId();
  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }

 private:
  static void Require(const grpc::Status& status);

  std::shared_ptr<grpc::Channel> channel_;
  std::string key_;
  std::string account_;
};

// What most tests begin with: a specialist in Berlin who works 09:00-17:00 from Monday to Friday,
// one service of an hour for 80 EUR, and a customer of theirs.
struct Practice {
  explicit Practice(TestServer& server);

  // Requests `service` at `start` for the customer.
  grpc::Status Request(core::Instant start, v1::Appointment* appointment) const;
  v1::Appointment MustRequest(core::Instant start) const;
  v1::Appointment Accept(const std::string& name) const;
  // Makes one more customer.
  Client NewCustomer(const std::string& identity) const;

  TestServer& server;
  Client admin;
  Client specialist;
  Client customer;
  std::string provider;  // "providers/...".
  std::string service;
  std::string invitation_code;
};

}  // namespace kalends::test
