#include "core/server/rpcs.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/impl/rpc_service_method.h>
#include <grpcpp/support/byte_buffer.h>

#include <deque>
#include <set>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/operate/request.h"
#include "core/server/names_in.h"

namespace kalends::server {

using google::protobuf::DescriptorPool;
using google::protobuf::MessageFactory;
using Unread = google::protobuf::MessageLite;

// It registers its methods by the functions that generated services register theirs by.
class Rpcs::Service final : public BoundService {
 public:
  explicit Service(const google::protobuf::ServiceDescriptor& descriptor)
      : descriptor(descriptor) {}

  const std::string& full_name() const override { return descriptor.full_name(); }

  void Add(const MethodDescriptor& method, grpc::internal::MethodHandler* handler) {
    using grpc::internal::RpcMethod;
    const auto type = method.client_streaming()   ? RpcMethod::CLIENT_STREAMING
                      : method.server_streaming() ? RpcMethod::SERVER_STREAMING
                                                  : RpcMethod::NORMAL_RPC;
    paths_.push_back("/" + descriptor.full_name() + "/" + method.name());
    AddMethod(new grpc::internal::RpcServiceMethod(paths_.back().c_str(), type, nullptr));
    MarkMethodRawCallback(static_cast<int>(paths_.size()) - 1, handler);
  }

  const google::protobuf::ServiceDescriptor& descriptor;
  std::set<const MethodDescriptor*> claimed;
  std::deque<Method> methods;

 private:
  std::deque<std::string> paths_;  // gRPC keeps pointers to them.
};

namespace {

grpc::ByteBuffer Serialize(const google::protobuf::Message& message) {
  grpc::ByteBuffer bytes;
  bool own = false;
  grpc::SerializationTraits<Unread>::Serialize(message, &bytes, &own);
  return bytes;
}

grpc::ByteBuffer BufferOf(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return {&slice, 1};
}

}  // namespace

// What the calls of a unary method share.
class Rpcs::Unary {
 public:
  using Reactor = grpc::ServerUnaryReactor;

  Unary(Calls& calls, const Method& method, const MethodDescriptor& descriptor)
      : calls(calls),
        method(method),
        rules_(*descriptor.input_type()),
        request_(*MessageFactory::generated_factory()->GetPrototype(descriptor.input_type())),
        response_(*MessageFactory::generated_factory()->GetPrototype(descriptor.output_type())) {}

  // Lets the caller in and reads the request; nothing of a stranger's is looked at.
  absl::StatusOr<MessagePool::Messages> Begin(const Calls::Context& context,
                                              const grpc::ByteBuffer& bytes,
                                              Calls::Call& call) const {
    RETURN_IF_ERROR(calls.Admit(context, call));
    MessagePool::Messages messages = calls.messages().Get(request_, response_);
    RETURN_IF_ERROR(Parse(bytes, &messages.request()));
    RETURN_IF_ERROR(rules_.CleanAndCheck(messages.request()));
    return messages;
  }

  // Answers a call here and now.
  template <typename Handler>
  Reactor* AnswerNow(Calls::Context* context, const grpc::ByteBuffer& in, grpc::ByteBuffer* out,
                     const Handler& handler) const {
    Calls::Call call{&method};
    Calls::Identify(*context, call);
    const operate::RequestScope request(call.request_id);
    const absl::Status status = [&]() -> absl::Status {
      ASSIGN_OR_RETURN(const auto messages, Begin(*context, in, call));
      RETURN_IF_ERROR(handler(call, messages.request(), &messages.response()));
      *out = Serialize(messages.response());
      return absl::OkStatus();
    }();
    return Finish(context, call, status);
  }

  static Reactor* Finish(Calls::Context* context, const Calls::Call& call,
                         const absl::Status& status) {
    Calls::Log(call, status);
    Reactor* reactor = context->DefaultReactor();
    reactor->Finish(ToGrpc(status));
    return reactor;
  }

  Calls& calls;
  const Method& method;

 private:
  const FieldRules rules_;
  const Message& request_;
  const Message& response_;
};

// One call that writes, until it is answered.
class Rpcs::Writing : public std::enable_shared_from_this<Rpcs::Writing> {
 public:
  Writing(const Unary& unary, const Erased<app::WriteContext&>& handler, const Repeats& repeats,
          Calls::Context* context, grpc::ByteBuffer* out)
      : unary_(unary), handler_(handler), repeats_(repeats), context_(context), out_(out) {}

  Unary::Reactor* Start(const grpc::ByteBuffer& in) {
    Calls::Identify(*context_, call_);
    const operate::RequestScope request(call_.request_id);
    auto messages = unary_.Begin(*context_, in, call_);
    if (!messages.ok()) return Unary::Finish(context_, call_, messages.status());
    return Start(*std::move(messages));
  }

  Unary::Reactor* Start(MessagePool::Messages messages) {
    messages_ = std::move(messages);
    const auto repeatable = RepeatableOf();
    if (!repeatable.ok()) return Unary::Finish(context_, call_, repeatable.status());
    if (repeats_.warm) repeats_.warm(call_, messages_.request());
    Unary::Reactor* reactor = context_->DefaultReactor();
    app::Credentials credentials = call_.credentials;
    unary_.calls.engine().Write(
        std::move(credentials), unary_.method.rule, *repeatable, AnswerOf(),
        [self = shared_from_this(), reactor](absl::Status status) {
          self->unary_.calls.completions().Post(
              [self, reactor, status = std::move(status)] { self->Finish(reactor, status); });
        });
    return reactor;
  }

  Calls::Call& call() { return call_; }

 private:
  absl::StatusOr<std::optional<app::Repeatable>> RepeatableOf() const {
    if (!repeats_.request_id) return std::optional<app::Repeatable>();
    const std::string& id = repeats_.request_id(messages_.request());
    RETURN_IF_ERROR(Calls::CheckRequestId("request_id", id));
    app::Repeatable repeatable{id, Calls::DigestOf(unary_.method, messages_.request()),
                               repeats_.outlives_account};
    if (repeats_.outlives_account) {
      repeatable.digest += app::HashSecret(call_.credentials.account);
    }
    return std::optional<app::Repeatable>(std::move(repeatable));
  }

  // Called on the writer's thread.
  app::Answer AnswerOf() {
    return {[self = shared_from_this()](app::WriteContext& cx) { return self->Make(cx); },
            [self = shared_from_this()] { return self->Keep(); },
            [self = shared_from_this()] { return NamesIn(self->messages_.response()); },
            [self = shared_from_this()](const std::string& kept) { return self->Repeat(kept); },
            unary_.method.deletes};
  }

  // A write whose group could not be committed may be made once more: nothing of before stays.
  absl::Status Make(app::WriteContext& cx) {
    const operate::RequestScope request(call_.request_id);
    messages_.response().Clear();
    wire_.reset();
    RETURN_IF_ERROR(handler_(cx, messages_.request(), &messages_.response()));
    Calls::Audit(cx, unary_.method, messages_.request(), messages_.response());
    return absl::OkStatus();
  }

  // What is kept for a repeat. Mostly that is what goes on the wire, and need not be made twice.
  std::string Keep() {
    if (!repeats_.strip) {
      wire_ = messages_.response().SerializeAsString();
      return *wire_;
    }
    const std::unique_ptr<Message> kept(messages_.response().New());
    kept->CopyFrom(messages_.response());
    repeats_.strip(*kept);
    return kept->SerializeAsString();
  }

  bool Repeat(const std::string& kept) {
    wire_.reset();
    if (!messages_.response().ParseFromString(kept)) return false;
    if (repeats_.restore) repeats_.restore(messages_.request(), messages_.response());
    return true;
  }

  void Finish(Unary::Reactor* reactor, const absl::Status& status) {
    if (status.ok()) {
      *out_ = wire_ ? BufferOf(*wire_) : Serialize(messages_.response());
    }
    Calls::Log(call_, status);
    reactor->Finish(ToGrpc(status));
  }

  const Unary& unary_;
  const Erased<app::WriteContext&>& handler_;
  const Repeats& repeats_;
  Calls::Context* const context_;
  grpc::ByteBuffer* const out_;
  Calls::Call call_{&unary_.method};
  MessagePool::Messages messages_;
  std::optional<std::string> wire_;  // The answer as it is kept, where that is all of it.
};

Rpcs::Rpcs(Calls& calls, const std::string& service) : calls_(calls) {
  const auto* descriptor = DescriptorPool::generated_pool()->FindServiceByName(service);
  if (descriptor == nullptr) {
    Refuse("the contract has no service " + service);
  } else {
    service_ = std::make_unique<Service>(*descriptor);
  }
}

Rpcs::~Rpcs() = default;

const google::protobuf::MethodDescriptor* Rpcs::Claim(const Types& types) {
  if (!service_) return nullptr;
  const auto& service = service_->descriptor;
  for (int i = 0; i < service.method_count(); ++i) {
    const MethodDescriptor* method = service.method(i);
    if (method->input_type() != types.request) continue;
    if ((types.response != nullptr && method->output_type() != types.response) ||
        method->client_streaming() != types.reads_stream ||
        method->server_streaming() != types.writes_stream) {
      Refuse(method->full_name() + " is bound to a function of other types");
      return nullptr;
    }
    if (service_->claimed.insert(method).second) return method;
    Refuse(method->full_name() + " is bound twice");
    return nullptr;
  }
  Refuse(service.full_name() + " has no method that takes a " + types.request->full_name());
  return nullptr;
}

PageFields Rpcs::PagesOf(const MethodDescriptor* method, const google::protobuf::Descriptor& item) {
  if (method == nullptr) return {};
  const auto fields = PageFields::Find(*method->input_type(), *method->output_type(), item);
  if (!fields) Refuse(method->full_name() + " does not list " + item.full_name() + " in pages");
  return fields.value_or(PageFields());
}

void Rpcs::Refuse(const std::string& why) {
  if (wrong_.ok()) wrong_ = absl::InternalError(why);
}

const Method& Rpcs::Keep(const MethodDescriptor& method) {
  return service_->methods.emplace_back(Method::Of(method));
}

template <typename Run>
Rpcs& Rpcs::AddUnary(const MethodDescriptor* method, Run run) {
  if (method == nullptr) return *this;
  service_->Add(
      *method, new grpc::internal::CallbackUnaryHandler<grpc::ByteBuffer, grpc::ByteBuffer>(
                   [run = std::move(run),
                    unary = std::make_shared<const Unary>(calls_, Keep(*method), *method)](
                       Calls::Context* context, const grpc::ByteBuffer* in, grpc::ByteBuffer* out) {
                     return run(*unary, context, *in, out);
                   }));
  return *this;
}

Rpcs& Rpcs::AddStream(const MethodDescriptor* method, grpc::internal::MethodHandler* handler) {
  service_->Add(*method, handler);
  return *this;
}

Rpcs& Rpcs::AddRead(const MethodDescriptor* method, Erased<const app::ReadContext&> handler) {
  return AddUnary(method, [handler = std::move(handler)](
                              const Unary& unary, Calls::Context* context,
                              const grpc::ByteBuffer& in, grpc::ByteBuffer* out) {
    return unary.AnswerNow(
        context, in, out, [&](const Calls::Call& call, const Message& request, Message* response) {
          core::Caller reader;
          RETURN_IF_ERROR(unary.calls.engine().Read(call.credentials, call.method->rule,
                                                    [&](const app::ReadContext& cx) {
                                                      reader = cx.caller;
                                                      return handler(cx, request, response);
                                                    }));
          return unary.calls.AuditReading(call, reader, request);
        });
  });
}

Rpcs& Rpcs::AddAnswer(const MethodDescriptor* method, Erased<const Calls::Call&> handler) {
  return AddUnary(
      method, [handler = std::move(handler)](const Unary& unary, Calls::Context* context,
                                             const grpc::ByteBuffer& in, grpc::ByteBuffer* out) {
        return unary.AnswerNow(context, in, out, handler);
      });
}

Rpcs& Rpcs::AddWrite(const MethodDescriptor* method, Erased<app::WriteContext&> handler,
                     Repeats repeats) {
  return AddUnary(method, [handler = std::move(handler), repeats = std::move(repeats)](
                              const Unary& unary, Calls::Context* context,
                              const grpc::ByteBuffer& in, grpc::ByteBuffer* out) {
    return std::make_shared<Writing>(unary, handler, repeats, context, out)->Start(in);
  });
}

Rpcs& Rpcs::AddWriteUnless(const MethodDescriptor* method, ErasedAsIs as_is,
                           Erased<app::WriteContext&> handler) {
  return AddUnary(method, [as_is = std::move(as_is), handler = std::move(handler),
                           repeats = Repeats()](const Unary& unary, Calls::Context* context,
                                                const grpc::ByteBuffer& in, grpc::ByteBuffer* out) {
    const auto writing = std::make_shared<Writing>(unary, handler, repeats, context, out);
    Calls::Call& call = writing->call();
    Calls::Identify(*context, call);
    const operate::RequestScope request(call.request_id);
    auto messages = unary.Begin(*context, in, call);
    if (!messages.ok()) return Unary::Finish(context, call, messages.status());
    bool answered = false;
    const absl::Status read = unary.calls.engine().Read(
        call.credentials, call.method->rule, [&](const app::ReadContext& cx) -> absl::Status {
          ASSIGN_OR_RETURN(answered, as_is(cx, messages->request(), &messages->response()));
          return absl::OkStatus();
        });
    if (!read.ok()) return Unary::Finish(context, call, read);
    if (!answered) return writing->Start(*std::move(messages));
    *out = Serialize(messages->response());
    return Unary::Finish(context, call, read);
  });
}

absl::Status Rpcs::BeginStream(StreamCall& stream, const grpc::ByteBuffer* bytes,
                               Message* request) {
  Calls::Identify(*stream.context, stream.call);
  RETURN_IF_ERROR(stream.calls.Admit(*stream.context, stream.call));
  if (bytes == nullptr) return absl::OkStatus();
  RETURN_IF_ERROR(Parse(*bytes, request));
  return stream.rules.CleanAndCheck(*request);
}

absl::Status Parse(const grpc::ByteBuffer& bytes, google::protobuf::Message* message) {
  if (bytes.Length() > std::size_t{core::kMessageBytesMax}) {
    return core::LimitReached("message_bytes", core::kMessageBytesMax,
                              fmt::format("A message may have {} bytes.", core::kMessageBytesMax));
  }
  grpc::ByteBuffer copy(bytes);  // Of a pointer: reading empties it.
  if (grpc::SerializationTraits<Unread>::Deserialize(&copy, message).ok()) return absl::OkStatus();
  return core::InvalidField("request",
                            "cannot be read as a " + message->GetDescriptor()->full_name());
}

absl::StatusOr<std::unique_ptr<BoundService>> Rpcs::Build() {
  if (service_) {
    const auto& descriptor = service_->descriptor;
    for (int i = 0; i < descriptor.method_count(); ++i) {
      const MethodDescriptor* method = descriptor.method(i);
      if (!service_->claimed.contains(method)) Refuse(method->full_name() + " is not bound");
    }
  }
  RETURN_IF_ERROR(wrong_);
  return std::unique_ptr<BoundService>(std::move(service_));
}

}  // namespace kalends::server
