// How the provider is reached, and when.
#include <fmt/format.h>

#include <vector>

#include "adapters/shared/safe_text.h"
#include "adapters/web/formats.h"
#include "adapters/web/page_parts.h"
#include "adapters/web/weblinks.h"

namespace kalends::web {
namespace {

using ctemplate::TemplateDictionary;

constexpr int kMinutesOfDay = 24 * 60;
constexpr int kWeekdays = 7;
constexpr char kTo[] = "\u2060–\u2060";  // No line ends at it.

std::string ClockOf(int minute) {
  // A day ends at 24:00, not at 0:00.
  const int of_day = minute == kMinutesOfDay ? minute : minute % kMinutesOfDay;
  return fmt::format("{}:{:02}", of_day / 60, of_day % 60);
}

// "9:00–12:30, 14:00–18:00" of a weekday; empty: closed.
std::string HoursText(const PageView& view, int weekday) {
  std::string text;
  for (const v1::OpeningHours& hours : view.profile.opening_hours()) {
    if (hours.day_of_week() != weekday) continue;
    if (!text.empty()) text += ", ";
    text += ClockOf(hours.start_minute()) + kTo + ClockOf(hours.end_minute());
    if (hours.weeks() != v1::OpeningHours::WEEKS_EVERY) {
      text += " (" + view.texts.Get("page.every_other_week") + ")";
    }
  }
  return text;
}

void AddPlace(const PageView& view, TemplateDictionary* card) {
  const v1::PublicProfile& profile = view.profile;
  auto* row = AddRow(card, "ADDRESS_ROW", "ADDRESS_TITLE", view.texts.Get("page.address"));
  row->SetValueAndShowSection("ADDRESS", SafeText(profile.address()), "ADDRESS_TEXT");
  row->SetValue("MAP_TITLE", view.texts.Get("page.map"));
  row->SetValue("MAP_LINK",
                profile.map_link().empty() ? MapSearch(profile.address()) : profile.map_link());
}

void AddSocialProfiles(const PageView& view, TemplateDictionary* card) {
  auto* row = AddRow(card, "SOCIAL_ROW", "SOCIAL_TITLE", view.texts.Get("page.social"));
  for (const v1::WebLink& link : view.profile.social_profiles()) {
    TemplateDictionary* item = row->AddSectionDictionary("SOCIAL");
    item->SetValue("SOCIAL_LINK", link.url());
    item->SetValue("SOCIAL_NAME", link.display_name().empty() ? SafeText(NetworkName(link.url()))
                                                              : SafeText(link.display_name()));
  }
}

}  // namespace

bool AddContacts(const PageView& view, TemplateDictionary* page) {
  const v1::PublicProfile& profile = view.profile;
  const Texts& texts = view.texts;
  const bool placed = !profile.address().empty() || !profile.map_link().empty();
  if (profile.website().empty() && profile.email().empty() && profile.phone().empty() && !placed &&
      profile.social_profiles().empty()) {
    return false;
  }
  TemplateDictionary* card =
      AddRow(page, "CONTACT_CARD", "CONTACT_TITLE", texts.Get("page.contact"));
  if (!profile.phone().empty()) {
    auto* row = AddRow(card, "PHONE_ROW", "PHONE_TITLE", texts.Get("page.phone"));
    row->SetValue("PHONE", profile.phone());
    row->SetValue("PHONE_DIGITS", DialedDigits(profile.phone()));
  }
  if (!profile.email().empty()) {
    auto* row = AddRow(card, "EMAIL_ROW", "EMAIL_TITLE", texts.Get("page.email"));
    const std::size_t at = profile.email().find('@');
    row->SetValue("EMAIL", SafeText(MailName(profile.email())));
    row->SetValue("EMAIL_ENCODED",
                  EncodePart(profile.email().substr(0, at)) + "@" + profile.email().substr(at + 1));
  }
  if (!profile.website().empty()) {
    auto* row = AddRow(card, "WEBSITE_ROW", "WEBSITE_TITLE", texts.Get("page.website"));
    row->SetValue("WEBSITE", profile.website());
    row->SetValue("WEBSITE_HOST", SafeText(SiteName(profile.website())));
  }
  if (placed) AddPlace(view, card);
  if (!profile.social_profiles().empty()) AddSocialProfiles(view, card);
  return true;
}

bool AddHours(const PageView& view, TemplateDictionary* page) {
  if (view.profile.opening_hours().empty()) return false;
  TemplateDictionary* card =
      AddRow(page, "HOURS_CARD", "HOURS_TITLE", view.texts.Get("page.hours"));
  const std::string& language = view.texts.language();
  // Weekdays in a row with the same hours are one line.
  for (int first = 1; first <= kWeekdays;) {
    const std::string text = HoursText(view, first);
    int last = first;
    while (last < kWeekdays && HoursText(view, last + 1) == text) ++last;
    if (!text.empty()) {
      TemplateDictionary* line = card->AddSectionDictionary("DAYS");
      const std::string day = FormatWeekday(language, first);
      line->SetValue("DAYS_NAME", first == last ? day : day + "–" + FormatWeekday(language, last));
      line->SetValue("DAYS_HOURS", text);
    }
    first = last + 1;
  }
  return true;
}

}  // namespace kalends::web
