#include "adapters/telegram/screens/accounts.h"

#include "adapters/telegram/actions/feeds.h"
#include "adapters/telegram/actions/privacy.h"
#include "adapters/telegram/actions/providers.h"
#include "adapters/telegram/actions/schedule.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/screens/practice.h"

namespace kalends::telegram {
namespace {

constexpr std::size_t kZonesMax = 8;
constexpr std::size_t kZonesPerRow = 2;
constexpr std::size_t kOffsetsPerRow = 3;
constexpr std::size_t kLikelyPerRow = 2;
constexpr std::size_t kLanguagesPerRow = 2;
constexpr std::size_t kTypedCharsMax = 60;

std::string ZoneText(const Reader& reader, const v1::Account& account) {
  const Texts& t = reader.t();
  if (account.time_zone().empty()) return t.Html("accounts.settings_zone_none");
  const LocalTime local = ToLocal(account.time_zone(), reader.now);
  const bool is_bare = BareOffset(account.time_zone()).has_value();
  const char* key = is_bare                             ? "accounts.settings_zone_bare"
                    : account.time_zone_changes_clock() ? "accounts.settings_zone_changes"
                                                        : "accounts.settings_zone_fixed";
  return t.Html(
      key, {{"zone", ZoneAndOffset(reader, account.time_zone())}, {"time", Formats::Time(local)}});
}

// "23:52", with the weekday where it is another day than for most who read this.
std::string ClockThere(const Reader& reader, const LocalTime& there, const LocalTime& here) {
  std::string time = Formats::Time({there.time, there.offset});
  if (there.day() == here.day()) return time;
  const int weekday = static_cast<int>(date::weekday(there.day()).iso_encoding());
  return reader.t().formats().WeekdayAbbreviation(weekday, LinePlace::kAtStart) + " " + time;
}

std::string CitiesOf(const v1::ListUtcOffsetsResponse::UtcOffset& offset) {
  std::string cities;
  for (const std::string& city : offset.example_cities()) {
    cities += (cities.empty() ? " · " : ", ") + city;
  }
  return cities;
}

// Where a list begins that has the offset of `zone` in its second row.
int FirstAround(const v1::ListUtcOffsetsResponse& offsets, std::string_view zone, Instant now) {
  const auto likely = std::chrono::floor<std::chrono::minutes>(ToLocal(zone, now).offset);
  int index = 0;
  for (const auto& known : offsets.offsets()) {
    if (MinutesOf(known.offset()) >= likely) break;
    ++index;
  }
  return std::max(0, std::min(index - static_cast<int>(kOffsetsPerRow),
                              offsets.offsets_size() - kOffsetsPerPage));
}

Row OtherOffsets(const OffsetsView& view, int first) {
  Row row;
  const auto lead_to = [&](const char* sign, int other) {
    row.push_back({sign, Action(ShowOffsets{view.origin, other, view.provider})});
  };
  if (first > 0) lead_to("◀", std::max(0, first - kOffsetsPerPage));
  if (first + kOffsetsPerPage < view.offsets.offsets_size()) lead_to("▶", first + kOffsetsPerPage);
  return row;
}

Action WayBackFrom(Origin origin) {
  switch (origin) {
    case Origin::kSpecialist:
    case Origin::kOrganization:
      return ShowRegistration{};
    default:
      return ShowSettings{};
  }
}

// "Wie Marie: Berlin, jetzt 23:52", where there is somebody to share a zone with.
void AddLike(const Reader& reader, const OffsetsView& view, std::vector<Row>& rows) {
  if (view.like.empty()) return;
  const Texts& t = reader.t();
  rows.push_back({{t.Plain("accounts.zone_like",
                           {{"provider", view.like},
                            {"city", t.formats().Zone(view.like_zone)},
                            {"time", Formats::Time(ToLocal(view.like_zone, reader.now))}}),
                   Action(SetZone{view.origin, view.provider, ZoneName{view.like_zone}})}});
}

// "Berlin, jetzt 10:14", and below it other cities where the reader's language is at home.
void AddLikely(const Reader& reader, const OffsetsView& view, std::vector<Row>& rows) {
  const Texts& t = reader.t();
  const auto city = [&](const std::string& zone) { return t.formats().Zone(zone); };
  const auto time = [&](const std::string& zone) {
    return Formats::Time(ToLocal(zone, reader.now));
  };
  const auto set = [&](const std::string& zone) {
    return Action(SetZone{view.origin, view.provider, ZoneName{zone}});
  };
  const std::string home = t.Plain("language.time_zone");
  if (view.like.empty() || home != view.like_zone) {
    rows.push_back({{t.Plain("accounts.zone_likely", {{"city", city(home)}, {"time", time(home)}}),
                     set(home)}});
  }
  std::vector<Button> buttons;
  for (const char* key : {"language.second_time_zone", "language.third_time_zone"}) {
    const std::string zone = t.Plain(key);
    if (zone == view.like_zone) continue;
    buttons.push_back({city(zone) + " · " + time(zone), set(zone)});
  }
  AppendGrid(rows, std::move(buttons), kLikelyPerRow);
}

Button WithoutZone(const Reader& reader, const OffsetsView& view) {
  if (view.origin == Origin::kStart) {
    return {reader.t().Plain("accounts.zone_later"), Action(SkipZone{view.provider})};
  }
  return BackButton(reader, WayBackFrom(view.origin));
}

}  // namespace

Screen SettingsScreen(const Reader& reader, const v1::Account& account,
                      const std::string& hours_zone, FeedOf feed) {
  const Texts& t = reader.t();
  Screen screen;
  std::string zone = ZoneText(reader, account);
  const std::string& own = account.time_zone();
  if (!own.empty() && !hours_zone.empty() && own != hours_zone) {
    zone += "\n" +
            t.Html("accounts.settings_hours_zone", {{"zone", ZoneAndOffset(reader, hours_zone)}});
    screen.rows.push_back(
        {{t.Plain("accounts.settings_move_hours", {{"city", t.formats().Zone(own)}}),
          Action(SetHoursZone{ZoneName{own}})}});
  }
  screen.text = t.Html("accounts.settings_text",
                       {Arg::Raw("zone", zone), {"language", t.Plain("language.name")}});
  screen.rows.push_back(
      {{t.Plain("accounts.settings_zone"), Action(ShowOffsets{Origin::kSettings, -1, {}})}});
  screen.rows.push_back({{t.Plain("accounts.settings_language"), Action(ShowLanguages{})}});
  screen.rows.push_back({{t.Plain("feeds.open"), Action(ShowFeed{feed})}});
  screen.rows.push_back({{t.Plain("accounts.settings_privacy"), Action(ShowPrivacy{})}});
  screen.rows.push_back({});
  if (account.provider_kind() != v1::PROVIDER_KIND_UNSPECIFIED) {
    screen.rows.back().push_back(PracticeButton(reader));
  }
  screen.rows.back().push_back(HomeButton(reader));
  return screen;
}

Screen LanguagesScreen(const Reader& reader, const Languages& languages) {
  Screen screen{.text = reader.t().Html("accounts.settings_choose_language"), .rows = {}};
  std::vector<Button> buttons;
  for (const auto& [code, texts] : languages.all()) {
    buttons.push_back({texts.Plain("language.name"), Action(SetLanguage{LanguageCode{code}})});
  }
  AppendGrid(screen.rows, std::move(buttons), kLanguagesPerRow);
  screen.rows.push_back({BackButton(reader, ShowSettings{})});
  return screen;
}

Screen AskZoneScreen(const Reader& reader, const OffsetsView& view) {
  const Texts& t = reader.t();
  const bool starts = view.origin == Origin::kStart;
  Screen screen{.text = t.Html(starts ? "accounts.zone_ask_first" : "accounts.zone_ask"),
                .rows = {}};
  AddLike(reader, view, screen.rows);
  AddLikely(reader, view, screen.rows);
  const int first = FirstAround(view.offsets, view.likely_zone, reader.now);
  screen.rows.push_back({{t.Plain("accounts.zone_others"),
                          Action(ShowOffsets{view.origin, std::max(0, first), view.provider})},
                         WithoutZone(reader, view)});
  return screen;
}

Screen OffsetsScreen(const Reader& reader, const OffsetsView& view, int first) {
  Screen screen{.text = reader.t().Html("accounts.zone_ask") + "\n", .rows = {}};
  const LocalTime here = ToLocal(view.likely_zone, reader.now);
  const int end = std::min(first + kOffsetsPerPage, view.offsets.offsets_size());
  std::vector<Button> buttons;
  for (int i = std::min(first, end); i < end; ++i) {
    const auto& offset = view.offsets.offsets(i);
    const std::string clock = ClockThere(reader, ToLocal(offset.time_zone(), reader.now), here);
    screen.text += "\n<b>" + clock + "</b> · " + OffsetText(MinutesOf(offset.offset())) +
                   EscapeHtml(CitiesOf(offset));
    const int minutes = static_cast<int>(MinutesOf(offset.offset()).count());
    buttons.push_back({clock, Action(PickOffset{view.origin, minutes, view.provider})});
  }
  AppendGrid(screen.rows, std::move(buttons), kOffsetsPerRow);
  Row others = OtherOffsets(view, first);
  if (!others.empty()) screen.rows.push_back(std::move(others));
  screen.rows.push_back({BackButton(reader, ShowOffsets{view.origin, -1, view.provider})});
  return screen;
}

Screen ZonesScreen(const Reader& reader, const v1::SearchTimeZonesResponse& zones,
                   const PickOffset& picked, const std::string& bare_offset) {
  const Texts& t = reader.t();
  const std::string offset = OffsetText(std::chrono::minutes(picked.offset_minutes));
  Screen screen{.text = t.Html("accounts.zone_refine", {{"offset", offset}}) + "\n", .rows = {}};
  std::vector<Button> buttons;
  for (const auto& zone : zones.zones()) {
    if (buttons.size() == kZonesMax) break;
    const std::string where = zone.country().empty() ? offset : zone.country();
    screen.text +=
        "\n" + t.Html(zone.changes_clock() ? "accounts.zone_changes" : "accounts.zone_fixed",
                      {{"city", zone.city()}, {"country", where}});
    buttons.push_back(
        {zone.city(), Action(SetZone{picked.origin, picked.provider, ZoneName{zone.time_zone()}})});
  }
  AppendGrid(screen.rows, std::move(buttons), kZonesPerRow);
  if (!bare_offset.empty()) {
    screen.rows.push_back(
        {{t.Plain("accounts.zone_keep_bare", {{"offset", offset}}),
          Action(SetZone{picked.origin, picked.provider, ZoneName{bare_offset}})}});
  }
  screen.rows.push_back({BackButton(reader, ShowOffsets{picked.origin, -1, picked.provider})});
  return screen;
}

Screen CitiesScreen(const Reader& reader, const v1::SearchTimeZonesResponse& zones,
                    const OffsetsView& view, const std::string& typed) {
  const Texts& t = reader.t();
  const std::string query = Shorten(typed, kTypedCharsMax);
  Screen screen{
      .text = t.Html(zones.zones().empty() ? "accounts.zone_no_city" : "accounts.zone_cities",
                     {{"typed", query}}),
      .rows = {}};
  for (const auto& zone : zones.zones()) {
    if (screen.rows.size() == kZonesMax) break;
    const LocalTime there = ToLocal(zone.time_zone(), reader.now);
    std::string label =
        BareOffset(zone.time_zone()) ? t.formats().Zone(zone.time_zone()) : zone.city();
    if (!zone.country().empty()) label += ", " + zone.country();
    screen.rows.push_back(
        {{label + " · " + Formats::Time({there.time, there.offset}),
          Action(SetZone{view.origin, view.provider, ZoneName{zone.time_zone()}})}});
  }
  // Who is not understood is left the ways that need no city.
  if (zones.zones().empty()) AddLike(reader, view, screen.rows);
  screen.rows.push_back({BackButton(reader, ShowOffsets{view.origin, -1, view.provider})});
  if (zones.zones().empty() && view.origin == Origin::kStart) {
    screen.rows.push_back({WithoutZone(reader, view)});
  }
  return screen;
}

Screen ZoneSetScreen(const Reader& reader, const v1::Account& account) {
  return {
      .text = reader.t().Html("accounts.zone_set", {Arg::Raw("zone", ZoneText(reader, account))}),
      .rows = {},
      .stays = true};
}

}  // namespace kalends::telegram
