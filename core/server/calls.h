// What every call has in common: who asks, what the contract says about the method, the log.
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <grpcpp/server_context.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "core/app/engine.h"
#include "core/server/call_numbers.h"
#include "core/server/completions.h"
#include "core/server/message_pool.h"

namespace kalends::server {

// A method as the contract says: the name that is logged, "CatalogService.GetService", and who may
// call it.
struct Method {
  std::string name;
  core::CallerRule rule;
  bool deletes = false;  // By its name, as AIP has it.
  bool reading_audited = false;
  CallNumbers numbers = {};

  static Method Of(const google::protobuf::MethodDescriptor& descriptor);
};

// Thread-safe.
class Calls {
 public:
  using Context = grpc::CallbackServerContext;
  // Told of each call that shows a key in force.
  using OnKey = std::function<void(const Context& call)>;
  Calls(app::Engine& engine, Completions& completions, OnKey on_key = nullptr);

  app::Engine& engine() { return engine_; }
  Completions& completions() { return completions_; }
  MessagePool& messages() { return messages_; }

  struct Call {
    const Method* method;
    app::Credentials credentials = {};
    std::chrono::steady_clock::time_point begun = std::chrono::steady_clock::now();
    std::string request_id = {};  // What the logs of all processes call it.
  };
  // Takes the call's x-request-id or, where it has none that may stand in a log, makes one, and
  // hands it back in the trailing metadata. The first that is done with a call.
  static void Identify(Context& context, Call& call);
  // Finds out who asks, whether their key may call the method, and whether they name an account as
  // the method wants it. Whether there is that account is found out with what is asked for.
  // Everything before that is a stranger's: UNAUTHENTICATED, RATE_LIMITED, SCOPE_MISSING,
  // ACCOUNT_MISSING, ACCOUNT_NOT_ALLOWED; ACCOUNT_UNKNOWN where no account can have that name.
  absl::Status Admit(const Context& context, Call& call) const;

  // The key that a call shows, which counts as a call of it; UNAUTHENTICATED, RATE_LIMITED.
  absl::StatusOr<app::KeyRing::Admitted> KeyOf(const Context& context) const;

  // 1 to 64 printable ASCII characters: INVALID_FIELD.
  static absl::Status CheckRequestId(std::string_view field, std::string_view id);
  // What tells a request from another one with the same id. `bytes` came beside it: the hash of an
  // upload.
  static std::string DigestOf(const Method& method, const google::protobuf::Message& request,
                              std::string_view bytes = {});

  // A place for a stream of the call's key, to be held as long as it is open. When the key is
  // revoked or expires, `end` is called with the reason (see OpenStreams::Ends), and what has not
  // ended a second later is cancelled. UNKNOWN_KEY, EXPIRED_KEY, LIMIT_REACHED.
  using StreamPlace = std::unique_ptr<app::OpenStreams::Place>;
  absl::StatusOr<StreamPlace> OpenStream(const Call& call, const Context* context,
                                         std::function<void(const absl::Status& why)> end);
  // Ends a stream: its place, where it has one, is free before anybody knows of the end, as callers
  // begin their next stream on that; what the stream is to Finish with. One line is logged.
  static grpc::Status EndStream(const Call& call, const StreamPlace& place,
                                const absl::Status& status);

  // Leaves an audit line of a change that a tool or an operator made, for whomever. Call it inside
  // the write, once it has succeeded.
  static void Audit(app::WriteContext& cx, const Method& method,
                    const google::protobuf::Message& request,
                    const google::protobuf::Message& response);

  // The same of what such a key has read, if the method wants that, before it is answered; it waits
  // for the writer where that is new. STORAGE_FULL, BUSY: nothing may be answered.
  absl::Status AuditReading(const Call& call, const core::Caller& reader,
                            const google::protobuf::Message& request);

  // Counts the call, which has ended so, and leaves one line of it: method, reason, duration, ids
  // of request and key. Successes, and callers who left, at level debug.
  static void Log(const Call& call, const absl::Status& status);

 private:
  app::Engine& engine_;
  Completions& completions_;
  MessagePool messages_;
  const OnKey on_key_;
};

}  // namespace kalends::server
