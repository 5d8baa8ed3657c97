#include "core/server/chat_server.h"

#include <limits>

#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/server/decode.h"
#include "core/server/encode_talk.h"

namespace kalends::server {
namespace {

constexpr std::string_view kThreads = "providers/*/threads/*";
constexpr std::string_view kMessages = "providers/*/threads/*/messages/*";

absl::Status Send(app::WriteContext& cx, const v1::SendMessageRequest& request,
                  v1::Message* response) {
  ASSIGN_OR_RETURN(const auto key,
                   DecodeLinkName(cx.AsRead(), "parent", kThreads, request.parent()));
  ASSIGN_OR_RETURN(const auto content, DecodeContent(request.message()));
  ASSIGN_OR_RETURN(const auto view, app::SendMessage(cx, key, content));
  Encode(view, response);
  return absl::OkStatus();
}

absl::Status List(const app::ReadContext& cx, const v1::ListMessagesRequest& request,
                  v1::ListMessagesResponse* response) {
  ASSIGN_OR_RETURN(const auto key, DecodeLinkName(cx, "parent", kThreads, request.parent()));
  ASSIGN_OR_RETURN(const int limit, DecodePageSize(request.page_size()));
  const std::string list = "ListMessages " + ThreadName(key);
  ASSIGN_OR_RETURN(const auto place, DecodePageToken(list, request.page_token(), 1));
  std::int64_t before = std::numeric_limits<std::int64_t>::max();
  if (place) {
    ASSIGN_OR_RETURN(before, TokenNumber((*place)[0]));
  }
  ASSIGN_OR_RETURN(const auto views, app::ListMessages(cx, key, before, limit + 1));
  for (const app::MessageView& view : views) {
    if (response->messages_size() == limit) {
      const auto& last = views[static_cast<std::size_t>(limit) - 1];
      response->set_next_page_token(EncodePageToken(list, {std::to_string(last.message.number)}));
      break;
    }
    Encode(view, response->add_messages());
  }
  return absl::OkStatus();
}

absl::Status Mark(app::WriteContext& cx, const v1::MarkReadRequest& request, v1::Thread* response) {
  std::vector<std::string_view> rest;
  ASSIGN_OR_RETURN(const auto key,
                   DecodeLinkName(cx.AsRead(), "name", kMessages, request.name(), &rest));
  const auto number = core::DecodeId(rest[0]);
  if (!number) return BadName("name", kMessages);
  ASSIGN_OR_RETURN(const auto view, app::MarkRead(cx, key, *number));
  Encode(view, response);
  return absl::OkStatus();
}

absl::Status Threads(const app::ReadContext& cx, const v1::ListThreadsRequest& request,
                     v1::ListThreadsResponse* response) {
  std::variant<core::ProviderId, core::AccountId> of;
  const bool of_customer = request.parent().starts_with("accounts/");
  if (of_customer) {
    ASSIGN_OR_RETURN(of, DecodeAccount(cx, "parent", request.parent()));
  } else {
    ASSIGN_OR_RETURN(of, DecodeProvider(cx, "parent", request.parent()));
  }
  ASSIGN_OR_RETURN(const int limit, DecodePageSize(request.page_size()));
  const std::string list = "ListThreads " + request.parent();
  ASSIGN_OR_RETURN(const auto place, DecodePageToken(list, request.page_token(), 2));
  std::optional<storage::ThreadCursor> before;
  if (place) {
    ASSIGN_OR_RETURN(const std::int64_t activity, TokenNumber((*place)[0]));
    ASSIGN_OR_RETURN(const std::int64_t other, TokenNumber((*place)[1]));
    before = storage::ThreadCursor{{activity}, other};
  }
  ASSIGN_OR_RETURN(const auto views, app::ListThreads(cx, of, before, limit + 1));
  for (const app::ThreadView& view : views) {
    if (response->threads_size() == limit) {
      const core::Thread& last = views[static_cast<std::size_t>(limit) - 1].thread;
      const std::int64_t other = of_customer ? last.key.provider.value : last.key.customer.value;
      response->set_next_page_token(
          EncodePageToken(list, {std::to_string(last.activity.value), std::to_string(other)}));
      break;
    }
    Encode(view, response->add_threads());
  }
  return absl::OkStatus();
}

}  // namespace

Calls::Reactor* ChatServer::SendMessage(Calls::Context* context,
                                        const v1::SendMessageRequest* request,
                                        v1::Message* response) {
  return calls_.Write(context, "kalends.v1.ChatService.SendMessage", request, response,
                      [=](app::WriteContext& cx) { return Send(cx, *request, response); });
}

Calls::Reactor* ChatServer::ListMessages(Calls::Context* context,
                                         const v1::ListMessagesRequest* request,
                                         v1::ListMessagesResponse* response) {
  return calls_.Read(context, "kalends.v1.ChatService.ListMessages",
                     [&](const app::ReadContext& cx) { return List(cx, *request, response); });
}

Calls::Reactor* ChatServer::MarkRead(Calls::Context* context, const v1::MarkReadRequest* request,
                                     v1::Thread* response) {
  return calls_.Write(context, "kalends.v1.ChatService.MarkRead", request, response,
                      [=](app::WriteContext& cx) { return Mark(cx, *request, response); });
}

Calls::Reactor* ChatServer::GetThread(Calls::Context* context, const v1::GetThreadRequest* request,
                                      v1::Thread* response) {
  return calls_.Read(
      context, "kalends.v1.ChatService.GetThread", [&](const app::ReadContext& cx) -> absl::Status {
        ASSIGN_OR_RETURN(const auto key, DecodeLinkName(cx, "name", kThreads, request->name()));
        ASSIGN_OR_RETURN(const auto view, app::GetThread(cx, key));
        Encode(view, response);
        return absl::OkStatus();
      });
}

Calls::Reactor* ChatServer::ListThreads(Calls::Context* context,
                                        const v1::ListThreadsRequest* request,
                                        v1::ListThreadsResponse* response) {
  return calls_.Read(context, "kalends.v1.ChatService.ListThreads",
                     [&](const app::ReadContext& cx) { return Threads(cx, *request, response); });
}

}  // namespace kalends::server
