// Screens against the files in golden/. After a wanted change of texts, run with
// KALENDS_UPDATE_GOLDEN=1 and read the difference.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "adapters/telegram/actions.h"
#include "adapters/telegram/screens/accounts.h"
#include "adapters/telegram/screens/appointments.h"
#include "adapters/telegram/screens/booking.h"
#include "adapters/telegram/screens/catalog.h"
#include "adapters/telegram/screens/inline_cards.h"
#include "adapters/telegram/screens/invitations.h"
#include "adapters/telegram/screens/links.h"
#include "adapters/telegram/screens/menu.h"
#include "adapters/telegram/screens/notifications.h"
#include "adapters/telegram/screens/pages.h"
#include "adapters/telegram/screens/pictures.h"
#include "adapters/telegram/screens/profiles.h"
#include "adapters/telegram/screens/proposals.h"
#include "adapters/telegram/screens/requests.h"
#include "tests/adapters/telegram/golden_screens.h"
#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

using date::literals::operator""_y;
using v1::Appointment;

const Draft kDraft{{kProviderId}, {kServiceId}, {}};
const Minute kSlot(std::chrono::minutes(1798466400 / 60));

v1::Account SampleAccount(const Reader& reader) {
  v1::Account account;
  account.set_display_name(Written("Jo"));
  account.set_time_zone(reader.zone);
  account.set_time_zone_changes_clock(true);
  return account;
}

v1::Invitation SampleInvitation() {
  v1::Invitation invitation;
  invitation.set_name("providers/0prv000000001/invitations/0inv000000001");
  invitation.set_label(Written("Flyer <Mitte>"));
  invitation.set_code("abcdefghijklmnopqrstuv");
  invitation.set_use_count(3);
  invitation.set_max_uses(10);
  invitation.mutable_expire_time()->set_seconds(kTestNow + 7 * 86400);
  invitation.set_state(v1::Invitation::STATE_ACTIVE);
  return invitation;
}

v1::Notification SampleNotification(v1::Notification::Kind kind, Appointment::Status status,
                                    Side side) {
  v1::Notification notification;
  notification.set_name("notifications/0not000000001");
  notification.set_kind(kind);
  *notification.mutable_appointment() = SampleAppointment(status);
  notification.set_status(status);
  notification.set_recipient(side == Side::kCustomer ? "accounts/0acc000000001"
                                                     : "accounts/0acc000000002");
  notification.set_actor(side == Side::kCustomer ? Appointment::ACTOR_PROVIDER
                                                 : Appointment::ACTOR_CUSTOMER);
  return notification;
}

SummaryView SampleSummary() {
  return {.draft = kDraft,
          .provider = SampleProvider(),
          .service = SampleService(),
          .specialist = {},
          .any_specialist = false,
          .start = kSlot,
          .duration = std::chrono::minutes(50),
          .note = "",
          .nonce = kNonce,
          .heading = "",
          .replaces = ""};
}

// Of an organization in London, with a specialist in Tokyo and a note.
SummaryView StaffSummary() {
  SummaryView view = SampleSummary();
  view.provider.set_kind(v1::PROVIDER_KIND_ORGANIZATION);
  view.provider.set_display_name(Written("Salon <Süd>"));
  view.provider.set_time_zone("Europe/London");
  view.specialist.set_display_name(Written("Mori"));
  view.specialist.set_time_zone("Asia/Tokyo");
  view.note = Written("Knie <links> & rechts");
  view.seats_left = 3;
  return view;
}

Screens BookingScreens(const Reader& reader) {
  Page<v1::Provider> providers;
  providers.items = {SampleProvider(), SampleProvider()};
  providers.items[1].set_kind(v1::PROVIDER_KIND_ORGANIZATION);
  providers.items[1].set_display_name(Written("Salon <Süd>"));
  Page<v1::Service> services;
  services.items = {SampleService(), SampleService()};
  services.items[1].clear_price();
  const std::string heading = "👤 Dr. Ada Weiss · Massage";
  const Instant slot = kSlot;
  return {
      {"providers", ProvidersScreen(reader, providers, ProviderList::kRequest)},
      {"specialists", ProvidersScreen(reader, providers, ProviderList::kSpecialists)},
      {"provider", ProviderScreen(reader, SampleProvider(), "https://example.com/p/ada-weiss", {})},
      {"ask remove", AskRemoveProviderScreen(reader, SampleProvider(), kNonce)},
      {"no providers", ProvidersScreen(reader, {}, ProviderList::kRequest)},
      {"services", ServicesToBookScreen(reader, SampleProvider(), services)},
      {"nothing offered", NothingOfferedScreen(reader, SampleProvider())},
      {"month", MonthScreen(reader, {kDraft,
                                     heading,
                                     {2026_y / 12,
                                      2027_y / 1,
                                      {2026_y / 12 / 28, 2026_y / 12 / 29, 2027_y / 1 / 4},
                                      true,
                                      {slot, slot + std::chrono::minutes(30)},
                                      slot,
                                      "Europe/Berlin",
                                      "Asia/Tokyo"},
                                     {},
                                     PickProvider{{kProviderId}}})},
      {"full month",
       MonthScreen(reader, {kDraft,
                            heading,
                            {2026_y / 12, 2026_y / 12, {}, false, {}, slot, "Europe/Berlin"},
                            {},
                            PickProvider{{kProviderId}}})},
      {"nothing ahead",
       MonthScreen(reader, {kDraft,
                            heading,
                            {2026_y / 12, 2026_y / 12, {}, true, {}, std::nullopt, "Europe/Berlin"},
                            std::chrono::days(90),
                            PickProvider{{kProviderId}}})},
      {"slots", SlotsScreen(reader, {kDraft,
                                     heading,
                                     2026_y / 12 / 28,
                                     {slot, slot + std::chrono::minutes(30)},
                                     0,
                                     "Europe/Berlin",
                                     "Europe/Berlin"})},
      {"slots of a group", SlotsScreen(reader, {kDraft,
                                                heading,
                                                2026_y / 12 / 28,
                                                {slot, slot + std::chrono::minutes(30)},
                                                0,
                                                "Europe/Berlin",
                                                "Asia/Tokyo",
                                                {3, 12}})},
      {"provider without a profile",
       ProviderScreen(reader, SampleProvider(), "", {SampleSoldPackage()})},
      {"summary", SummaryScreen(reader, SampleSummary())},
      {"summary of a specialist", SummaryScreen(reader, StaffSummary())},
      {"ask note", AskNoteScreen(reader, SampleProvider(), {kDraft, kSlot})},
      {"requested", RequestedScreen(reader, SampleAppointment(Appointment::STATUS_PENDING))},
      {"alternatives",
       AlternativesScreen(reader, {reader.t().Html("error.slot_taken"),
                                   {kSlot, kSlot + std::chrono::minutes(30)},
                                   "Europe/Berlin",
                                   [](Minute start) { return PickSlot{kDraft, start}; },
                                   ShowMonth{kDraft, std::nullopt}})},
  };
}

Appointment PaidAppointment() {
  Appointment paid = SampleAppointment(Appointment::STATUS_ACCEPTED);
  paid.mutable_paid()->set_currency_code("EUR");
  paid.mutable_paid()->set_minor_units(3000);
  paid.mutable_outstanding()->set_currency_code("EUR");
  paid.mutable_outstanding()->set_minor_units(5000);
  paid.set_payment_link("https://pay.example.com/50.00");
  return paid;
}

Screens AppointmentScreens(const Reader& reader) {
  Page<Appointment> list;
  list.items = {SampleAppointment(Appointment::STATUS_PENDING),
                SampleAppointment(Appointment::STATUS_ACCEPTED)};
  list.has_next = true;
  Page<Appointment> of_two_zones = list;
  of_two_zones.items[1].set_provider_time_zone("Asia/Tokyo");
  Appointment accepted = SampleAppointment(Appointment::STATUS_ACCEPTED);
  accepted.mutable_cancel_until_time()->set_seconds(1798380000);
  Appointment too_late = accepted;
  accepted.add_allowed_actions(Appointment::ACTION_CANCEL);
  accepted.set_note(Written("Knie <links>"));
  Appointment pending = SampleAppointment(Appointment::STATUS_PENDING);
  for (const auto action : {Appointment::ACTION_ACCEPT, Appointment::ACTION_REJECT,
                            Appointment::ACTION_PROPOSE_TIMES}) {
    pending.add_allowed_actions(action);
  }
  Appointment proposed = SampleAppointment(Appointment::STATUS_PENDING);
  proposed.add_allowed_actions(Appointment::ACTION_CHOOSE_PROPOSED_TIME);
  proposed.add_proposed_start_times()->set_seconds(1798470000);
  pending.set_note(Written("Knie <links>"));
  return {
      {"upcoming", AppointmentsScreen(reader, list, AppointmentList::kUpcoming)},
      {"upcoming in two zones",
       AppointmentsScreen(reader, of_two_zones, AppointmentList::kUpcoming)},
      {"no upcoming", AppointmentsScreen(reader, {}, AppointmentList::kUpcoming)},
      {"no upcoming, of a provider",
       AppointmentsScreen(reader, {}, AppointmentList::kUpcoming, true)},
      {"card", AppointmentScreen(reader, accepted, Side::kCustomer, kNonce)},
      {"card after the deadline", AppointmentScreen(reader, too_late, Side::kCustomer, kNonce)},
      {"request", AppointmentScreen(reader, pending, Side::kProvider, kNonce)},
      {"proposed", AppointmentScreen(reader, proposed, Side::kCustomer, kNonce)},
      {"proposed time", ProposedTimeScreen(reader, proposed, kSlot + std::chrono::minutes(60),
                                           reader.t().Html("consents.missing_thanks"), kNonce)},
      {"info", MeetingInfoScreen(reader, accepted, Side::kCustomer)},
      {"info with payments", MeetingInfoScreen(reader, PaidAppointment(), Side::kCustomer)},
      {"ask cancel", AskCancelScreen(reader, accepted, Side::kCustomer, kNonce)},
      {"cancel reason",
       CancelReasonScreen(reader, accepted, Side::kCustomer, "Krank & <müde>", kNonce)},
      {"ask reject", AskRejectScreen(reader, pending, kNonce)},
      {"reject reason", RejectReasonScreen(reader, pending, "Leider <voll>", kNonce)},
      {"accept as", AcceptAsScreen(reader, pending, {SampleService()}, kNonce)},
      {"review proposal", ReviewProposalScreen(reader, pending, {kSlot}, kNonce)},
  };
}

Screens NoticeScreens(const Reader& reader) {
  v1::Notification requested = SampleNotification(v1::Notification::KIND_APPOINTMENT_REQUESTED,
                                                  Appointment::STATUS_PENDING, Side::kProvider);
  requested.mutable_appointment()->add_allowed_actions(Appointment::ACTION_ACCEPT);
  v1::Notification rejected = SampleNotification(v1::Notification::KIND_APPOINTMENT_REJECTED,
                                                 Appointment::STATUS_REJECTED, Side::kCustomer);
  rejected.set_reason(Written("<Urlaub>"));
  return {
      {"requested", NotificationScreen(reader, requested)},
      {"accepted", NotificationScreen(
                       reader, SampleNotification(v1::Notification::KIND_APPOINTMENT_ACCEPTED,
                                                  Appointment::STATUS_ACCEPTED, Side::kCustomer))},
      {"rejected", NotificationScreen(reader, rejected)},
  };
}

Screens AccountScreens(const Reader& reader) {
  v1::ListUtcOffsetsResponse offsets;
  for (const auto& [minutes, zone, city] :
       {std::tuple(-720, "UTC-12:00", ""), std::tuple(0, "UTC+00:00", "London"),
        std::tuple(60, "UTC+01:00", "Berlin"), std::tuple(345, "UTC+05:45", "Kathmandu"),
        std::tuple(840, "UTC+14:00", "Kiritimati")}) {
    auto& offset = *offsets.add_offsets();
    offset.mutable_offset()->set_seconds(std::int64_t{minutes} * 60);
    offset.set_time_zone(zone);
    if (*city != 0) offset.add_example_cities(city);
  }
  v1::SearchTimeZonesResponse zones;
  auto& zone = *zones.add_zones();
  zone.set_time_zone("Europe/Berlin");
  zone.set_city("Berlin");
  zone.set_country("Deutschland");
  zone.mutable_offset()->set_seconds(3600);
  zone.set_changes_clock(true);
  const OffsetsView view{
      Origin::kStart, {kProviderId}, offsets, "Europe/Berlin", Written("Dr. Ada <Weiss>"),
      "Europe/Berlin"};
  return {
      {"ask zone", AskZoneScreen(reader, view)},
      {"offsets", OffsetsScreen(reader, view, 0)},
      {"zones", ZonesScreen(reader, zones, {Origin::kSettings, 60, {}}, "UTC+01:00")},
      {"cities", CitiesScreen(reader, zones, {Origin::kStart, {kProviderId}}, "berlin <b>")},
      {"settings", SettingsScreen(reader, SampleAccount(reader), reader.zone)},
      {"languages", LanguagesScreen(reader, TestLanguages())},
  };
}

Screens WorkScreens(const Reader& reader) {
  return {
      {"edit invitation", EditInvitationScreen(reader, {Invite::kCustomers, 7, 0}, kNonce)},
      {"invitation", InvitationScreen(reader, SampleInvitation(), "https://t.me/bot?start=abc")},
      {"price", AskPriceScreen(reader, "Massage", 50, "EUR", kNonce)},
      {"review price", ReviewPriceScreen(reader, "Massage", 50, {"UAH", 150000}, kNonce)},
  };
}

v1::Picture SamplePicture(const char* id, int position) {
  v1::Picture picture;
  picture.set_name(std::string("providers/0prv000000001/pictures/") + id);
  picture.set_position(position);
  picture.set_role(position == 0 ? v1::Picture::ROLE_PHOTO : v1::Picture::ROLE_GALLERY);
  if (position != 2) picture.set_caption(Written("Der helle Raum <1. Stock>"));
  return picture;
}

Screens PageScreens(const Reader& reader) {
  PageView plain{{}, "https://example.com", "", kNonce};
  PageView full = plain;
  full.profile.set_slug("ada-weiss");
  full.profile.set_published(true);
  full.profile.set_about("Seit 1998.");
  (*full.profile.mutable_about_translations())["en"] = Written("Since <1998>.");
  full.profile.set_map_link("https://map.example/1");
  full.profile.set_hours_shown(true);
  full.profile.set_theme(v1::THEME_PLUM);
  full.profile.set_accent_color("#7a1f6e");
  auto* link = full.profile.add_social_profiles();
  link->set_display_name(Written("Instagram"));
  link->set_url("https://instagram.com/ada");
  full.heading = reader.t().Html("pages.saved");
  const Languages& languages = TestLanguages();
  return {
      {"page", PageScreen(reader, plain)},
      {"page with all", PageScreen(reader, full)},
      {"ask slug", AskSlugScreen(reader, full)},
      {"ask map link", AskMapLinkScreen(reader, plain)},
      {"ask map link again", AskMapLinkScreen(reader, full)},
      {"ask networks", AskNetworksScreen(reader, plain)},
      {"ask networks again", AskNetworksScreen(reader, full)},
      {"about languages", AboutLanguagesScreen(reader, full, languages)},
      {"ask about in", AskAboutInScreen(reader, plain, "fr", languages)},
      {"ask about in again", AskAboutInScreen(reader, full, "en", languages)},
      {"themes", ThemesScreen(reader, plain)},
      {"themes with a colour", ThemesScreen(reader, full)},
      {"ask colour", AskColorScreen(reader, plain)},
      {"colour refused", ColorRefusedScreen(reader, plain, "#8a7900")},
  };
}

Screens PictureScreens(const Reader& reader) {
  const v1::Picture photo = SamplePicture("0pic000000001", 0);
  const v1::Picture first = SamplePicture("0pic000000002", 1);
  const v1::Picture second = SamplePicture("0pic000000003", 2);
  Page<v1::Picture> gallery;
  gallery.items = {first, second};
  gallery.has_next = true;
  return {
      {"no photo", PhotoScreen(reader, nullptr, kNonce, "")},
      {"photo", PhotoScreen(reader, &photo, kNonce, reader.t().Html("pictures.photo_saved"))},
      {"empty gallery", GalleryScreen(reader, {}, "")},
      {"gallery", GalleryScreen(reader, gallery, reader.t().HtmlCount("pictures.added", 2))},
      {"ask pictures", AskPicturesScreen(reader)},
      {"first picture", PictureScreen(reader, first, 2, kNonce, "")},
      {"last picture", PictureScreen(reader, second, 2, kNonce, "")},
      {"ask caption", AskCaptionScreen(reader, first)},
      {"sent picture", SentPictureScreen(reader, second)},
  };
}

// As it is sent into a chat.
Screens InlineScreens(const Reader& reader) {
  InlineView view;
  view.provider.set_display_name(Written("Ada Weiß"));
  view.profile.set_about(Written("Seit 1998 <Physiotherapie>."));
  view.profile.set_slug("ada-weiss");
  view.profile.set_published(true);
  view.invitations = {SampleInvitation()};
  view.invitations[0].set_kind(v1::Invitation::KIND_CUSTOMER);
  view.bot_username = "kalends_bot";
  view.public_url = "https://example.com";
  const std::vector<InlineCard> cards = InlineCards(reader, view);
  return {{"inline card", cards.at(0).screen}};
}

Screens ProfileScreens(const Reader& reader) {
  v1::Profile hidden;
  v1::Profile shown;
  shown.set_slug("ada-weiss");
  shown.set_published(true);
  shown.set_about(Written("Seit 1998 <Physiotherapie>.\nWillkommen!"));
  shown.set_phone("030 1234567");
  shown.set_address(Written("Lindenstr. 12 <Hof>"));
  shown.set_invitation("providers/0prv000000001/invitations/0inv000000001");
  const std::string site = "https://example.com";
  return {
      {"hidden profile", ProfileScreen(reader, {hidden, site, "", ShowSetup{}, kNonce})},
      {"preview of a profile",
       PreviewScreen(reader, site + "/p/ada-weiss?preview=" + std::string(43, 'A'),
                     reader.now + std::chrono::minutes(30), kNonce)},
      {"public profile", ProfileScreen(reader, {shown,
                                                site,
                                                reader.t().Html("profiles.saved"),
                                                std::nullopt,
                                                kNonce,
                                                {},
                                                {true, 3},
                                                true})},
      {"profile without a website", ProfileScreen(reader, {shown, "", "", std::nullopt, kNonce})},
      {"ask contacts", AskContactsScreen(reader, hidden, kNonce)},
      {"ask contacts again", AskContactsScreen(reader, shown, kNonce)},
      {"ask about", AskAboutTextScreen(reader, hidden, kNonce)},
      {"ask about again", AskAboutTextScreen(reader, shown, kNonce)},
  };
}

std::vector<Screens> AllScreens(const Reader& reader) {
  return {BookingScreens(reader),
          AppointmentScreens(reader),
          NoticeScreens(reader),
          AccountScreens(reader),
          SetupScreens(reader),
          WorkScreens(reader),
          ProfileScreens(reader),
          TalkScreens(reader),
          FileScreens(reader),
          WorkdayScreens(reader),
          ProviderAppointmentScreens(reader),
          ServiceScreens(reader),
          HoursScreens(reader),
          PageScreens(reader),
          PictureScreens(reader),
          InlineScreens(reader),
          CustomerScreens(reader)};
}

TEST(Screens, WhatPeopleWriteStaysInItsPlace) {
  const HostileWriting hostile;
  for (const auto& screens : AllScreens(ReaderIn("de", ""))) {
    for (const auto& [name, screen] : screens) {
      EXPECT_EQ(WritingFault(screen.text), "") << name << ": " << screen.text;
      for (const Row& row : screen.rows) {
        for (const Button& button : row) {
          EXPECT_EQ(WritingFault(button.label), "") << name << ": " << button.label;
        }
      }
    }
  }
}

TEST(Screens, WhatTakesSomethingAwayStandsOutWhereItIsConfirmed) {
  const Reader reader = ReaderIn("de", "");
  Screens asking = {
      {"ask revoke", AskRevokeScreen(reader, SampleInvitation(), kNonce)},
      {"ask archive service", AskArchiveServiceScreen(reader, SampleService(), kNonce)}};
  const std::set<std::string> kNames = {"ask remove", "ask cancel",           "ask reject",
                                        "ask delete", "ask delete documents", "ask archive",
                                        "ask block",  "ask archive package",  "ask cancel sale"};
  for (const auto& screens : AllScreens(reader)) {
    std::copy_if(screens.begin(), screens.end(), std::back_inserter(asking),
                 [&](const auto& named) { return kNames.contains(named.first); });
  }
  EXPECT_EQ(asking.size(), kNames.size() + 2);
  for (const auto& [name, screen] : asking) {
    int dangers = 0;
    for (const Row& row : screen.rows) {
      const auto count = std::count_if(row.begin(), row.end(), [](const Button& button) {
        return button.style == Style::kDanger;
      });
      dangers += static_cast<int>(count);
      const bool last = &row == &screen.rows.back() && screen.rows.size() > 1;
      EXPECT_TRUE(count == 0 || row.size() > 1 || last) << name << ": first, and as wide as it can";
    }
    EXPECT_EQ(dangers, 1) << name;
  }
}

class Golden : public testing::TestWithParam<std::tuple<const char*, const char*>> {};

TEST_P(Golden, ScreensReadAsAgreed) {
  const auto [language, zone] = GetParam();
  const Reader reader = ReaderIn(language, zone);
  std::string drawn;
  for (const auto& screens : AllScreens(reader)) {
    for (const auto& [name, screen] : screens) {
      EXPECT_EQ(ScreenFault(screen), "") << name;
      drawn += "=== " + name + "\n" + Draw(screen) + "\n";
    }
  }
  const auto path = std::filesystem::path(KALENDS_GOLDEN_DIR) /
                    (std::string(language) + (*zone == '\0' ? "_no_zone" : "_newyork") + ".txt");
  if (std::getenv("KALENDS_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path) << drawn;
    return;
  }
  std::stringstream expected;
  expected << std::ifstream(path).rdbuf();
  EXPECT_EQ(drawn, expected.str()) << path;
}

INSTANTIATE_TEST_SUITE_P(Screens, Golden,
                         testing::Values(std::tuple("de", ""), std::tuple("de", "America/New_York"),
                                         std::tuple("en", "America/New_York"),
                                         std::tuple("fr", "America/New_York"),
                                         std::tuple("ru", "America/New_York"),
                                         std::tuple("uk", "America/New_York"),
                                         std::tuple("es", "America/New_York")));

}  // namespace
}  // namespace kalends::telegram
