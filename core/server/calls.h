// From an RPC to a use case and back: authenticate, check the method's rule, run, answer, log.
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "absl/status/statusor.h"
#include "core/app/engine.h"
#include "core/server/completions.h"

namespace kalends::server {

// A method as its descriptor says: the name that is logged, and who may call it.
struct Method {
  std::string name;
  core::CallerRule rule;
};

// Thread-safe. Handlers run on gRPC's threads; a write is answered by the completion thread after
// its commit.
class Calls {
 public:
  // Told of each call that shows a key in force: the peer, as gRPC names it.
  using OnKey = std::function<void(const std::string& peer)>;
  Calls(app::Engine& engine, Completions& completions, OnKey on_key = nullptr);

  app::Engine& engine() { return engine_; }

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  // The full names of the contract's services, in order.
  std::vector<std::string> Services() const;

  // Who asks, and by which method; UNAUTHENTICATED. `method` is such as
  // "kalends.v1.BookingService.GetAppointment"; every method of the contract is known.
  struct Call {
    const Method* method;
    app::Credentials credentials;
    std::chrono::steady_clock::time_point begun;
  };
  absl::StatusOr<Call> Begin(const Context& context, std::string_view method) const;

  // The key that a call shows, which counts as a call of it; UNAUTHENTICATED, RATE_LIMITED.
  absl::StatusOr<app::KeyRing::Admitted> KeyOf(const Context& context) const;

  // Runs a reading use case inside one snapshot.
  Reactor* Read(Context* context, std::string_view method,
                const std::function<absl::Status(const app::ReadContext&)>& use_case);

  // Runs a handler that reads by itself, in parts.
  Reactor* Answer(Context* context, std::string_view method,
                  const std::function<absl::Status(const Call&)>& handler) const;

  // Runs a writing use case that fills `response`. `request` has a request_id.
  template <typename Request, typename Response>
  Reactor* Write(Context* context, std::string_view method, const Request* request,
                 Response* response, std::function<absl::Status(app::WriteContext&)> use_case) {
    return WriteMessage(context, method, {request->request_id(), request},
                        AnswerOf(response, std::move(use_case)));
  }
  // The same for a method after which the account of the metadata may be gone: a repeat is answered
  // all the same, and its ids are those of the key.
  template <typename Request, typename Response>
  Reactor* WriteOutlivingAccount(Context* context, std::string_view method, const Request* request,
                                 Response* response,
                                 std::function<absl::Status(app::WriteContext&)> use_case) {
    return WriteMessage(context, method, {request->request_id(), request, true},
                        AnswerOf(response, std::move(use_case)));
  }
  // The same for methods that are idempotent by themselves and have no request_id.
  Reactor* WriteOnce(Context* context, std::string_view method,
                     std::function<absl::Status(app::WriteContext&)> use_case);

  // The same, without the account of the metadata, which may not exist yet.
  Reactor* WriteForNobody(Context* context, std::string_view method,
                          std::function<absl::Status(app::WriteContext&)> use_case);

  struct Repeat {
    std::string request_id;
    const google::protobuf::Message* request;
    bool outlives_account = false;
  };
  Reactor* WriteMessage(Context* context, std::string_view method, const Repeat& repeat,
                        app::Answer answer);
  static app::Answer AnswerOf(google::protobuf::Message* response,
                              std::function<absl::Status(app::WriteContext&)> use_case);

  // Runs the write that ends an upload; `done` is called on the completion thread. The request is
  // the header and the bytes together: a repeat brings both again.
  struct Upload {
    std::string request_id;  // Checked.
    const google::protobuf::Message* header;
    std::string sha256;
  };
  void WriteUpload(const Call& call, const Upload& upload, app::Answer answer,
                   std::function<void(absl::Status)> done);
  // 1 to 64 printable ASCII characters: INVALID_FIELD.
  static absl::Status CheckRequestId(std::string_view field, std::string_view id);
  // Whether the key may call the method, whoever it acts for: SCOPE_MISSING. For streams, which
  // take a place before they look at anything.
  static absl::Status CheckScopes(const Call& call);
  // A place for a stream of the call's key, to be held as long as it is open. When the key is
  // revoked or expires, `end` is called with the reason (see OpenStreams::Ends), and what has not
  // ended a second later is cancelled. UNKNOWN_KEY, EXPIRED_KEY, LIMIT_REACHED.
  using StreamPlace = std::unique_ptr<app::OpenStreams::Place>;
  absl::StatusOr<StreamPlace> OpenStream(const Call& call, const Context* context,
                                         std::function<void(const absl::Status& why)> end);

  // Ends a call at once.
  Reactor* Finish(Context* context, std::string_view method, const absl::Status& status) const;
  // One line per call: method, reason, duration. Successes, and callers who left, at level debug.
  static void Log(const Call& call, const absl::Status& status);
  // The same for a call that could not even begin.
  void LogRefused(std::string_view method, const absl::Status& status) const;

 private:
  void Submit(Reactor* reactor, Call call, std::optional<app::Repeatable> repeatable,
              app::Answer answer);

  app::Engine& engine_;
  Completions& completions_;
  const OnKey on_key_;
  std::unordered_map<std::string_view, Method> methods_;
};

}  // namespace kalends::server
