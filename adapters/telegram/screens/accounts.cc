#include "adapters/telegram/screens/accounts.h"

#include "adapters/telegram/actions/privacy.h"
#include "adapters/telegram/actions/providers.h"
#include "adapters/telegram/html.h"

namespace kalends::telegram {
namespace {

constexpr int kZonesMax = 20;
constexpr std::size_t kTypedCharsMax = 60;

std::string ZoneText(const Reader& reader, const v1::Account& account) {
  const Texts& t = reader.t();
  if (account.time_zone().empty()) return t.Html("accounts.settings_zone_none");
  const LocalTime local = ToLocal(account.time_zone(), reader.now);
  const bool is_bare = account.time_zone().starts_with("UTC");
  const char* key = is_bare                             ? "accounts.settings_zone_bare"
                    : account.time_zone_changes_clock() ? "accounts.settings_zone_changes"
                                                        : "accounts.settings_zone_fixed";
  return t.Html(key, {{"zone", account.time_zone()}, {"time", Formats::Time(local)}});
}

Button ZoneButton(const Reader& reader, const v1::SearchTimeZonesResponse::Zone& zone,
                  Origin origin) {
  const char* key = zone.changes_clock() ? "accounts.zone_changes" : "accounts.zone_fixed";
  return {reader.t().Plain(key, {{"zone", zone.time_zone()},
                                 {"city", zone.city()},
                                 {"offset", OffsetText(MinutesOf(zone.offset()))}}),
          Action(SetZone{origin, ZoneName{zone.time_zone()}})};
}

Action WayBackFrom(Origin origin) {
  switch (origin) {
    case Origin::kSetup:
      return ShowSetup{};
    case Origin::kSpecialist:
    case Origin::kOrganization:
      return ShowRegistration{};
    default:
      return ShowSettings{};
  }
}

}  // namespace

Screen SettingsScreen(const Reader& reader, const v1::Account& account) {
  const Texts& t = reader.t();
  return {
      .text = t.Html("accounts.settings_text", {Arg::Raw("zone", ZoneText(reader, account)),
                                                {"language", t.Plain("language.name")}}),
      .rows = {{{t.Plain("accounts.settings_zone"), Action(ShowOffsets{Origin::kSettings, -1})}},
               {{t.Plain("accounts.settings_language"), Action(ShowLanguages{})}},
               {{t.Plain("accounts.settings_privacy"), Action(ShowPrivacy{})}},
               {HomeButton(reader)}}};
}

Screen LanguagesScreen(const Reader& reader, const Languages& languages) {
  Screen screen{.text = reader.t().Html("accounts.settings_choose_language"), .rows = {}};
  for (const auto& [code, texts] : languages.all()) {
    screen.rows.push_back(
        {{texts.Plain("language.name"), Action(SetLanguage{LanguageCode{code}})}});
  }
  screen.rows.push_back({BackButton(reader, ShowSettings{})});
  return screen;
}

int OffsetPageOf(const v1::ListUtcOffsetsResponse& offsets, std::chrono::minutes offset) {
  int index = 0;
  for (const auto& known : offsets.offsets()) {
    if (MinutesOf(known.offset()) >= offset) break;
    ++index;
  }
  return index / kOffsetsPerPage;
}

Screen OffsetsScreen(const Reader& reader, const v1::ListUtcOffsetsResponse& offsets, Origin origin,
                     int page) {
  const Texts& t = reader.t();
  const bool starts = origin == Origin::kStart;
  Screen screen{.text = t.Html(starts ? "accounts.zone_ask_first" : "accounts.zone_ask"),
                .rows = {}};
  const int first = page * kOffsetsPerPage;
  const int end = std::min(first + kOffsetsPerPage, offsets.offsets_size());
  for (int i = first; i < end; ++i) {
    const auto& offset = offsets.offsets(i);
    std::string label = OffsetText(MinutesOf(offset.offset()));
    for (int city = 0; city < offset.example_cities_size(); ++city) {
      label += (city == 0 ? " · " : ", ") + offset.example_cities(city);
    }
    const int minutes = static_cast<int>(MinutesOf(offset.offset()).count());
    screen.rows.push_back({{label, Action(PickOffset{origin, minutes})}});
  }
  AppendPager(screen.rows, page, end < offsets.offsets_size(),
              [&](int other) { return ShowOffsets{origin, other}; });
  screen.rows.push_back({starts ? Button{t.Plain("accounts.zone_later"), Action(SkipZone{})}
                                : BackButton(reader, WayBackFrom(origin))});
  return screen;
}

Screen ZonesScreen(const Reader& reader, const v1::SearchTimeZonesResponse& zones, Origin origin,
                   std::chrono::minutes offset, const std::string& bare_offset) {
  const Texts& t = reader.t();
  Screen screen{.text = t.Html("accounts.zone_refine", {{"offset", OffsetText(offset)}}),
                .rows = {}};
  for (const auto& zone : zones.zones()) {
    if (screen.rows.size() == kZonesMax) break;
    screen.rows.push_back({ZoneButton(reader, zone, origin)});
  }
  if (!bare_offset.empty()) {
    screen.rows.push_back({{t.Plain("accounts.zone_keep_bare", {{"offset", OffsetText(offset)}}),
                            Action(SetZone{origin, ZoneName{bare_offset}})}});
  }
  screen.rows.push_back({BackButton(reader, ShowOffsets{origin, -1})});
  return screen;
}

Screen CitiesScreen(const Reader& reader, const v1::SearchTimeZonesResponse& zones, Origin origin,
                    const std::string& typed) {
  const Texts& t = reader.t();
  const std::string query = Shorten(typed, kTypedCharsMax);
  Screen screen{
      .text = t.Html(zones.zones().empty() ? "accounts.zone_no_city" : "accounts.zone_cities",
                     {{"typed", query}}),
      .rows = {}};
  for (const auto& zone : zones.zones()) {
    if (screen.rows.size() == kZonesMax) break;
    screen.rows.push_back({ZoneButton(reader, zone, origin)});
  }
  screen.rows.push_back({BackButton(reader, ShowOffsets{origin, -1})});
  return screen;
}

Screen ZoneSetScreen(const Reader& reader, const v1::Account& account) {
  return {
      .text = reader.t().Html("accounts.zone_set", {Arg::Raw("zone", ZoneText(reader, account))}),
      .rows = {},
      .stays = true};
}

}  // namespace kalends::telegram
