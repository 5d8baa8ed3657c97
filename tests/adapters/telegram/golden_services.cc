#include "adapters/telegram/screens/catalog.h"
#include "adapters/telegram/screens/service_fields.h"
#include "adapters/telegram/screens/service_languages.h"
#include "adapters/telegram/screens/service_lists.h"
#include "tests/adapters/telegram/golden_screens.h"
#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

// With everything that a service can have.
v1::Service FullService() {
  v1::Service service = SampleService();
  const auto set = [](google::protobuf::Duration* length, int minutes) {
    length->set_seconds(std::int64_t{minutes} * 60);
  };
  service.set_description(Written("Yoga <für> alle"));
  service.set_place(Written("Lindenstr. 12 <Hof>"));
  service.set_payment_link("https://pay.example.com/{appointment}");
  service.set_capacity(8);
  service.set_auto_accept(true);
  set(service.mutable_buffer_after(), 10);
  set(service.mutable_step(), 15);
  set(service.mutable_minimum_notice(), 120);
  set(service.mutable_cancellation_deadline(), 2 * 1440);
  (*service.mutable_translations())["fr"].set_display_name(Written("Yoga <doux>"));
  return service;
}

v1::Service ServiceNamed(const char* id, const char* name) {
  v1::Service service = SampleService();
  service.set_name(std::string(SampleProvider().name()) + "/services/" + id);
  service.set_display_name(Written(name));
  return service;
}

}  // namespace

Screens ServiceScreens(const Reader& reader) {
  const v1::Service full = FullService();
  v1::Service plain = SampleService();
  plain.mutable_step()->set_seconds(1800);
  v1::Service archived = plain;
  archived.set_archived(true);
  Page<v1::Service> list;
  list.items = {plain, full};
  ServiceTeamView team{.service = full, .team = {}, .nonce = kNonce};
  team.team.items.resize(2);
  v1::Provider::Specialist& klara = team.team.items[0];
  klara.set_provider("providers/0prv000000002");
  klara.set_display_name(Written("Klara"));
  v1::Provider::Specialist& ben = team.team.items[1];
  ben.set_provider("providers/0prv000000003");
  ben.set_display_name(Written("Ben"));
  ServiceTeamView some = team;
  // By their place: the first reference ended when the list grew.
  some.service.add_specialists(team.team.items[0].provider());
  some.service.add_declined_by(team.team.items[0].provider());
  v1::Provider::Organization house;
  house.set_provider("providers/0prv000000009");
  house.set_display_name(Written("Salon <Süd>"));
  HouseServicesView at_house{.house = house,
                             .services = {.items = {plain, full}},
                             .specialist = team.team.items[0].provider(),
                             .nonce = kNonce};
  at_house.services.items[1].add_declined_by(team.team.items[0].provider());
  HouseServicesView nothing = at_house;
  nothing.services.items.clear();
  const auto booked = SessionsOf({SampleAppointment(v1::Appointment::STATUS_ACCEPTED),
                                  SampleAppointment(v1::Appointment::STATUS_PENDING)},
                                 full.name());
  Page<v1::Appointment> participants;
  participants.items = booked[0].participants;
  const auto ask = [&](const v1::Service& service, ServiceField field) {
    return AskServiceFieldScreen(reader, service, field, "EUR", kNonce);
  };
  Screens screens = {
      {"services of a provider", ServicesScreen(reader, list, 2)},
      {"no services", ServicesScreen(reader, {}, 0)},
      {"services of staff", ServicesScreen(reader, list, 0, {house})},
      {"services for an organization", HouseServicesScreen(reader, at_house)},
      {"no services for an organization", HouseServicesScreen(reader, nothing)},
      {"service", ServiceCardScreen(reader, {.service = plain, .nonce = kNonce})},
      {"full service of an organization",
       ServiceCardScreen(reader, {.service = full,
                                  .kind = v1::PROVIDER_KIND_ORGANIZATION,
                                  .nonce = kNonce,
                                  .heading = reader.t().Html("catalog.saved")})},
      {"archived service", ServiceCardScreen(reader, {.service = archived, .nonce = kNonce})},
      {"buffers", ServiceGroupScreen(reader, full, ServiceGroup::kBuffers)},
      {"deadlines", ServiceGroupScreen(reader, plain, ServiceGroup::kDeadlines)},
      {"service order",
       ServiceOrderScreen(
           reader, {plain, ServiceNamed("0srv000000002", "B"), ServiceNamed("0srv000000003", "C")},
           ServiceId{"0srv000000002"}, kNonce)},
      {"archive", ArchiveScreen(reader, {.items = {archived}})},
      {"empty archive", ArchiveScreen(reader, {})},
      {"service team", ServiceTeamScreen(reader, team)},
      {"some of the team", ServiceTeamScreen(reader, some)},
      {"sessions", SessionsScreen(reader, full, {.items = booked})},
      {"no sessions", SessionsScreen(reader, full, {})},
      {"participants", ParticipantsScreen(reader, full, booked[0].start, participants, 2)},
      {"service languages", ServiceLanguagesScreen(reader, TestLanguages(), full)},
      {"service language", ServiceLanguageScreen(reader, TestLanguages(), full, {"fr"}, kNonce)},
      {"ask translation",
       AskTranslationScreen(reader, TestLanguages(), full,
                            {ServiceId::Of(full.name()), ServiceField::kDescription, {"fr"}})},
  };
  for (int i = 0; i <= static_cast<int>(ServiceField::kMaxValue); ++i) {
    const auto field = static_cast<ServiceField>(i);
    // Its question names what is filled in, in braces, as nothing else may: see ServiceCard.
    if (field != ServiceField::kPaymentLink) {
      screens.emplace_back("ask field " + std::to_string(i), ask(full, field));
    }
    if (NumberFieldOf(field) || field == ServiceField::kPrice ||
        field == ServiceField::kPaymentLink) {
      screens.emplace_back("does not fit " + std::to_string(i),
                           Screen{.text = DoesNotFitText(reader, field, "EUR"), .rows = {}});
    }
  }
  screens.emplace_back("ask for a place where there is none", ask(plain, ServiceField::kPlace));
  return screens;
}

}  // namespace kalends::telegram
