// Settings: time zone and language (SPEC 2.2); About.
#include "adapters/telegram/handlers/accounts.h"

#include "adapters/telegram/handlers/booking.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/providers.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/screens/accounts.h"
#include "adapters/telegram/screens/providers.h"
#include "kalends/v1/account_service.pb.h"

namespace kalends::telegram {
namespace {

constexpr int kCitiesMax = 12;

absl::StatusOr<v1::ListUtcOffsetsResponse> ListOffsets(Turn& turn) {
  return turn.Call<v1::ListUtcOffsetsResponse>(v1::ListUtcOffsetsRequest());
}

void ShowOffsetsPage(Turn& turn, const v1::ListUtcOffsetsResponse& offsets, Origin origin,
                     int page) {
  turn.session().dialogue = TypesCity{origin};
  turn.Show(OffsetsScreen(turn.reader(), offsets, origin, page));
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

absl::Status ShowOffsetsNear(Turn& turn, Origin origin, std::string_view zone) {
  KALENDS_ASSIGN_OR_RETURN(const auto offsets, ListOffsets(turn));
  const auto offset = std::chrono::floor<std::chrono::minutes>(ToLocal(zone, turn.now()).offset);
  ShowOffsetsPage(turn, offsets, origin, OffsetPageOf(offsets, offset));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowSettings&) {
  turn.Show(SettingsScreen(turn.reader(), turn.account()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowOffsets& action) {
  if (action.page < 0) return ShowOffsetsNear(turn, action.origin, turn.account().time_zone());
  KALENDS_ASSIGN_OR_RETURN(const auto offsets, ListOffsets(turn));
  ShowOffsetsPage(turn, offsets, action.origin, action.page);
  return absl::OkStatus();
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
  turn.session().dialogue = TypesCity{action.origin};
  turn.Show(ZonesScreen(turn.reader(), zones, action.origin, offset, bare_offset));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const TypesCity& dialogue, const std::string& text) {
  v1::SearchTimeZonesRequest request;
  request.set_query(Shorten(text, 100));
  request.set_page_size(kCitiesMax);
  KALENDS_ASSIGN_OR_RETURN(const auto zones, turn.Call<v1::SearchTimeZonesResponse>(request));
  turn.session().dialogue = dialogue;  // Another city may follow.
  turn.Show(CitiesScreen(turn.reader(), zones, dialogue.origin, text));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const SetZone& action) {
  v1::Account account;
  account.set_time_zone(action.zone.text);
  KALENDS_ASSIGN_OR_RETURN(account, UpdateAccount(turn, std::move(account), "time_zone"));
  turn.set_account(std::move(account));
  if (const auto kind = RegistrationOf(action.origin)) return RegisterInZone(turn, *kind);
  const Screen set = ZoneSetScreen(turn.reader(), turn.account());
  if (action.origin == Origin::kSetup && ContinueSetup(turn, SetupStep::kZone, set.text)) {
    return absl::OkStatus();
  }
  if (action.origin != Origin::kStart) return Handle(turn, ShowSettings{});
  turn.Show(set);
  turn.SendMainMenu(turn.texts().Html("home.text"));
  return ShowWanted(turn);
}

absl::Status Handle(Turn& turn, const SkipZone&) {
  turn.Show({.text = turn.texts().Html("accounts.zone_skipped"), .rows = {}, .stays = true});
  turn.SendMainMenu(turn.texts().Html("home.text"));
  return ShowWanted(turn);
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
  turn.Show(SettingsScreen(turn.reader(), turn.account()));
  // The keyboard below the chat is to speak the new language too.
  turn.SendMainMenu(turn.texts().Html("accounts.settings_language_set"));
  return absl::OkStatus();
}

Handlers AccountsHandlers() { return HandlersOf<TypesCity>(AccountsActions{}); }

}  // namespace kalends::telegram
