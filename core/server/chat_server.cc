
#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/server/chat.h"
#include "core/server/chat_content.h"
#include "core/server/decode.h"
#include "core/server/encode.h"
#include "core/server/links.h"
#include "core/server/privacy_export_walks.h"
#include "core/server/services.h"

namespace kalends::server {

std::string MessageName(const core::LinkKey& thread, std::int64_t number) {
  return LinkName(thread) + "/messages/" + core::EncodeId(number);
}

namespace {

constexpr std::string_view kThread = "providers/*/links/*/thread";
constexpr std::string_view kMessages = "providers/*/links/*/messages/*";

absl::Status SendMessage(app::WriteContext& cx, const v1::SendMessageRequest& request,
                         v1::Message* response) {
  ASSIGN_OR_RETURN(const auto key, DecodeLink(cx.AsRead(), "parent", request.parent()));
  ASSIGN_OR_RETURN(const auto content, DecodeContent(request.message()));
  ASSIGN_OR_RETURN(const auto view, app::SendMessage(cx, key, content, request.channel_key()));
  Encode(view, response);
  return absl::OkStatus();
}

// A message by its place.
absl::StatusOr<storage::MessageRef> DecodeMessage(const app::ReadContext& cx,
                                                  const std::string& name) {
  std::vector<std::string_view> rest;
  ASSIGN_OR_RETURN(const auto key, DecodeLinkName(cx, "name", kMessages, name, &rest));
  const auto number = core::DecodeId(rest[0]);
  if (!number) return BadName("name", kMessages);
  return storage::MessageRef{key, *number};
}

absl::Status EditMessage(app::WriteContext& cx, const v1::EditMessageRequest& request,
                         v1::Message* response) {
  app::MessageWhich which = request.channel_key();
  if (!request.has_channel_key()) {
    ASSIGN_OR_RETURN(which, DecodeMessage(cx.AsRead(), request.name()));
  }
  ASSIGN_OR_RETURN(const auto content, DecodeContent(request.message()));
  ASSIGN_OR_RETURN(const auto view, app::EditMessage(cx, which, content));
  Encode(view, response);
  return absl::OkStatus();
}

MessageVersionListing VersionsOf(const core::LinkKey& thread) {
  return {[=](const app::ReadContext& cx, const auto& after, int limit) {
            return app::ListMessageVersions(cx, thread, after, limit);
          },
          PlaceOfVersion,
          [=](const app::ReadContext&, const app::MessageVersionView& view,
              v1::MessageVersion* message) {
            EncodeVersion(MessageName(thread, view.version.number), view, message);
          }};
}

absl::StatusOr<MessageVersionListing> ListMessageVersions(
    const app::ReadContext& cx, const v1::ListMessageVersionsRequest& request) {
  ASSIGN_OR_RETURN(const auto key, DecodeLink(cx, "parent", request.parent()));
  return VersionsOf(key);
}

absl::StatusOr<MessageListing> ListMessages(const app::ReadContext& cx,
                                            const v1::ListMessagesRequest& request) {
  ASSIGN_OR_RETURN(const auto key, DecodeLink(cx, "parent", request.parent()));
  return MessagesOf(key);
}

absl::Status MarkRead(app::WriteContext& cx, const v1::MarkReadRequest& request,
                      v1::Thread* response) {
  ASSIGN_OR_RETURN(const auto ref, DecodeMessage(cx.AsRead(), request.name()));
  ASSIGN_OR_RETURN(const auto view, app::MarkRead(cx, ref.thread, ref.number));
  Encode(view, response);
  return absl::OkStatus();
}

using ThreadListing = Listing<app::ThreadView, storage::ThreadCursor, v1::Thread>;
absl::StatusOr<ThreadListing> ListThreads(const app::ReadContext& cx,
                                          const v1::ListThreadsRequest& request) {
  std::variant<core::ProviderId, core::AccountId> of;
  const bool of_customer = request.parent().starts_with("accounts/");
  if (of_customer) {
    ASSIGN_OR_RETURN(of, DecodeAccount(cx, "parent", request.parent()));
  } else {
    ASSIGN_OR_RETURN(of, DecodeProvider(cx, "parent", request.parent()));
  }
  return ThreadListing{
      [=](const app::ReadContext& read, const auto& before, int limit) {
        return app::ListThreads(read, of, before, limit);
      },
      [=](const app::ThreadView& view) {
        const core::LinkKey& key = view.thread.key;
        return storage::ThreadCursor{view.thread.activity,
                                     of_customer ? key.provider.value : key.customer.value};
      },
      [](const app::ReadContext&, const app::ThreadView& view, v1::Thread* message) {
        Encode(view, message);
      }};
}

absl::Status GetThread(const app::ReadContext& cx, const v1::GetThreadRequest& request,
                       v1::Thread* response) {
  ASSIGN_OR_RETURN(const auto key, DecodeLinkName(cx, "name", kThread, request.name()));
  ASSIGN_OR_RETURN(const auto view, app::GetThread(cx, key));
  Encode(view, response);
  return absl::OkStatus();
}

template <typename Links>
ExportPages VersionsIn(Links links) {
  return Pages(Nested(std::move(links), [](const app::LinkView& view) {
    return VersionsOf({view.link.provider, view.link.customer});
  }));
}
template <typename Links>
ExportPages MessagesIn(Links links) {
  return Pages(Nested(std::move(links), [](const app::LinkView& view) {
    return MessagesOf({view.link.provider, view.link.customer});
  }));
}

}  // namespace

void Encode(const app::MessageView& view, v1::Message* message) {
  message->set_name(MessageName(view.message.thread, view.message.number));
  message->set_link(LinkName(view.message.thread));
  message->set_sender(view.message.sender == core::Side::kCustomer ? v1::LINK_SIDE_CUSTOMER
                                                                   : v1::LINK_SIDE_PROVIDER);
  message->set_sender_display_name(view.sender_name);
  EncodeContent(view.content, message);
  *message->mutable_create_time() = EncodeInstant(view.message.created);
  message->set_read(view.read);
  if (view.message.edited) *message->mutable_edit_time() = EncodeInstant(*view.message.edited);
}

void EncodeVersion(const std::string& name, const app::MessageVersionView& view,
                   v1::MessageVersion* message) {
  message->set_message(name);
  message->set_number(view.version.version);
  message->set_text(view.text.text);
  if (view.text.unreadable) message->add_unreadable_fields("text");
  *message->mutable_replace_time() = EncodeInstant(view.version.replaced);
}

void Encode(const app::ThreadView& view, v1::Thread* message) {
  message->set_name(LinkName(view.thread.key) + "/thread");
  message->set_provider_display_name(view.provider.display_name);
  message->set_provider_kind(EncodeKind(view.provider.kind));
  message->set_customer_display_name(view.customer.display_name);
  message->set_unread_count(view.unread);
  if (view.last) Encode(*view.last, message->mutable_last_message());
  message->set_writable(view.refusal.empty());
  message->set_refusal(view.refusal);
  message->set_provider_time_zone(view.provider_time_zone);
}

MessageListing MessagesOf(const core::LinkKey& thread) {
  return {[=](const app::ReadContext& cx, const auto& before, int limit) {
            return app::ListMessages(cx, thread, before.value_or(kFromTheLast), limit);
          },
          [](const app::MessageView& view) { return view.message.number; },
          [](const app::ReadContext&, const app::MessageView& view, v1::Message* message) {
            Encode(view, message);
          }};
}

extern constinit const SubjectExport kChatExport{
    .of_customer = [](core::AccountId customer) -> std::vector<ExportSection> {
      return {{"customer/messages.json",
               "Chats with providers. An attachment lies in its channel, under its reference.",
               {"threads", "messages"},
               MessagesIn(LinksOf(customer))},
              {"customer/message_versions.json",
               "What messages in these chats said before they were edited.",
               {"message_versions"},
               VersionsIn(LinksOf(customer))}};
    },
    .of_provider = [](const core::Provider& provider) -> std::vector<ExportSection> {
      return {{"provider/messages.json",
               "Chats with customers.",
               {"threads", "messages"},
               MessagesIn(LinksOf(provider.id))},
              {"provider/message_versions.json",
               "What messages in these chats said before they were edited.",
               {"message_versions"},
               VersionsIn(LinksOf(provider.id))}};
    }};

Served MakeChatService(const Serving& serving) {
  return Rpcs(serving.calls, "kalends.v1.ChatService")
      .Write(SendMessage)
      .Write(EditMessage)
      .List(ListMessageVersions)
      .List(ListMessages)
      .Write(MarkRead)
      .Read(GetThread)
      .List(ListThreads)
      .Build();
}

}  // namespace kalends::server
