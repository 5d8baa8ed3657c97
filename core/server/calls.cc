#include "core/server/calls.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <sodium.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cassert>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/operate/log.h"
#include "core/operate/request.h"
#include "core/server/status.h"
#include "kalends/v1/access.pb.h"

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
    case v1::SCOPE_BUSY:
      return core::Scope::kBusy;
    default:
      break;
  }
  return core::Scope::kAdapter;
}

std::string_view MetadataValue(const grpc::ServerContextBase& context, const char* key) {
  const auto found = context.client_metadata().find(key);
  if (found == context.client_metadata().end()) return {};
  return {found->second.data(), found->second.size()};
}

// For whom a call is made, as the metadata says, and how often it says so.
struct AccountNamed {
  std::string_view name;
  std::size_t times;
};
AccountNamed AccountNamedIn(const grpc::ServerContextBase& context) {
  constexpr char kKey[] = "kalends-account";
  return {MetadataValue(context, kKey), context.client_metadata().count(kKey)};
}

core::NamesAccount NamesAccountOf(const v1::Callers& callers) {
  assert(!callers.account_required() || !callers.account_refused());
  if (callers.account_required()) return core::NamesAccount::kMust;
  return callers.account_refused() ? core::NamesAccount::kMustNot : core::NamesAccount::kMay;
}

std::string OutcomeOf(const absl::Status& status) {
  if (status.ok()) return "OK";
  std::string reason = core::ReasonName(status);
  if (!reason.empty()) return reason;
  return absl::IsCancelled(status) ? "CANCELLED" : std::string(NameOf(core::Reason::kInternal));
}

// Of a field that holds one text; empty where there is no such field.
std::string TextOf(const google::protobuf::Message& message, const std::string& name) {
  const auto* field = message.GetDescriptor()->FindFieldByName(name);
  if (field == nullptr || field->is_repeated() ||
      field->type() != google::protobuf::FieldDescriptor::TYPE_STRING) {
    return "";
  }
  return message.GetReflection()->GetString(message, field);
}

// The name of the resource that a message is, or holds: `{api_key: {name: "apiKeys/..."}}`.
std::string NameIn(const google::protobuf::Message& message) {
  std::string name = TextOf(message, "name");
  const auto* descriptor = message.GetDescriptor();
  for (int i = 0; name.empty() && i < descriptor->field_count(); ++i) {
    const auto* field = descriptor->field(i);
    if (field->message_type() == nullptr || field->is_repeated()) continue;
    const auto* reflection = message.GetReflection();
    if (reflection->HasField(message, field)) {
      name = TextOf(reflection->GetMessage(message, field), "name");
    }
  }
  return name;
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

}  // namespace

Method Method::Of(const google::protobuf::MethodDescriptor& descriptor) {
  const v1::Callers& callers = descriptor.options().GetExtension(v1::callers);
  // A method that names no scopes would be closed to all but admins; the contract must say.
  assert(callers.scopes_size() > 0);
  Method method;
  method.name = descriptor.service()->name() + "." + descriptor.name();
  for (const int scope : callers.scopes())
    method.rule.scopes.Add(DecodeScope(static_cast<v1::Scope>(scope)));
  method.rule.names_account = NamesAccountOf(callers);
  method.reading_audited = callers.reading_audited();
  method.numbers = CallNumbers(method.name);
  method.deletes = descriptor.name().starts_with("Delete");
  return method;
}

Calls::Calls(app::Engine& engine, Completions& completions, OnKey on_key)
    : engine_(engine), completions_(completions), on_key_(std::move(on_key)) {}

void Calls::Identify(Context& context, Call& call) {
  call.request_id = operate::RequestIdOf(MetadataValue(context, operate::kRequestIdKey));
  context.AddTrailingMetadata(operate::kRequestIdKey, call.request_id);
}

absl::Status Calls::Admit(const Context& context, Call& call) const {
  ASSIGN_OR_RETURN(const app::KeyRing::Admitted key, KeyOf(context));
  call.credentials.key = key.id;
  call.credentials.scopes = key.scopes;
  const AccountNamed account = AccountNamedIn(context);
  RETURN_IF_ERROR(core::CheckCaller(call.method->rule, key.scopes, account.times > 0));
  // An empty name is a slip, and must not be taken for none: a tool would act for nobody, with all
  // its rights.
  const bool one = account.times == 0 || (account.times == 1 && !account.name.empty());
  if (!one) return core::Error(core::Reason::kAccountUnknown);
  call.credentials.account = account.name;
  return absl::OkStatus();
}

absl::StatusOr<app::KeyRing::Admitted> Calls::KeyOf(const Context& context) const {
  std::string_view credentials = MetadataValue(context, "authorization");
  if (!credentials.starts_with(kBearer)) return core::Error(core::Reason::kMissingKey);
  credentials.remove_prefix(kBearer.size());
  ASSIGN_OR_RETURN(const app::KeyRing::Admitted key, engine_.keys().Admit(credentials));
  if (on_key_) on_key_(context);
  return key;
}

absl::Status Calls::CheckRequestId(std::string_view field, std::string_view id) {
  const bool printable =
      std::all_of(id.begin(), id.end(), [](char c) { return c > ' ' && c < '\x7f'; });
  if (!id.empty() && id.size() <= core::kRequestIdBytesMax && printable) return absl::OkStatus();
  return core::InvalidField(field, "must have 1 to 64 printable ASCII characters");
}

std::string Calls::DigestOf(const Method& method, const google::protobuf::Message& request,
                            std::string_view bytes) {
  const std::string content = (method.name + '\0' + Deterministic(request)).append(bytes);
  std::string digest(kDigestBytes, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(digest.data()), digest.size(),
                     reinterpret_cast<const unsigned char*>(content.data()), content.size(),
                     nullptr, 0);
  return digest;
}

absl::StatusOr<Calls::StreamPlace> Calls::OpenStream(
    const Call& call, const Context* context, std::function<void(const absl::Status& why)> end) {
  return engine_.keys().OpenStream(call.credentials.key,
                                   {std::move(end), [context] { context->TryCancel(); }});
}

void Calls::Audit(app::WriteContext& cx, const Method& method,
                  const google::protobuf::Message& request,
                  const google::protobuf::Message& response) {
  if (!core::IsTool(cx.caller)) return;
  std::string resource = NameIn(response);
  if (resource.empty()) resource = NameIn(request);
  if (resource.empty()) resource = TextOf(request, "parent");
  app::Audit(cx, method.name, resource);
}

absl::Status Calls::AuditReading(const Call& call, const core::Caller& reader,
                                 const google::protobuf::Message& request) {
  if (!call.method->reading_audited || !core::IsTool(reader)) return absl::OkStatus();
  std::string resource = TextOf(request, "name");
  if (resource.empty()) resource = TextOf(request, "parent");
  return engine_.AuditReading(reader, call.method->name, resource);
}

grpc::Status Calls::EndStream(const Call& call, const StreamPlace& place,
                              const absl::Status& status) {
  if (place) place->GiveBack();
  Log(call, status);
  return ToGrpc(status);
}

void Calls::Log(const Call& call, const absl::Status& status) {
  const auto took = std::chrono::steady_clock::now() - call.begun;
  call.method->numbers.Ended(status, took);
  const bool expected = status.ok() || absl::IsCancelled(status);
  const auto level = expected ? spdlog::level::debug : spdlog::level::info;
  if (!spdlog::should_log(level)) return;
  const operate::RequestScope request(call.request_id);
  const std::string code = absl::StatusCodeToString(status.code());
  const std::string reason = status.ok() ? "" : OutcomeOf(status);
  const core::ApiKeyId key = call.credentials.key;
  const std::string key_name = key == core::ApiKeyId() ? "" : "apiKeys/" + key.ToString();
  operate::LogEnded(level, {call.method->name, code, reason, key_name,
                            std::chrono::duration_cast<std::chrono::microseconds>(took)});
}

}  // namespace kalends::server
