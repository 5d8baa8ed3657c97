#include "core/app/feeds.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/app/booking.h"
#include "core/app/keys.h"
#include "core/app/readable.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/missing.h"
#include "core/base/status_macros.h"
#include "storage/accounts.h"
#include "storage/booking.h"
#include "storage/catalog.h"
#include "storage/feeds.h"
#include "storage/providers.h"

namespace kalends::app {
namespace {

constexpr std::size_t kFeedTokenBytes = 32;

absl::Status CheckOwner(const ReadContext& cx, core::AccountId id) {
  if (!core::MayActAs(cx.caller, id)) return core::NotFound("accounts/*", id);
  const auto account = storage::FindAccount(cx.tx, id);
  return account && !account->erased ? absl::OkStatus() : core::NotFound("accounts/*", id);
}

// What the parts of a feed share, each read once.
class FeedReader {
 public:
  FeedReader(const ReadContext& cx, const core::Account& reader, core::FeedRole role)
      : cx_(cx), reader_(reader), role_(role) {}

  absl::StatusOr<core::FeedPart> PartOf(core::Appointment appointment) {
    core::FeedPart part;
    ASSIGN_OR_RETURN(const core::Provider provider, ProviderOf(appointment.provider));
    ASSIGN_OR_RETURN(const core::Provider specialist, ProviderOf(appointment.specialist));
    part.provider_name = provider.display_name;
    part.service = ServiceName(appointment);
    part.changed = storage::LastChanged(cx_.tx, appointment.id).value_or(appointment.created);
    const bool keeps_itself = specialist.account == reader_.id;
    if (specialist.id != provider.id && !(role_ == core::FeedRole::kProvider && keeps_itself)) {
      part.specialist_name = specialist.display_name;
    }
    if (role_ == core::FeedRole::kCustomer) {
      part.participant = provider.display_name;
      if (appointment.status == core::AppointmentStatus::kAccepted) {
        part.reminders = provider.reminders;
      }
    } else {
      const auto customer = storage::FindAccount(cx_.tx, appointment.customer);
      if (!customer) return core::Error(core::Reason::kInternal);
      part.participant = customer->display_name;
    }
    part.appointment = std::move(appointment);
    return part;
  }

 private:
  absl::StatusOr<core::Provider> ProviderOf(core::ProviderId id) {
    const auto [found, is_new] = providers_.try_emplace(id);
    if (is_new) found->second = storage::FindProvider(cx_.tx, id);
    if (!found->second) return core::Error(core::Reason::kInternal);
    return *found->second;
  }

  // A service that was renamed since goes by what was agreed.
  std::string ServiceName(const core::Appointment& appointment) {
    if (!appointment.service) return appointment.service_name;
    const auto [found, is_new] =
        services_.try_emplace(std::pair(appointment.provider, *appointment.service));
    if (is_new) {
      found->second = storage::FindService(cx_.tx, appointment.provider, *appointment.service);
    }
    const auto& service = found->second;
    if (!service || service->name != appointment.service_name) return appointment.service_name;
    return core::TextsIn(*service, core::CodeOf(reader_.language)).name;
  }

  const ReadContext& cx_;
  const core::Account& reader_;
  const core::FeedRole role_;
  std::map<core::ProviderId, std::optional<core::Provider>> providers_;
  std::map<std::pair<core::ProviderId, core::ServiceId>, std::optional<core::Service>> services_;
};

// Those in the window, of which the nearest stay where there are too many: first what is to come.
std::vector<core::Appointment> Nearest(const ReadContext& cx, const storage::Whose& whose) {
  const core::Interval window = core::FeedWindow(cx.now);
  const core::Instant today = std::chrono::floor<std::chrono::days>(cx.now);
  const auto load = [&](const core::Interval& within) {
    std::vector<core::Appointment> all;
    std::optional<storage::AppointmentCursor> after;
    while (static_cast<int>(all.size()) < core::kFeedEntriesMax) {
      const auto page = storage::FirstReadable(cx.tx, core::kPageSizeMax, [&](int limit) {
        return storage::ListByStart(cx.tx, whose, within, after, limit);
      });
      all.insert(all.end(), page.begin(), page.end());
      if (page.size() < core::kPageSizeMax) break;
      after = storage::AppointmentCursor{page.back().interval.start, page.back().id};
    }
    return all;
  };
  std::vector<core::Appointment> found = load({window.start, today});
  const std::vector<core::Appointment> ahead = load({today, window.end});
  const std::size_t room =
      core::kFeedEntriesMax - std::min<std::size_t>(ahead.size(), core::kFeedEntriesMax);
  if (found.size() > room) found.erase(found.begin(), found.end() - static_cast<long>(room));
  found.insert(found.end(), ahead.begin(), ahead.end());
  if (found.size() > core::kFeedEntriesMax) found.resize(core::kFeedEntriesMax);
  return found;
}

}  // namespace

absl::StatusOr<core::Feed> CreateFeed(WriteContext& cx, core::AccountId account,
                                      core::FeedRole role) {
  RETURN_IF_ERROR(CheckOwner(cx.AsRead(), account));
  if (role == core::FeedRole::kProvider && !storage::FindProviderOfAccount(cx.tx, account)) {
    return core::Error(core::Reason::kNotAProvider);
  }
  const core::Feed feed{account, role, core::FeedToken(cx.random(kFeedTokenBytes)), cx.now};
  storage::PutFeed(cx.tx, feed, HashSecret(feed.token));
  return feed;
}

absl::StatusOr<core::Feed> GetFeed(const ReadContext& cx, core::AccountId account,
                                   core::FeedRole role) {
  RETURN_IF_ERROR(CheckOwner(cx, account));
  auto feed = storage::FindFeed(cx.tx, account, role);
  if (!feed)
    return core::NotFound("accounts/*/feeds/*", account, std::string(core::LastPartOf(role)));
  if (cx.caller.account != account) feed->token.clear();
  return *std::move(feed);
}

absl::StatusOr<std::vector<core::Feed>> ListFeeds(const ReadContext& cx, core::AccountId account) {
  RETURN_IF_ERROR(CheckOwner(cx, account));
  return storage::FeedsOf(cx.tx, account);
}

absl::Status RevokeFeed(WriteContext& cx, core::AccountId account, core::FeedRole role) {
  RETURN_IF_ERROR(CheckOwner(cx.AsRead(), account));
  storage::DeleteFeed(cx.tx, account, role);
  return absl::OkStatus();
}

absl::StatusOr<FeedCalendar> ReadFeed(const ReadContext& cx, std::string_view token) {
  const auto feed = storage::FindFeedByHash(cx.tx, HashSecret(token));
  const auto account = feed ? storage::FindAccount(cx.tx, feed->account) : std::nullopt;
  if (!account || account->erased) return core::Error(core::Reason::kFeedUnknown);
  FeedCalendar calendar;
  calendar.language = account->language;
  storage::Whose whose = storage::AsCustomer{account->id};
  if (feed->role == core::FeedRole::kProvider) {
    const auto provider = storage::FindProviderOfAccount(cx.tx, account->id);
    if (!provider) return core::Error(core::Reason::kFeedUnknown);
    calendar.display_name = provider->display_name;
    whose = storage::AsProvider{provider->id};
  }
  // With the rights that the account has by now.
  const ReadContext theirs{cx.tx, {cx.caller.key, {}, account->id}, cx.now, cx.master_keys};
  const storage::LeaveOut left_out(cx.tx);
  std::vector<core::Appointment> appointments = Nearest(theirs, whose);
  std::erase_if(appointments, [&](const core::Appointment& one) { return !SideOf(theirs, one); });
  FeedReader reader(theirs, *account, feed->role);
  ASSIGN_OR_RETURN(std::vector<core::FeedPart> parts,
                   EachReadable(cx.tx, std::move(appointments), [&](core::Appointment& one) {
                     return reader.PartOf(std::move(one));
                   }));
  std::erase_if(parts, [&](const core::FeedPart& part) {
    return !core::IsToldOf(part.appointment.status, part.changed, cx.now);
  });
  calendar.entries = core::EntriesOf(std::move(parts), feed->role);
  calendar.zones = core::ZonesOf(calendar.entries);
  return calendar;
}

}  // namespace kalends::app
