#include "core/app/chat.h"

#include <fmt/format.h>

#include "core/app/chat_content.h"
#include "core/app/links.h"
#include "core/app/notifications.h"
#include "core/app/providers.h"
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

// What views of one thread share.
struct Names {
  std::string provider;
  std::string customer;
};

absl::StatusOr<MessageView> Open(const ReadContext& cx, core::Message message,
                                 const core::Thread& thread, const Names& names) {
  MessageView view;
  ASSIGN_OR_RETURN(view.content,
                   OpenContent(cx, message.content, RowOf(message.thread, message.number)));
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
    ASSIGN_OR_RETURN(view.last, Open(cx, *std::move(last), view.thread,
                                     {view.provider.display_name, view.customer.display_name}));
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

}  // namespace

absl::StatusOr<MessageView> SendMessage(WriteContext& cx, const core::LinkKey& key,
                                        const core::Content& content) {
  ASSIGN_OR_RETURN(const LinkSide found, FindLinkSide(cx.AsRead(), key));
  RETURN_IF_ERROR(core::CheckContent(content));
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
  NotifyChatMessage(cx, message, found.provider.account);
  ASSIGN_OR_RETURN(const Names names, NamesOf(cx.AsRead(), key));
  return Open(cx.AsRead(), std::move(message), thread, names);
}

absl::StatusOr<std::vector<MessageView>> ListMessages(const ReadContext& cx,
                                                      const core::LinkKey& key, std::int64_t before,
                                                      int limit) {
  RETURN_IF_ERROR(FindLinkSide(cx, key).status());
  ASSIGN_OR_RETURN(const Names names, NamesOf(cx, key));
  const core::Thread thread = ThreadOf(cx.tx, key);
  std::vector<MessageView> views;
  for (core::Message& message : storage::ListMessages(cx.tx, key, before, limit)) {
    ASSIGN_OR_RETURN(MessageView view, Open(cx, std::move(message), thread, names));
    views.push_back(std::move(view));
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
  std::vector<ThreadView> views;
  for (const core::Thread& thread : storage::ListThreads(cx.tx, of, before, limit)) {
    ASSIGN_OR_RETURN(ThreadView view, GetThread(cx, thread.key));
    views.push_back(std::move(view));
  }
  return views;
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
