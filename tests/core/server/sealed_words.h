// Something in the columns that the query files seal, written through the API.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "tests/support/files.h"
#include "tests/support/images.h"
#include "tests/support/test_server.h"

namespace kalends::test {

// A page that is not published yet.
inline void WriteAPage(const Practice& practice) {
  v1::UpdateProfileRequest page;
  v1::Profile& profile = *page.mutable_profile();
  profile.set_name("providers/me/profile");
  profile.set_about("Werdegangszeile");
  profile.set_website("https://seitenimnetz.example");
  profile.set_email("postkasten@praxis.example");
  profile.set_phone("+49 30 5550199");
  profile.set_address("Hinterhofadresse 1");
  profile.set_map_link("https://karte.example/Kartenpunkteins");
  (*profile.mutable_about_translations())["en"] = "Lebenslaufzeile";
  v1::WebLink* link = profile.add_social_profiles();
  link->set_display_name("Vereinsheim");
  link->set_url("https://netzprofil.example");
  v1::GetProfileRequest present;
  present.set_name(profile.name());
  profile.set_etag(practice.specialist.Must(&v1::ProfileService::Stub::GetProfile, present).etag());
  for (const char* path : {"about", "website", "email", "phone", "address", "map_link",
                           "social_profiles", "about_translations"}) {
    page.mutable_update_mask()->add_paths(path);
  }
  practice.specialist.Must(&v1::ProfileService::Stub::UpdateProfile, page);
  v1::UploadPictureRequest first;
  first.mutable_header()->set_parent("providers/me");
  first.mutable_header()->mutable_picture()->set_caption("Fensterbankkatze");
  first.mutable_header()->set_request_id(Client::NextRequestId());
  v1::Picture picture;
  const std::string bytes = JpegOf({4, 3}, [](int, int) { return Pixel{}; });
  EXPECT_EQ(ReasonOf(Upload(practice.specialist, &v1::PictureService::Stub::UploadPicture, first,
                            bytes, &picture)),
            "OK");
}

// Labels, places, links, and a file to be read.
inline void WriteAsSpecialist(const Practice& practice) {
  const Client& specialist = practice.specialist;
  v1::CreateClosureRequest closure;
  closure.set_parent(practice.provider);
  closure.mutable_closure()->mutable_start_time()->set_seconds(
      core::ToUnixSeconds(At("2026-05-05T09:00:00Z")));
  closure.mutable_closure()->mutable_end_time()->set_seconds(
      core::ToUnixSeconds(At("2026-05-06T09:00:00Z")));
  closure.mutable_closure()->set_label("Kuraufenthalt");
  specialist.Must(&v1::ScheduleService::Stub::CreateClosure, closure);
  v1::CreateBusyCalendarRequest elsewhere;
  elsewhere.set_parent(practice.provider);
  elsewhere.mutable_busy_calendar()->set_kind(v1::BusyCalendar::KIND_CALDAV);
  elsewhere.mutable_busy_calendar()->set_address("https://elsewhere.example/Kalenderadresse");
  elsewhere.mutable_busy_calendar()->set_user("Kalenderbenutzer");
  elsewhere.mutable_busy_calendar()->set_password("Kalenderkennwort");
  specialist.Must(&v1::BusyCalendarService::Stub::CreateBusyCalendar, elsewhere);
  v1::GetScheduleRequest which;
  which.set_name(practice.provider + "/schedule");
  v1::UpdateScheduleRequest schedule;
  *schedule.mutable_schedule() = specialist.Must(&v1::ScheduleService::Stub::GetSchedule, which);
  auto* day = schedule.mutable_schedule()->add_special_dates();
  day->mutable_date()->set_year(2026);
  day->mutable_date()->set_month(7);
  day->mutable_date()->set_day(7);
  day->set_label("Silberhochzeit");
  schedule.mutable_update_mask()->add_paths("special_dates");
  specialist.Must(&v1::ScheduleService::Stub::UpdateSchedule, schedule);
  v1::UpdateServiceRequest service;
  service.mutable_service()->set_name(practice.service);
  service.mutable_service()->set_place("https://video.example/Videolinkeins");
  service.mutable_service()->set_payment_link("https://pay.example/zahlungsempfaenger");
  service.mutable_update_mask()->add_paths("place");
  service.mutable_update_mask()->add_paths("payment_link");
  specialist.Must(&v1::CatalogService::Stub::UpdateService, service);
  v1::UpdateProviderRequest provider;
  provider.mutable_provider()->set_name(practice.provider);
  provider.mutable_provider()->set_reminder_text("Handtuecher mitbringen");
  provider.mutable_update_mask()->add_paths("reminder_text");
  specialist.Must(&v1::ProviderService::Stub::UpdateProvider, provider);
  WriteAPage(practice);
  v1::PublishConsentDocumentRequest consent;
  consent.mutable_header()->set_parent(practice.provider);
  consent.mutable_header()->mutable_document()->set_display_name("AGB");
  consent.mutable_header()->set_file_name("Einwilligungsdatei.pdf");
  consent.mutable_header()->set_content_type("application/pdf");
  consent.mutable_header()->set_request_id(Client::NextRequestId());
  v1::ConsentDocument document;
  EXPECT_EQ(ReasonOf(Upload(specialist, &v1::ConsentService::Stub::PublishConsentDocument, consent,
                            "bytes", &document)),
            "OK");
}

// The customer's token.
inline std::string Subscribe(const Practice& practice) {
  v1::CreateFeedRequest request;
  request.set_parent("accounts/me");
  request.mutable_feed()->set_role(v1::Feed::ROLE_CUSTOMER);
  return practice.customer.Must(&v1::FeedService::Stub::CreateFeed, request).token();
}

// The code.
inline std::string Invite(const Practice& practice) {
  v1::CreateInvitationRequest request;
  request.set_parent(practice.provider);
  request.mutable_invitation()->set_kind(v1::Invitation::KIND_CUSTOMER);
  request.mutable_invitation()->set_label("Schwiegermutter");
  return practice.specialist.Must(&v1::InvitationService::Stub::CreateInvitation, request).code();
}

// Of the practice's customer: "providers/.../links/...".
inline std::string LinkOfCustomer(const Practice& practice) {
  v1::GetAccountRequest request;
  request.set_name("accounts/me");
  const auto name = practice.customer.Must(&v1::AccountService::Stub::GetAccount, request).name();
  return practice.provider + "/links/" + name.substr(name.rfind('/') + 1);
}

// Private notes on the customer and on an appointment.
inline void WriteNotes(const Practice& practice, const std::string& appointment) {
  v1::UpdatePrivateNoteRequest note;
  note.mutable_update_mask()->add_paths("text");
  note.mutable_private_note()->set_name(LinkOfCustomer(practice) + "/privateNote");
  note.mutable_private_note()->set_text("hat eine Nussallergie");
  practice.specialist.Must(&v1::NoteService::Stub::UpdatePrivateNote, note);
  note.mutable_private_note()->set_name(appointment + "/privateNote");
  note.mutable_private_note()->set_text("kam mit Dackelhund");
  practice.specialist.Must(&v1::NoteService::Stub::UpdatePrivateNote, note);
}

// A package of the customer's that was paid a part of. Its name.
inline std::string SellPackage(const Practice& practice) {
  v1::CreatePackageRequest offer;
  offer.set_parent(practice.provider);
  offer.mutable_package()->set_display_name("Ten");
  offer.mutable_package()->add_services(practice.service);
  offer.mutable_package()->set_visits(10);
  v1::SellPackageRequest sale;
  sale.set_parent(LinkOfCustomer(practice));
  sale.set_package(
      practice.specialist.Must(&v1::PackageService::Stub::CreatePackage, offer).name());
  v1::CreatePaymentRequest payment;
  payment.set_parent(practice.specialist.Must(&v1::PackageService::Stub::SellPackage, sale).name());
  payment.mutable_payment()->set_kind(v1::Payment::KIND_PAYMENT);
  payment.mutable_payment()->mutable_amount()->set_minor_units(100);
  payment.mutable_payment()->mutable_amount()->set_currency_code("EUR");
  payment.mutable_payment()->set_note("Paketanzahlung");
  practice.specialist.Must(&v1::PaymentService::Stub::CreatePayment, payment);
  return payment.parent();
}

// An appointment that was accepted, paid a part of and cancelled. Its name.
inline std::string BookAndCancel(const Practice& practice,
                                 const std::string& start = "2026-03-03T09:00:00Z") {
  v1::RequestAppointmentRequest request;
  request.set_parent(practice.provider);
  request.mutable_appointment()->set_service(practice.service);
  request.mutable_appointment()->mutable_start_time()->set_seconds(core::ToUnixSeconds(At(start)));
  request.mutable_appointment()->set_note("Knieschmerz");
  const auto appointment =
      practice.customer.Must(&v1::BookingService::Stub::RequestAppointment, request);
  practice.Accept(appointment.name());
  v1::CreatePaymentRequest payment;
  payment.set_parent(appointment.name());
  payment.mutable_payment()->set_kind(v1::Payment::KIND_PAYMENT);
  payment.mutable_payment()->mutable_amount()->set_minor_units(100);
  payment.mutable_payment()->mutable_amount()->set_currency_code("EUR");
  payment.mutable_payment()->set_note("Barzahlungsrest");
  practice.specialist.Must(&v1::PaymentService::Stub::CreatePayment, payment);
  v1::CancelAppointmentRequest cancellation;
  cancellation.set_name(appointment.name());
  cancellation.set_reason("wegen Heiserkeit");
  practice.customer.Must(&v1::BookingService::Stub::CancelAppointment, cancellation);
  return appointment.name();
}

}  // namespace kalends::test
