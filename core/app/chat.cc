#include "core/app/chat.h"

#include <fmt/format.h>

#include "core/app/chat_content.h"
#include "core/app/links.h"
#include "core/app/notifications.h"
#include "core/app/providers.h"
#include "core/app/readable.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/missing.h"
#include "core/base/status_macros.h"
#include "storage/accounts.h"
#include "storage/providers.h"

namespace kalends::app {
namespace {

using core::Side;

std::string RowOf(const core::LinkKey& thread, std::int64_t number) {
  return fmt::format("messages.content/{}/{}/{}", thread.provider.value, thread.customer.value,
                     number);
}

std::string VersionRowOf(const core::LinkKey& thread, std::int64_t number, int version) {
  return fmt::format("message_versions.text/{}/{}/{}/{}", thread.provider.value,
                     thread.customer.value, number, version);
}

// What views of one thread share.
struct Names {
  std::string provider;
  std::string customer;
};

MessageView Open(const ReadContext& cx, core::Message message, const core::Thread& thread,
                 const Names& names) {
  MessageView view;
  view.content = OpenContent(cx, message.content, RowOf(message.thread, message.number));
  view.sender_name = message.sender == Side::kCustomer ? names.customer : names.provider;
  view.read = message.number <= thread.ReadBy(core::OtherOf(message.sender));
  view.message = std::move(message);
  return view;
}

// The thread of a link; an empty one where nobody wrote yet.
core::Thread ThreadOf(storage::Transaction& tx, const core::LinkKey& key) {
  auto thread = storage::FindThread(tx, key);
  if (thread) return *std::move(thread);
  core::Thread empty;
  empty.key = key;
  return empty;
}

absl::StatusOr<ThreadView> View(const ReadContext& cx, LinkSide found) {
  ThreadView view;
  const core::LinkKey key{found.link.provider, found.link.customer};
  view.thread = ThreadOf(cx.tx, key);
  auto customer = storage::FindAccount(cx.tx, key.customer);
  if (!customer) return core::Error(core::Reason::kInternal);
  view.customer = *std::move(customer);
  view.provider = std::move(found.provider);
  view.provider_time_zone = TimeZoneOf(cx.tx, view.provider);
  view.refusal = core::ReasonName(core::CheckLink(found.link));
  if (cx.caller.account) {
    view.unread = storage::CountMessages(cx.tx, key, core::OtherOf(found.side),
                                         view.thread.ReadBy(found.side), core::kUnreadCountMax);
  }
  if (auto last = storage::FindMessage(cx.tx, key, view.thread.last_number)) {
    view.last = Open(cx, *std::move(last), view.thread,
                     {view.provider.display_name, view.customer.display_name});
  }
  return view;
}

absl::StatusOr<Names> NamesOf(const ReadContext& cx, const core::LinkKey& key) {
  const auto provider = storage::FindProvider(cx.tx, key.provider);
  const auto customer = storage::FindAccount(cx.tx, key.customer);
  if (!provider || !customer)
    return core::NotFound("providers/*/links/*", key.provider, key.customer);
  return Names{provider->display_name, customer->display_name};
}

// The caller's own message; NOT_FOUND.
absl::StatusOr<core::Message> FindOwnMessage(WriteContext& cx, const MessageWhich& which) {
  std::optional<storage::MessageRef> ref;
  if (const auto* key = std::get_if<std::string>(&which)) {
    RETURN_IF_ERROR(core::CheckChannelKey("channel_key", *key));
    ref = storage::FindMessageByCopy(cx.tx, *cx.caller.account, *key);
  } else {
    ref = std::get<storage::MessageRef>(which);
  }
  auto message = ref ? storage::FindMessage(cx.tx, ref->thread, ref->number) : std::nullopt;
  if (!message || message->account != *cx.caller.account) {
    return core::Error(core::Reason::kNotFound);
  }
  return *std::move(message);
}

}  // namespace

absl::StatusOr<MessageView> SendMessage(WriteContext& cx, const core::LinkKey& key,
                                        const core::Content& content,
                                        std::string_view channel_key) {
  ASSIGN_OR_RETURN(const LinkSide found, FindLinkSide(cx.AsRead(), key));
  RETURN_IF_ERROR(core::CheckContent(content));
  if (!channel_key.empty()) {
    RETURN_IF_ERROR(core::CheckChannelKey("channel_key", channel_key));
  }
  RETURN_IF_ERROR(core::CheckLink(found.link));
  const core::AccountId sender = *cx.caller.account;
  RETURN_IF_ERROR(CheckRate(
      core::kMessageRates,
      [&](int nth) { return storage::NthNewestMessage(cx.tx, sender, nth, cx.now); }, cx.now));
  core::Thread thread = ThreadOf(cx.tx, key);
  core::Message message;
  message.thread = key;
  message.number =
      core::AddMessage(thread, {found.side, cx.now, cx.ids.Next<core::ActivityId>(cx.now)});
  storage::PutThread(cx.tx, thread);
  message.sender = found.side;
  message.account = sender;
  message.content = SealContent(cx, content, RowOf(key, message.number));
  message.created = cx.now;
  storage::InsertMessage(cx.tx, message);
  if (!channel_key.empty()) {
    storage::PutMessageCopy(cx.tx, key, message.number, sender, channel_key);
  }
  NotifyChatMessage(cx, message, found.provider.account);
  ASSIGN_OR_RETURN(const Names names, NamesOf(cx.AsRead(), key));
  return Open(cx.AsRead(), std::move(message), thread, names);
}

absl::StatusOr<MessageView> EditMessage(WriteContext& cx, const MessageWhich& which,
                                        const core::Content& edited) {
  ASSIGN_OR_RETURN(core::Message message, FindOwnMessage(cx, which));
  const core::LinkKey& key = message.thread;
  ASSIGN_OR_RETURN(const LinkSide found, FindLinkSide(cx.AsRead(), key));
  RETURN_IF_ERROR(core::CheckLink(found.link));
  const std::string row = RowOf(key, message.number);
  ASSIGN_OR_RETURN(core::Content content, ReadContent(cx.AsRead(), message.content, row));
  const int edits = storage::CountMessageVersions(cx.tx, key, message.number);
  RETURN_IF_ERROR(core::CheckEdit(content, edited, edits));
  if (content.text != edited.text) {
    const int version = edits + 1;
    storage::InsertMessageVersion(
        cx.tx, key,
        {message.number, version,
         cx.master_keys.SealText(content.text, VersionRowOf(key, message.number, version)),
         cx.now});
    content.text = edited.text;
    message.content = SealContent(cx, std::move(content), row);
    message.edited = cx.now;
    storage::UpdateMessage(cx.tx, message);
    NotifyChatMessage(cx, message, found.provider.account);
  }
  ASSIGN_OR_RETURN(const Names names, NamesOf(cx.AsRead(), key));
  const core::Thread thread = ThreadOf(cx.tx, key);
  return Open(cx.AsRead(), std::move(message), thread, names);
}

absl::StatusOr<std::vector<MessageVersionView>> ListMessageVersions(
    const ReadContext& cx, const core::LinkKey& key,
    const std::optional<storage::VersionCursor>& after, int limit) {
  RETURN_IF_ERROR(FindLinkSide(cx, key).status());
  std::vector<MessageVersionView> views;
  for (auto& version : storage::ListMessageVersions(cx.tx, key, after, limit)) {
    Opened text = OpenSealed(cx, version.text, VersionRowOf(key, version.number, version.version));
    views.push_back({std::move(version), std::move(text)});
  }
  return views;
}

absl::StatusOr<std::vector<MessageView>> ListMessages(const ReadContext& cx,
                                                      const core::LinkKey& key, std::int64_t before,
                                                      int limit) {
  RETURN_IF_ERROR(FindLinkSide(cx, key).status());
  ASSIGN_OR_RETURN(const Names names, NamesOf(cx, key));
  const core::Thread thread = ThreadOf(cx.tx, key);
  std::vector<MessageView> views;
  for (core::Message& message : storage::ListMessages(cx.tx, key, before, limit)) {
    views.push_back(Open(cx, std::move(message), thread, names));
  }
  return views;
}

absl::StatusOr<ThreadView> MarkRead(WriteContext& cx, const core::LinkKey& key,
                                    std::int64_t number) {
  ASSIGN_OR_RETURN(LinkSide found, FindLinkSide(cx.AsRead(), key));
  core::Thread thread = ThreadOf(cx.tx, key);
  ASSIGN_OR_RETURN(const bool changed, core::MarkRead(thread, found.side, number));
  if (changed) storage::PutThread(cx.tx, thread);
  return View(cx.AsRead(), std::move(found));
}

absl::StatusOr<ThreadView> GetThread(const ReadContext& cx, const core::LinkKey& key) {
  ASSIGN_OR_RETURN(LinkSide found, FindLinkSide(cx, key));
  return View(cx, std::move(found));
}

absl::StatusOr<std::vector<ThreadView>> ListThreads(
    const ReadContext& cx, const std::variant<core::ProviderId, core::AccountId>& of,
    const std::optional<storage::ThreadCursor>& before, int limit) {
  if (const auto* provider = std::get_if<core::ProviderId>(&of)) {
    RETURN_IF_ERROR(ManagedProvider(cx, *provider).status());
  } else if (!core::MayActAs(cx.caller, std::get<core::AccountId>(of))) {
    return core::NotFound("accounts/*", std::get<core::AccountId>(of));
  }
  return EachReadable(cx.tx, storage::ListThreads(cx.tx, of, before, limit),
                      [&](const core::Thread& thread) { return GetThread(cx, thread.key); });
}

absl::StatusOr<MessageView> ViewMessage(const ReadContext& cx, const core::LinkKey& key,
                                        std::int64_t number) {
  auto message = storage::FindMessage(cx.tx, key, number);
  if (!message)
    return core::NotFound("providers/*/links/*/messages/*", key.provider, key.customer,
                          core::EncodeId(number));
  ASSIGN_OR_RETURN(const Names names, NamesOf(cx, key));
  return Open(cx, *std::move(message), ThreadOf(cx.tx, key), names);
}

}  // namespace kalends::app
