// The page for machines, by the words of schema.org.
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "adapters/shared/currency.h"
#include "adapters/shared/safe_text.h"
#include "adapters/web/page_parts.h"

namespace kalends::web {
namespace {

using nlohmann::json;

constexpr const char* kDays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                 "Friday", "Saturday", "Sunday"};
constexpr int kDayMinutes = 24 * 60;

std::string ClockTime(int minute) {
  return fmt::format("{:02}:{:02}", minute % kDayMinutes / 60, minute % 60);
}

void SetText(json& object, const char* name, const std::string& text) {
  if (!text.empty()) object[name] = text;
}

json OfferOf(const v1::PublicProfile::Service& service, const PageView& view) {
  json offered = {{"@type", "Service"}, {"name", SafeText(NameOf(service, view).text)}};
  SetText(offered, "description", SafeText(DescriptionOf(service, view).text));
  json offer = {{"@type", "Offer"}, {"itemOffered", offered}};
  if (service.has_price()) {
    const int digits = MinorUnitDigits(service.price().currency_code());
    offer["price"] = fmt::format(
        "{:.{}f}", static_cast<double>(service.price().minor_units()) / std::pow(10.0, digits),
        digits);
    offer["priceCurrency"] = service.price().currency_code();
  }
  return offer;
}

// Hours of every week; what alternates has no word there.
json HoursOf(const v1::PublicProfile& profile) {
  json all = json::array();
  for (const v1::OpeningHours& hours : profile.opening_hours()) {
    if (hours.weeks() != v1::OpeningHours::WEEKS_EVERY || hours.day_of_week() < 1 ||
        hours.day_of_week() > 7) {
      continue;
    }
    all.push_back({{"@type", "OpeningHoursSpecification"},
                   {"dayOfWeek", kDays[hours.day_of_week() - 1]},
                   {"opens", ClockTime(hours.start_minute())},
                   {"closes", ClockTime(hours.end_minute())}});
  }
  return all;
}

json PicturesOf(const PageView& view) {
  json all = json::array();
  const auto add = [&](const v1::Picture& picture) {
    if (picture.sizes().empty()) return;
    all.push_back(view.site.public_url +
                  PicturePath(picture, picture.sizes(picture.sizes_size() - 1)));
  };
  add(view.profile.photo());
  for (const v1::Picture& picture : view.profile.pictures()) add(picture);
  return all;
}

}  // namespace

std::string StructuredData(const PageView& view) {
  const v1::PublicProfile& profile = view.profile;
  json page = {{"@context", "https://schema.org"},
               {"@type", "LocalBusiness"},
               {"name", SafeText(profile.display_name())}};
  SetText(page, "description", SafeText(AboutOf(view).text));
  SetText(page, "telephone", profile.phone());
  SetText(page, "email", profile.email());
  SetText(page, "address", SafeText(profile.address()));
  SetText(page, "hasMap", profile.map_link());
  json same = json::array();
  if (!profile.website().empty()) same.push_back(profile.website());
  for (const v1::WebLink& link : profile.social_profiles()) same.push_back(link.url());
  if (!same.empty()) page["sameAs"] = same;
  if (json hours = HoursOf(profile); !hours.empty()) page["openingHoursSpecification"] = hours;
  for (const auto& service : profile.services())
    page["makesOffer"].push_back(OfferOf(service, view));
  if (!view.site.public_url.empty()) {
    page["url"] = view.site.public_url + "/p/" + profile.slug();
    if (json pictures = PicturesOf(view); !pictures.empty()) page["image"] = pictures;
  }
  if (const std::string link = InvitationLink(view); !link.empty() && IsBookable(profile)) {
    page["potentialAction"] = {{"@type", "ReserveAction"}, {"target", link}};
  }
  // Bytes that are no UTF-8 are replaced; what could end the element or begin another is written so
  // that it cannot.
  std::string text = page.dump(-1, ' ', false, json::error_handler_t::replace);
  std::string safe;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escaped = text[i] == '\\';  // Two characters are one, and the second is ASCII.
    if (escaped) ++i;
    const char c = text[i];
    if ((escaped && c == '"') || c == '<' || c == '>' || c == '&') {
      safe += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      if (escaped) safe += '\\';
      safe += c;
    }
  }
  return safe;
}

}  // namespace kalends::web
