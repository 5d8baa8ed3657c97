// Binds the methods of a service of the contract to functions, one line each:
//
//   return Rpcs(serving.calls, "kalends.v1.CatalogService")
//       .Write(CreateService)
//       .Read(GetService)
//       .List(ListServices)
//       .Build();
//
// Which method a function answers follows from the type of its request, which belongs to one method
// alone; who may call it, from the option `callers` in the contract. What a function needs beside
// the request comes behind it: `.Write(DeleteDocument, blobs)` calls
// DeleteDocument(cx, request, response, blobs).
#pragma once

#include <google/protobuf/message.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/impl/codegen/server_callback_handlers.h>
#include <grpcpp/impl/service_type.h>
#include <grpcpp/support/server_callback.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "core/server/calls.h"
#include "core/server/field_rules.h"
#include "core/server/listing.h"
#include "core/server/status.h"

namespace kalends::server {

// What a function that answers a method looks like.
template <typename Handler>
struct HandlerTraits : HandlerTraits<decltype(&Handler::operator())> {};
template <typename Answer, typename Cx, typename Req, typename Resp, typename... More>
struct HandlerTraits<Answer (*)(Cx, const Req&, Resp*, More...)> {
  using Request = Req;
  using Response = Resp;
};
template <typename Object, typename Answer, typename Cx, typename Req, typename Resp,
          typename... More>
struct HandlerTraits<Answer (Object::*)(Cx, const Req&, Resp*, More...) const>
    : HandlerTraits<Answer (*)(Cx, const Req&, Resp*, More...)> {};
// Of a list, which may say more than the page.
template <typename Listed, typename Cx, typename Req, typename Resp, typename... More>
struct HandlerTraits<absl::StatusOr<Listed> (*)(Cx, const Req&, Resp*, More...)> {
  using Request = Req;
  using Response = Resp;
  using Item = typename Listed::Item;
};
template <typename Listed, typename Cx, typename Req, typename... More>
struct HandlerTraits<absl::StatusOr<Listed> (*)(Cx, const Req&, More&...)> {
  using Request = Req;
  using Item = typename Listed::Item;
};
template <typename Object, typename Listed, typename Cx, typename Req, typename... More>
struct HandlerTraits<absl::StatusOr<Listed> (Object::*)(Cx, const Req&, More&...) const>
    : HandlerTraits<absl::StatusOr<Listed> (*)(Cx, const Req&, More&...)> {};

// What is kept of an answer for a repeat: `strip` takes out what is not, `restore` puts back what
// the repeated request brings along.
template <typename Handler>
struct KeptOf {
  void (*strip)(typename HandlerTraits<Handler>::Response& kept);
  void (*restore)(const typename HandlerTraits<Handler>::Request& request,
                  typename HandlerTraits<Handler>::Response& kept) = nullptr;
};

// A call that opens a stream. gRPC owns `context`, and keeps it until the stream is done.
struct StreamCall {
  Calls& calls;
  Calls::Context* context;
  Calls::Call call;
  // Of its requests. The one that a stream of answers begins with is checked already; whoever reads
  // requests checks those that are more than bytes.
  const FieldRules& rules;
};

// Reads a message from the wire. INVALID_FIELD: the bytes are none of its type. LIMIT_REACHED: they
// are more than kMessageBytesMax.
absl::Status Parse(const grpc::ByteBuffer& bytes, google::protobuf::Message* message);

// A stream that ends at once with an error.
template <typename Reactor>
class RefusedStream final : public Reactor {
 public:
  explicit RefusedStream(const absl::Status& status) { this->Finish(ToGrpc(status)); }
  void OnDone() override { delete this; }
};

// A service all of whose methods are bound.
class BoundService : public grpc::Service {
 public:
  virtual const std::string& full_name() const = 0;
};

class Rpcs {
 public:
  using Message = google::protobuf::Message;

  // `service`: its full name in the contract.
  Rpcs(Calls& calls, const std::string& service);
  ~Rpcs();

  // absl::Status Handler(const app::ReadContext&, const Request&, Response*, More&...), inside one
  // snapshot.
  template <typename Handler, typename... More>
  Rpcs& Read(Handler handler, More&... more) {
    return AddRead(MethodOf<Handler>(), Erase<const app::ReadContext&>(handler, more...));
  }

  // absl::StatusOr<Listing<...>> Handler(const app::ReadContext&, const Request&, More&...): which
  // list is asked for; the page of it is looked after here. With a Response* behind the request it
  // may tell there what is not of the page.
  template <typename Handler, typename... More>
  Rpcs& List(Handler handler, More&... more) {
    using Traits = HandlerTraits<Handler>;
    using Request = typename Traits::Request;
    const auto* method = Claim({Request::descriptor()});
    const auto fields = PagesOf(method, *Traits::Item::descriptor());
    return AddRead(method,
                   [=, &more...](const app::ReadContext& cx, const Message& message,
                                 Message* response) -> absl::Status {
                     const auto& request = static_cast<const Request&>(message);
                     const auto list = [&] {
                       if constexpr (requires { typename Traits::Response; }) {
                         using Response = typename Traits::Response;
                         return handler(cx, request, static_cast<Response*>(response), more...);
                       } else {
                         return handler(cx, request, more...);
                       }
                     };
                     ASSIGN_OR_RETURN(const auto listing, list());
                     return AnswerPage(cx, listing, fields, request, response);
                   });
  }

  // absl::Status Handler(const Calls::Call&, const Request&, Response*, More&...), which reads by
  // itself, in parts.
  template <typename Handler, typename... More>
  Rpcs& Answer(Handler handler, More&... more) {
    return AddAnswer(MethodOf<Handler>(), Erase<const Calls::Call&>(handler, more...));
  }

  // absl::Status Handler(app::WriteContext&, const Request&, Response*, More&...). The request has
  // a request_id, by which a repeat gets the first answer.
  template <typename Handler, typename... More>
  Rpcs& Write(Handler handler, More&... more) {
    Repeats repeats;
    repeats.request_id = RequestIdOf<Handler>();
    return AddWrite(MethodOf<Handler>(), Erase<app::WriteContext&>(handler, more...), repeats);
  }
  // The same, where the write would else read much while all others wait for it: `warm(const
  // Calls::Call&, const Request&, More&...)` reads it into memory, on the caller's thread, before
  // the write is queued. It answers nothing, and what it finds decides nothing.
  template <typename Warm, typename Handler, typename... More>
  Rpcs& WriteWarmed(Warm warm, Handler handler, More&... more) {
    using Request = typename HandlerTraits<Handler>::Request;
    Repeats repeats;
    repeats.request_id = RequestIdOf<Handler>();
    repeats.warm = [warm, &more...](const Calls::Call& call, const Message& request) {
      warm(call, static_cast<const Request&>(request), more...);
    };
    return AddWrite(MethodOf<Handler>(), Erase<app::WriteContext&>(handler), repeats);
  }
  // The same where a part of the answer is not kept for a repeat: what is shown once, what is
  // private.
  template <typename Handler, typename... More>
  Rpcs& WriteKeeping(KeptOf<Handler> kept, Handler handler, More&... more) {
    using Request = typename HandlerTraits<Handler>::Request;
    using Response = typename HandlerTraits<Handler>::Response;
    Repeats repeats;
    repeats.request_id = RequestIdOf<Handler>();
    repeats.strip = [kept](Message& answer) { kept.strip(static_cast<Response&>(answer)); };
    if (kept.restore != nullptr) {
      repeats.restore = [kept](const Message& request, Message& answer) {
        kept.restore(static_cast<const Request&>(request), static_cast<Response&>(answer));
      };
    }
    return AddWrite(MethodOf<Handler>(), Erase<app::WriteContext&>(handler, more...), repeats);
  }
  // The same for a method after which the account of the metadata may be gone: a repeat is answered
  // all the same, and its ids are those of the key.
  template <typename Handler, typename... More>
  Rpcs& WriteOutlivingAccount(Handler handler, More&... more) {
    Repeats repeats;
    repeats.request_id = RequestIdOf<Handler>();
    repeats.outlives_account = true;
    return AddWrite(MethodOf<Handler>(), Erase<app::WriteContext&>(handler, more...), repeats);
  }
  // The same for methods that are idempotent by themselves and have no request_id.
  template <typename Handler, typename... More>
  Rpcs& WriteOnce(Handler handler, More&... more) {
    return AddWrite(MethodOf<Handler>(), Erase<app::WriteContext&>(handler, more...), {});
  }
  // A write that most calls do not need: first `as_is` reads, and answers true if that was all.
  // Both run without the account of the metadata, which may not exist yet.
  template <typename AsIs, typename Handler>
  Rpcs& WriteUnless(AsIs as_is, Handler handler) {
    using Request = typename HandlerTraits<Handler>::Request;
    using Response = typename HandlerTraits<Handler>::Response;
    return AddWriteUnless(
        MethodOf<Handler>(),
        [as_is](const app::ReadContext& cx, const Message& request, Message* response) {
          return as_is(cx, static_cast<const Request&>(request), static_cast<Response*>(response));
        },
        Erase<app::WriteContext&>(handler));
  }

  template <typename Response>
  using WriteReactor = grpc::ServerWriteReactor<Response>;
  // A stream of answers. `open` is called for whom Calls::Admit lets in.
  template <typename Request, typename Response>
  Rpcs& WriteStream(
      std::function<absl::StatusOr<WriteReactor<Response>*>(const StreamCall&, Request)> open);

  // Reads bytes, for Parse: to gRPC, what is no message would be the end of the stream.
  using ReadReactor = grpc::ServerReadReactor<grpc::ByteBuffer>;
  // A stream of requests, with one answer.
  template <typename Request, typename Response>
  Rpcs& ReadStream(std::function<absl::StatusOr<ReadReactor*>(const StreamCall&, Response*)> open);

  // The service. INTERNAL, with a sentence for who writes the lines, where the contract has no such
  // service, or a method is missing, bound twice, or of other types.
  absl::StatusOr<std::unique_ptr<BoundService>> Build();

 private:
  template <typename Cx>
  using Erased = std::function<absl::Status(Cx, const Message&, Message*)>;
  using ErasedAsIs =
      std::function<absl::StatusOr<bool>(const app::ReadContext&, const Message&, Message*)>;
  using MethodDescriptor = google::protobuf::MethodDescriptor;

  struct Types {
    const google::protobuf::Descriptor* request;
    const google::protobuf::Descriptor* response = nullptr;  // nullptr: as the contract says.
    bool reads_stream = false;
    bool writes_stream = false;
  };
  struct Repeats {
    std::function<const std::string&(const Message&)> request_id = nullptr;
    bool outlives_account = false;
    std::function<void(Message&)> strip = nullptr;
    std::function<void(const Message&, Message&)> restore = nullptr;
    std::function<void(const Calls::Call&, const Message&)> warm = nullptr;
  };
  class Service;
  class Unary;
  class Writing;

  template <typename Handler>
  const MethodDescriptor* MethodOf() {
    using Traits = HandlerTraits<Handler>;
    return Claim({Traits::Request::descriptor(), Traits::Response::descriptor()});
  }
  template <typename Handler>
  static auto RequestIdOf() {
    using Request = typename HandlerTraits<Handler>::Request;
    return [](const Message& request) -> const std::string& {
      return static_cast<const Request&>(request).request_id();
    };
  }
  template <typename Cx, typename Handler, typename... More>
  static Erased<Cx> Erase(Handler handler, More&... more) {
    using Request = typename HandlerTraits<Handler>::Request;
    using Response = typename HandlerTraits<Handler>::Response;
    return [handler, &more...](Cx cx, const Message& request, Message* response) -> absl::Status {
      return handler(cx, static_cast<const Request&>(request), static_cast<Response*>(response),
                     more...);
    };
  }

  // The method with these types; nullptr: none is left, which Build will say.
  const MethodDescriptor* Claim(const Types& types);
  PageFields PagesOf(const MethodDescriptor* method, const google::protobuf::Descriptor& item);
  // Each does nothing without a method.
  Rpcs& AddRead(const MethodDescriptor* method, Erased<const app::ReadContext&> handler);
  Rpcs& AddAnswer(const MethodDescriptor* method, Erased<const Calls::Call&> handler);
  Rpcs& AddWrite(const MethodDescriptor* method, Erased<app::WriteContext&> handler,
                 Repeats repeats);
  Rpcs& AddWriteUnless(const MethodDescriptor* method, ErasedAsIs as_is,
                       Erased<app::WriteContext&> handler);
  template <typename Run>
  Rpcs& AddUnary(const MethodDescriptor* method, Run run);
  Rpcs& AddStream(const MethodDescriptor* method, grpc::internal::MethodHandler* handler);
  void Refuse(const std::string& why);
  const Method& Keep(const MethodDescriptor& method);

  // Begins a stream: lets the caller in, reads the request that it begins with, if it does.
  static absl::Status BeginStream(StreamCall& stream, const grpc::ByteBuffer* bytes,
                                  Message* request);

  Calls& calls_;
  std::unique_ptr<Service> service_;
  absl::Status wrong_;
};

template <typename Request, typename Response>
Rpcs& Rpcs::WriteStream(
    std::function<absl::StatusOr<WriteReactor<Response>*>(const StreamCall&, Request)> open) {
  const auto* descriptor = Claim({Request::descriptor(), Response::descriptor(), false, true});
  if (descriptor == nullptr) return *this;
  const auto begin =
      [&calls = calls_, &method = Keep(*descriptor),
       rules = std::make_shared<const FieldRules>(*Request::descriptor()), open = std::move(open)](
          Calls::Context* context, const grpc::ByteBuffer* bytes) -> WriteReactor<Response>* {
    StreamCall stream{calls, context, {&method}, *rules};
    Request request;
    absl::Status status = BeginStream(stream, bytes, &request);
    if (status.ok()) {
      const auto reactor = open(stream, std::move(request));
      if (reactor.ok()) return *reactor;
      status = reactor.status();
    }
    Calls::Log(stream.call, status);
    return new RefusedStream<WriteReactor<Response>>(status);
  };
  return AddStream(
      descriptor,
      new grpc::internal::CallbackServerStreamingHandler<grpc::ByteBuffer, Response>(begin));
}

template <typename Request, typename Response>
Rpcs& Rpcs::ReadStream(
    std::function<absl::StatusOr<ReadReactor*>(const StreamCall&, Response*)> open) {
  const auto* descriptor = Claim({Request::descriptor(), Response::descriptor(), true, false});
  if (descriptor == nullptr) return *this;
  const auto begin = [&calls = calls_, &method = Keep(*descriptor),
                      rules = std::make_shared<const FieldRules>(*Request::descriptor()),
                      open = std::move(open)](Calls::Context* context,
                                              Response* response) -> ReadReactor* {
    StreamCall stream{calls, context, {&method}, *rules};
    absl::Status status = BeginStream(stream, nullptr, nullptr);
    if (status.ok()) {
      const auto reactor = open(stream, response);
      if (reactor.ok()) return *reactor;
      status = reactor.status();
    }
    Calls::Log(stream.call, status);
    return new RefusedStream<ReadReactor>(status);
  };
  return AddStream(
      descriptor,
      new grpc::internal::CallbackClientStreamingHandler<grpc::ByteBuffer, Response>(begin));
}

}  // namespace kalends::server
