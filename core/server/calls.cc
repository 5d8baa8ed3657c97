#include "core/server/calls.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <sodium.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cassert>
#include <set>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/server/status.h"
#include "kalends/v1/access.pb.h"
#include "kalends/v1/account_service.pb.h"
#include "kalends/v1/admin_service.pb.h"
#include "kalends/v1/booking_service.pb.h"
#include "kalends/v1/catalog_service.pb.h"
#include "kalends/v1/chat_service.pb.h"
#include "kalends/v1/consent_service.pb.h"
#include "kalends/v1/document_service.pb.h"
#include "kalends/v1/invitation_service.pb.h"
#include "kalends/v1/link_service.pb.h"
#include "kalends/v1/notification_service.pb.h"
#include "kalends/v1/payment_service.pb.h"
#include "kalends/v1/privacy_service.pb.h"
#include "kalends/v1/profile_service.pb.h"
#include "kalends/v1/provider_service.pb.h"
#include "kalends/v1/schedule_service.pb.h"
#include "kalends/v1/session_service.pb.h"
#include "kalends/v1/support_service.pb.h"

namespace kalends::server {
namespace {

constexpr std::string_view kBearer = "Bearer ";
constexpr std::size_t kDigestBytes = 16;

core::Scope DecodeScope(v1::Scope scope) {
  switch (scope) {
    case v1::SCOPE_WEB:
      return core::Scope::kWeb;
    case v1::SCOPE_TOOL_READ:
      return core::Scope::kToolRead;
    case v1::SCOPE_TOOL_WRITE:
      return core::Scope::kToolWrite;
    case v1::SCOPE_ADMIN:
      return core::Scope::kAdmin;
    default:
      break;
  }
  return core::Scope::kAdapter;
}

Method DecodeMethod(const google::protobuf::MethodDescriptor& descriptor) {
  const v1::Callers& callers = descriptor.options().GetExtension(v1::callers);
  // A method that names no scopes would be closed to all but admins; the contract must say.
  assert(callers.scopes_size() > 0);
  Method method;
  method.name = descriptor.service()->name() + "." + descriptor.name();
  for (const int scope : callers.scopes())
    method.rule.scopes.Add(DecodeScope(static_cast<v1::Scope>(scope)));
  method.rule.account_required = callers.account_required();
  return method;
}

std::string_view MetadataValue(const grpc::ServerContextBase& context, const char* key) {
  const auto found = context.client_metadata().find(key);
  if (found == context.client_metadata().end()) return {};
  return {found->second.data(), found->second.size()};
}

}  // namespace

absl::Status Calls::CheckRequestId(std::string_view field, std::string_view id) {
  const bool printable =
      std::all_of(id.begin(), id.end(), [](char c) { return c > ' ' && c < '\x7f'; });
  if (!id.empty() && id.size() <= core::kRequestIdBytesMax && printable) return absl::OkStatus();
  return core::InvalidField(field, "must have 1 to 64 printable ASCII characters");
}

absl::Status Calls::CheckScopes(const Call& call) {
  return core::CheckCaller({call.method->rule.scopes, false},
                           {call.credentials.key, call.credentials.scopes, std::nullopt});
}

absl::StatusOr<Calls::StreamPlace> Calls::OpenStream(
    const Call& call, const Context* context, std::function<void(const absl::Status& why)> end) {
  return engine_.keys().OpenStream(call.credentials.key,
                                   {std::move(end), [context] { context->TryCancel(); }});
}

namespace {

std::string OutcomeOf(const absl::Status& status) {
  if (status.ok()) return "OK";
  const std::string reason = core::ReasonName(status);
  if (!reason.empty()) return reason;
  return absl::IsCancelled(status) ? "CANCELLED" : std::string(NameOf(core::Reason::kInternal));
}

std::string Deterministic(const google::protobuf::Message& message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  message.SerializeToCodedStream(&coded);
  coded.Trim();
  return bytes;
}

// `bytes` is what came beside the request: the hash of an upload.
std::string DigestOf(const Method& method, const google::protobuf::Message& request,
                     std::string_view bytes = {}) {
  const std::string content = (method.name + '\0' + Deterministic(request)).append(bytes);
  std::string digest(kDigestBytes, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(digest.data()), digest.size(),
                     reinterpret_cast<const unsigned char*>(content.data()), content.size(),
                     nullptr, 0);
  return digest;
}

}  // namespace

Calls::Calls(app::Engine& engine, Completions& completions, OnKey on_key)
    : engine_(engine), completions_(completions), on_key_(std::move(on_key)) {
  for (const google::protobuf::FileDescriptor* file :
       {v1::Account::descriptor()->file(), v1::ApiKey::descriptor()->file(),
        v1::Appointment::descriptor()->file(), v1::Service::descriptor()->file(),
        v1::ConsentDocument::descriptor()->file(), v1::Document::descriptor()->file(),
        v1::Invitation::descriptor()->file(), v1::Notification::descriptor()->file(),
        v1::Profile::descriptor()->file(), v1::Provider::descriptor()->file(),
        v1::Schedule::descriptor()->file(), v1::Session::descriptor()->file(),
        v1::Thread::descriptor()->file(), v1::Ticket::descriptor()->file(),
        v1::Payment::descriptor()->file(), v1::Link::descriptor()->file(),
        v1::AccountDeletionPreview::descriptor()->file()}) {
    for (int s = 0; s < file->service_count(); ++s) {
      for (int m = 0; m < file->service(s)->method_count(); ++m) {
        const auto& descriptor = *file->service(s)->method(m);
        methods_.emplace(descriptor.full_name(), DecodeMethod(descriptor));
      }
    }
  }
}

std::vector<std::string> Calls::Services() const {
  std::set<std::string> services;
  for (const auto& [name, method] : methods_) services.emplace(name.substr(0, name.rfind('.')));
  return {services.begin(), services.end()};
}

absl::StatusOr<Calls::Call> Calls::Begin(const Context& context, std::string_view method) const {
  const auto found = methods_.find(method);
  assert(found != methods_.end());
  Call call{&found->second, {}, std::chrono::steady_clock::now()};
  ASSIGN_OR_RETURN(const app::KeyRing::Admitted key, KeyOf(context));
  call.credentials.key = key.id;
  call.credentials.scopes = key.scopes;
  call.credentials.account = MetadataValue(context, "kalends-account");
  return call;
}

absl::StatusOr<app::KeyRing::Admitted> Calls::KeyOf(const Context& context) const {
  std::string_view credentials = MetadataValue(context, "authorization");
  if (!credentials.starts_with(kBearer)) return core::Error(core::Reason::kMissingKey);
  credentials.remove_prefix(kBearer.size());
  ASSIGN_OR_RETURN(const app::KeyRing::Admitted key, engine_.keys().Admit(credentials));
  if (on_key_) on_key_(context.peer());
  return key;
}

Calls::Reactor* Calls::Read(Context* context, std::string_view method,
                            const std::function<absl::Status(const app::ReadContext&)>& use_case) {
  const auto call = Begin(*context, method);
  if (!call.ok()) return Finish(context, method, call.status());
  const absl::Status status = engine_.Read(call->credentials, call->method->rule, use_case);
  Log(*call, status);
  Reactor* reactor = context->DefaultReactor();
  reactor->Finish(ToGrpc(status));
  return reactor;
}

Calls::Reactor* Calls::Answer(Context* context, std::string_view method,
                              const std::function<absl::Status(const Call&)>& handler) const {
  const auto call = Begin(*context, method);
  if (!call.ok()) return Finish(context, method, call.status());
  const absl::Status status = handler(*call);
  Log(*call, status);
  Reactor* reactor = context->DefaultReactor();
  reactor->Finish(ToGrpc(status));
  return reactor;
}

Calls::Reactor* Calls::WriteMessage(Context* context, std::string_view method, const Repeat& repeat,
                                    app::Answer answer) {
  auto call = Begin(*context, method);
  if (!call.ok()) return Finish(context, method, call.status());
  if (const absl::Status valid = CheckRequestId("request_id", repeat.request_id); !valid.ok()) {
    return Finish(context, method, valid);
  }
  app::Repeatable repeatable{repeat.request_id, DigestOf(*call->method, *repeat.request),
                             repeat.outlives_account};
  if (repeat.outlives_account) repeatable.digest += app::HashSecret(call->credentials.account);
  Reactor* reactor = context->DefaultReactor();
  Submit(reactor, *std::move(call), std::move(repeatable), std::move(answer));
  return reactor;
}

Calls::Reactor* Calls::WriteOnce(Context* context, std::string_view method,
                                 std::function<absl::Status(app::WriteContext&)> use_case) {
  auto call = Begin(*context, method);
  if (!call.ok()) return Finish(context, method, call.status());
  Reactor* reactor = context->DefaultReactor();
  Submit(reactor, *std::move(call), std::nullopt, {std::move(use_case), nullptr, nullptr});
  return reactor;
}

Calls::Reactor* Calls::WriteForNobody(Context* context, std::string_view method,
                                      std::function<absl::Status(app::WriteContext&)> use_case) {
  auto call = Begin(*context, method);
  if (!call.ok()) return Finish(context, method, call.status());
  call->credentials.account.clear();
  Reactor* reactor = context->DefaultReactor();
  Submit(reactor, *std::move(call), std::nullopt, {std::move(use_case), nullptr, nullptr});
  return reactor;
}

void Calls::WriteUpload(const Call& call, const Upload& upload, app::Answer answer,
                        std::function<void(absl::Status)> done) {
  app::Repeatable repeatable{upload.request_id,
                             DigestOf(*call.method, *upload.header, upload.sha256)};
  engine_.Write(call.credentials, call.method->rule, std::move(repeatable), std::move(answer),
                [this, done = std::move(done)](absl::Status status) {
                  completions_.Post([done, status = std::move(status)] { done(status); });
                });
}

app::Answer Calls::AnswerOf(google::protobuf::Message* response,
                            std::function<absl::Status(app::WriteContext&)> use_case) {
  return {std::move(use_case), [response] { return response->SerializeAsString(); },
          [response](const std::string& bytes) { return response->ParseFromString(bytes); }};
}

void Calls::Submit(Reactor* reactor, Call call, std::optional<app::Repeatable> repeatable,
                   app::Answer answer) {
  app::Credentials credentials = call.credentials;
  const core::CallerRule rule = call.method->rule;
  engine_.Write(std::move(credentials), rule, std::move(repeatable), std::move(answer),
                [this, reactor, call = std::move(call)](absl::Status status) {
                  completions_.Post([reactor, call, status = std::move(status)] {
                    Log(call, status);
                    reactor->Finish(ToGrpc(status));
                  });
                });
}

Calls::Reactor* Calls::Finish(Context* context, std::string_view method,
                              const absl::Status& status) const {
  LogRefused(method, status);
  Reactor* reactor = context->DefaultReactor();
  reactor->Finish(ToGrpc(status));
  return reactor;
}

void Calls::Log(const Call& call, const absl::Status& status) {
  const bool expected = status.ok() || absl::IsCancelled(status);
  const auto level = expected ? spdlog::level::debug : spdlog::level::info;
  if (!spdlog::should_log(level)) return;
  const auto elapsed = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - call.begun);
  spdlog::log(level, "{} {} {} us", call.method->name, OutcomeOf(status), elapsed.count());
}

void Calls::LogRefused(std::string_view method, const absl::Status& status) const {
  Log({&methods_.at(method), {}, std::chrono::steady_clock::now()}, status);
}

}  // namespace kalends::server
