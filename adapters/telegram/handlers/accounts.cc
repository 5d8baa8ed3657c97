// Settings: time zone and language (SPEC 2.2); About.
#include "adapters/telegram/handlers/accounts.h"

#include <algorithm>

#include "adapters/telegram/handlers/booking.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/providers.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/screens/accounts.h"
#include "adapters/telegram/screens/providers.h"
#include "kalends/v1/account_service.pb.h"
#include "kalends/v1/provider_service.pb.h"

namespace kalends::telegram {
namespace {

constexpr int kCitiesMax = 8;

absl::StatusOr<v1::ListUtcOffsetsResponse> ListOffsets(Turn& turn) {
  return turn.Call<v1::ListUtcOffsetsResponse>(v1::ListUtcOffsetsRequest());
}

// A provider to take the zone of: who invited, or whom the account knows; without a name: nobody.
absl::StatusOr<v1::Provider> LikelyProvider(Turn& turn, const ProviderId& invited_by) {
  if (!invited_by.empty()) return GetProvider(turn, NameOf(invited_by));
  v1::ListProvidersRequest request;
  request.set_parent("accounts/me");
  request.set_page_size(1);
  KALENDS_ASSIGN_OR_RETURN(const auto known, turn.Call<v1::ListProvidersResponse>(request));
  return known.providers().empty() ? v1::Provider() : known.providers(0);
}

absl::Status AddLikely(Turn& turn, OffsetsView& view) {
  KALENDS_ASSIGN_OR_RETURN(const auto likely, LikelyProvider(turn, view.provider));
  view.likely_zone = turn.texts().Plain("language.time_zone");
  if (!likely.time_zone().empty()) {
    view.likely_zone = view.like_zone = likely.time_zone();
    view.like = likely.display_name();
  }
  if (!turn.account().time_zone().empty()) view.likely_zone = turn.account().time_zone();
  return absl::OkStatus();
}

// The list from number `first` on; -1: the question, with what is likely.
absl::Status ShowOffsetsFrom(Turn& turn, OffsetsView view, int first) {
  KALENDS_ASSIGN_OR_RETURN(view.offsets, ListOffsets(turn));
  KALENDS_RETURN_IF_ERROR(AddLikely(turn, view));
  turn.session().dialogue = TypesCity{view.origin, view.provider.text};
  turn.Show(first < 0 ? AskZoneScreen(turn.reader(), view)
                      : OffsetsScreen(turn.reader(), view, first));
  return absl::OkStatus();
}

// By whose clock a specialist works; empty for others.
absl::StatusOr<std::string> HoursZone(Turn& turn) {
  if (turn.account().provider_kind() != v1::PROVIDER_KIND_SPECIALIST) return std::string();
  KALENDS_ASSIGN_OR_RETURN(const auto provider, GetProvider(turn, turn.account().provider()));
  return provider.time_zone();
}

// Of the side that whoever reads is on.
FeedOf FeedHere(Turn& turn) {
  const bool is_provider = turn.account().provider_kind() != v1::PROVIDER_KIND_UNSPECIFIED;
  return is_provider && !turn.session().as_customer ? FeedOf::kProvider : FeedOf::kCustomer;
}

absl::StatusOr<v1::Account> UpdateAccount(Turn& turn, v1::Account account, const char* field) {
  v1::UpdateAccountRequest request;
  account.set_name(turn.account().name());
  *request.mutable_account() = std::move(account);
  request.mutable_update_mask()->add_paths(field);
  request.set_request_id(turn.NextRequestId());
  return turn.Call<v1::Account>(request);
}

}  // namespace

absl::Status AskZone(Turn& turn, Origin origin, const ProviderId& provider) {
  return ShowOffsetsFrom(turn, {.origin = origin, .provider = provider}, -1);
}

absl::Status Handle(Turn& turn, const ShowSettings&) {
  KALENDS_ASSIGN_OR_RETURN(const std::string hours_zone, HoursZone(turn));
  turn.Show(SettingsScreen(turn.reader(), turn.account(), hours_zone, FeedHere(turn)));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowOffsets& action) {
  return ShowOffsetsFrom(turn, {.origin = action.origin, .provider = action.provider},
                         action.first);
}

absl::Status Handle(Turn& turn, const PickOffset& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto offsets, ListOffsets(turn));
  const std::chrono::minutes offset(action.offset_minutes);
  std::string bare_offset;
  for (const auto& known : offsets.offsets()) {
    if (MinutesOf(known.offset()) == offset) bare_offset = known.time_zone();
  }
  v1::SearchTimeZonesRequest request;
  request.mutable_offset()->set_seconds(std::chrono::seconds(offset).count());
  KALENDS_ASSIGN_OR_RETURN(const auto zones, turn.Call<v1::SearchTimeZonesResponse>(request));
  turn.session().dialogue = TypesCity{action.origin, action.provider.text};
  turn.Show(ZonesScreen(turn.reader(), zones, action, bare_offset));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const TypesCity& dialogue, const std::string& text) {
  turn.session().dialogue = dialogue;  // Another city may follow, whatever becomes of this one.
  // A line each, as on an envelope, is the same as with commas; the core takes one line.
  std::string line = text;
  std::replace(line.begin(), line.end(), '\n', ',');
  std::replace_if(line.begin(), line.end(), [](char c) { return c >= 0 && c < ' '; }, ' ');
  v1::SearchTimeZonesRequest request;
  request.set_query(Shorten(line, 100));
  request.set_page_size(kCitiesMax);
  KALENDS_ASSIGN_OR_RETURN(const auto zones, turn.Call<v1::SearchTimeZonesResponse>(request));
  OffsetsView view{.origin = dialogue.origin, .provider = {dialogue.provider}};
  if (zones.zones().empty()) KALENDS_RETURN_IF_ERROR(AddLikely(turn, view));
  turn.Show(CitiesScreen(turn.reader(), zones, view, text));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const SetZone& action) {
  v1::Account account;
  account.set_time_zone(action.zone.text);
  KALENDS_ASSIGN_OR_RETURN(account, UpdateAccount(turn, std::move(account), "time_zone"));
  turn.set_account(std::move(account));
  if (const auto kind = RegistrationOf(action.origin)) return RegisterInZone(turn, *kind);
  if (action.origin != Origin::kStart) return Handle(turn, ShowSettings{});
  turn.Show(ZoneSetScreen(turn.reader(), turn.account()));
  return Arrive(turn, action.provider, "");
}

absl::Status Handle(Turn& turn, const SkipZone& action) {
  turn.Show({.text = turn.texts().Html("accounts.zone_skipped"), .rows = {}, .stays = true});
  return Arrive(turn, action.provider, "");
}

absl::Status Handle(Turn& turn, const ShowLanguages&) {
  turn.Show(LanguagesScreen(turn.reader(), turn.context().languages));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const SetLanguage& action) {
  v1::Account account;
  account.set_language_code(action.language.text);
  KALENDS_ASSIGN_OR_RETURN(account, UpdateAccount(turn, std::move(account), "language_code"));
  turn.set_account(std::move(account));
  KALENDS_ASSIGN_OR_RETURN(const std::string hours_zone, HoursZone(turn));
  turn.Show(SettingsScreen(turn.reader(), turn.account(), hours_zone, FeedHere(turn)));
  // The keyboard below the chat is to speak the new language too.
  turn.SendMainMenu(turn.texts().Html("accounts.settings_language_set"));
  return absl::OkStatus();
}

Handlers AccountsHandlers() { return HandlersOf<TypesCity>(AccountsActions{}); }

}  // namespace kalends::telegram
