// Services of a page, and the next times at which they can be booked.
#include <algorithm>

#include "adapters/shared/safe_text.h"
#include "adapters/shared/start_payload.h"
#include "adapters/web/formats.h"
#include "adapters/web/page_parts.h"
#include "kalends/v1/types.pb.h"

namespace kalends::web {
namespace {

using ctemplate::TemplateDictionary;
using Service = v1::PublicProfile::Service;

std::string_view ServiceIdOf(const Service& service) {
  const std::string& name = service.name();
  return std::string_view(name).substr(name.rfind('/') + 1);
}

// Where the service is booked, and where at one of its times. Empty: nowhere.
std::string BookingLink(const PageView& view, const Service& service,
                        std::optional<std::int64_t> start_minutes = std::nullopt) {
  if (InvitationLink(view).empty() || !IsBookable(view.profile) || service.name().empty()) {
    return {};
  }
  return view.site.bot_url + "?start=" +
         BookingPayload(view.profile.invitation_code(), ServiceIdOf(service), start_minutes);
}

// False: there are none to show.
bool AddTimes(const PageView& view, const Service& service, const std::string& name,
              TemplateDictionary* item) {
  const auto& all = view.times.services();
  const auto found = std::find_if(
      all.begin(), all.end(), [&](const auto& times) { return times.service() == service.name(); });
  if (found == all.end() || found->times().empty()) return false;
  TemplateDictionary* row = item->AddSectionDictionary("TIMES");
  row->SetValue("TIMES_TITLE", view.texts.Get("page.next_times", {{"service", SafeText(name)}}));
  for (const auto& time : found->times()) {
    const std::string& language = view.texts.language();
    const std::string day = FormatLocalDay(language, time.local_start_time());
    const std::string link = BookingLink(view, service, time.start_time().seconds() / 60);
    if (day.empty() || link.empty()) continue;
    TemplateDictionary* slot = row->AddSectionDictionary("TIME");
    slot->SetValue("TIME_LINK", link);
    slot->SetValue("TIME_START", time.local_start_time());
    slot->SetValue("TIME_DAY", day);
    slot->SetValue("TIME_CLOCK", FormatLocalClock(language, time.local_start_time()));
  }
  return true;
}

void AddService(const PageView& view, const Service& service, TemplateDictionary* card) {
  const Texts& texts = view.texts;
  TemplateDictionary* item = card->AddSectionDictionary("SERVICE");
  const OwnText name = NameOf(service, view);
  if (const std::string link = BookingLink(view, service); !link.empty()) {
    item->ShowSection("BOOKABLE");
    item->SetValue("BOOKING_LINK", link);
    const bool timed = AddTimes(view, service, name.text, item);
    item->SetValue("BOOK", texts.Get(timed ? "page.other_times" : "page.book"));
  }
  item->SetValue("SERVICE_NAME", SafeText(name.text));
  item->SetValue("SERVICE_LANGUAGE", name.language);
  item->SetValue("PRICE", service.has_price()
                              ? FormatMoney(texts.language(), service.price().currency_code(),
                                            service.price().minor_units())
                              : texts.Get("page.free"));
  item->SetValue(
      "DURATION",
      FormatDuration(texts.language(), std::chrono::minutes(service.duration().seconds() / 60)));
  if (service.capacity() > 1) {
    item->AddSectionDictionary("GROUP")->SetValue("GROUP_SIZE",
                                                  texts.GetCount("page.group", service.capacity()));
  }
  const OwnText description = DescriptionOf(service, view);
  if (description.text.empty()) return;
  TemplateDictionary* row = item->AddSectionDictionary("SERVICE_TEXT");
  row->SetValue("SERVICE_DESCRIPTION", SafeText(description.text));
  row->SetValue("SERVICE_TEXT_LANGUAGE", description.language);
}

// One of several texts: the viewer's, or the first one.
OwnText Chosen(const std::string& translated, const std::string& own, const PageView& view) {
  if (!translated.empty()) return {translated, view.texts.language()};
  return {own, view.profile.language_code()};
}

v1::LocalizedText TranslationOf(const Service& service, const PageView& view) {
  const auto found = service.translations().find(view.texts.language());
  return found == service.translations().end() ? v1::LocalizedText() : found->second;
}

}  // namespace

OwnText AboutOf(const PageView& view) {
  const auto& translations = view.profile.about_translations();
  const auto found = translations.find(view.texts.language());
  return Chosen(found == translations.end() ? "" : found->second, view.profile.about(), view);
}

OwnText NameOf(const Service& service, const PageView& view) {
  return Chosen(TranslationOf(service, view).display_name(), service.display_name(), view);
}

OwnText DescriptionOf(const Service& service, const PageView& view) {
  return Chosen(TranslationOf(service, view).description(), service.description(), view);
}

void AddServices(const PageView& view, TemplateDictionary* main) {
  if (view.profile.services().empty()) return;
  TemplateDictionary* card =
      AddRow(main, "SERVICES_CARD", "SERVICES_TITLE", view.texts.Get("page.services"));
  for (const Service& service : view.profile.services()) AddService(view, service, card);
  if (view.times.services().empty()) return;
  // The zone's name is shown once for all of them.
  card->AddSectionDictionary("ZONE")->SetValue(
      "ZONE_TEXT", view.texts.Get("page.zone", {{"zone", view.times.time_zone()}}));
}

}  // namespace kalends::web
