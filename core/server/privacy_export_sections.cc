// What an export holds, section by section.
#include <iterator>
#include <memory>

#include "core/app/accounts.h"
#include "core/app/profiles.h"
#include "core/app/providers.h"
#include "core/app/schedule.h"
#include "core/app/sessions.h"
#include "core/base/status_macros.h"
#include "core/server/accounts.h"
#include "core/server/booking.h"
#include "core/server/catalog.h"
#include "core/server/chat.h"
#include "core/server/invitations.h"
#include "core/server/payments.h"
#include "core/server/privacy_export.h"
#include "core/server/privacy_export_walks.h"
#include "core/server/profiles.h"
#include "core/server/providers.h"
#include "core/server/schedule.h"
#include "core/server/support.h"
#include "kalends/v1/session_service.pb.h"
#include "storage/accounts.h"
#include "storage/booking.h"
#include "storage/privacy.h"

namespace kalends::server {
namespace {

// A file of one page.
ExportPages Once(std::function<absl::Status(const app::ReadContext&, const MessageSink&)> all) {
  return [all = std::move(all)](const app::ReadContext& cx,
                                const MessageSink& sink) -> absl::StatusOr<bool> {
    RETURN_IF_ERROR(all(cx, sink));
    return false;
  };
}

template <typename SomeMessage, typename... View>
absl::Status PutEncoded(const MessageSink& sink, const View&... view) {
  SomeMessage message;
  Encode(view..., &message);
  return sink(message);
}

// All of one side, with their history, by their start.
AppointmentListing WithHistory(storage::Whose whose) {
  AppointmentListing listing = AppointmentsOf({});
  listing.load = [whose = std::move(whose)](
                     const app::ReadContext& cx, const auto& after,
                     int limit) -> absl::StatusOr<std::vector<app::AppointmentView>> {
    const core::Interval ever{core::Instant(), core::FromUnixSeconds(std::int64_t{1} << 40)};
    std::vector<app::AppointmentView> views;
    for (const auto& one : storage::ListByStart(cx.tx, whose, ever, after, limit)) {
      ASSIGN_OR_RETURN(auto view, app::ViewAppointment(cx, one, app::History::kWith));
      views.push_back(std::move(view));
    }
    return views;
  };
  return listing;
}

ExportPages PaymentsFor(storage::Whose whose) {
  return Pages(Nested(WithHistory(std::move(whose)), [](const app::AppointmentView& view) {
    return PaymentsOf({view.appointment.provider, view.appointment.id});
  }));
}

template <typename Owner>
ExportPages MessagesIn(Owner owner) {
  return Pages(Nested(LinksOf(owner), [](const app::LinkView& view) {
    return MessagesOf({view.link.provider, view.link.customer});
  }));
}

absl::Status PutSessions(const app::ReadContext& cx, const MessageSink& sink) {
  for (const auto& row : storage::IdentitiesOf(cx.tx, *cx.caller.account)) {
    const std::string key = row.identity.ToString();
    const storage::SessionRow session = app::GetSession(cx, key);
    if (session.version == 0) continue;
    v1::Session message;
    message.set_name("sessions/" + key);
    message.set_data(session.data);
    RETURN_IF_ERROR(sink(message));
  }
  return absl::OkStatus();
}

void Append(std::vector<ExportSection> more, std::vector<ExportSection>& sections) {
  std::move(more.begin(), more.end(), std::back_inserter(sections));
}

void AddAsCustomer(core::AccountId account, std::vector<ExportSection>& sections) {
  const storage::Whose whose = storage::AsCustomer{account};
  sections.push_back({"customer/links.json", "Providers the account is or was linked to.",
                      Pages(LinksOf(account))});
  sections.push_back({"customer/appointments.json",
                      "Appointments as a customer, with their history.",
                      Pages(WithHistory(whose))});
  sections.push_back({"customer/payments.json", "What was paid for them.", PaymentsFor(whose)});
  sections.push_back(
      {"customer/messages.json",
       "Chats with providers. An attachment lies in its channel, under its reference.",
       MessagesIn(account)});
  sections.push_back({"support/tickets.json", "Questions to support.", Pages(TicketsOf(account))});
  sections.push_back({"support/messages.json", "What was written about them.",
                      Pages(Nested(TicketsOf(account), [](const app::TicketView& view) {
                        return TicketMessagesOf(view.ticket.id);
                      }))});
  Append(FileSectionsOf(account), sections);
}

// Also what lies behind.
void AddSchedule(core::ProviderId provider, std::vector<ExportSection>& sections) {
  sections.push_back(
      {"provider/schedule.json", "Working hours.",
       Once([=](const app::ReadContext& cx, const MessageSink& sink) -> absl::Status {
         ASSIGN_OR_RETURN(const auto row, app::GetSchedule(cx, provider));
         return PutEncoded<v1::Schedule>(sink, provider, row);
       })});
  sections.push_back(
      {"provider/closures.json", "Holidays, vacations and absences.",
       Pages(ClosuresOf(provider, [=](const app::ReadContext& cx, const auto& after, int limit) {
         return storage::ListClosures(cx.tx, provider, core::Instant::min(), after, limit);
       }))});
  sections.push_back(
      {"provider/openings.json", "Extra openings.",
       Pages(OpeningsOf(provider, [=](const app::ReadContext& cx, const auto& after, int limit) {
         return storage::ListOpenings(cx.tx, provider, core::Instant::min(), after, limit);
       }))});
}

void AddAsProvider(const core::Provider& provider, std::vector<ExportSection>& sections) {
  const core::ProviderId id = provider.id;
  const storage::Whose whose = storage::AsProvider{id};
  const auto put_provider = [](core::ProviderId which) {
    return [which](const app::ReadContext& cx, const MessageSink& sink) -> absl::Status {
      ASSIGN_OR_RETURN(const auto view, app::GetProvider(cx, which));
      return PutEncoded<v1::Provider>(sink, view);
    };
  };
  sections.push_back({"provider/provider.json", "What customers book.", Once(put_provider(id))});
  sections.push_back(
      {"provider/profile.json", "The public page, and its former addresses.",
       Once([=](const app::ReadContext& cx, const MessageSink& sink) -> absl::Status {
         ASSIGN_OR_RETURN(const auto profile, app::GetProfile(cx, id));
         return PutEncoded<v1::Profile>(sink, profile);
       })});
  sections.push_back(
      {"provider/organizations.json", "Organizations the specialist is staff of.",
       Once([=](const app::ReadContext& cx, const MessageSink& sink) -> absl::Status {
         for (const core::ProviderId organization : storage::OrganizationsOf(cx.tx, id)) {
           RETURN_IF_ERROR(put_provider(organization)(cx, sink));
         }
         return absl::OkStatus();
       })});
  sections.push_back({"provider/services.json", "The catalog, archived services too.",
                      Pages(ServicesOf(id, storage::Archived::kShow))});
  if (provider.kind == core::ProviderKind::kSpecialist) AddSchedule(id, sections);
  sections.push_back({"provider/invitations.json", "Invitations.", Pages(InvitationsOf(id))});
  sections.push_back({"provider/links.json", "Customers.", Pages(LinksOf(id))});
  sections.push_back({"provider/appointments.json",
                      "Appointments as a provider, with their history.",
                      Pages(WithHistory(whose))});
  sections.push_back({"provider/payments.json", "What was paid for them.", PaymentsFor(whose)});
  sections.push_back({"provider/messages.json", "Chats with customers.", MessagesIn(id)});
  Append(FileSectionsOf(id), sections);
}

}  // namespace

absl::StatusOr<std::vector<ExportSection>> SectionsOf(const app::ReadContext& cx,
                                                      core::AccountId account) {
  ASSIGN_OR_RETURN(const app::AccountView view, app::GetAccount(cx, account));
  std::vector<ExportSection> sections;
  sections.push_back(
      {"account.json", "The account and its settings.",
       Once([account](const app::ReadContext& read, const MessageSink& sink) -> absl::Status {
         ASSIGN_OR_RETURN(const auto present, app::GetAccount(read, account));
         return PutEncoded<v1::Account>(sink, present, read.now);
       })});
  sections.push_back({"sessions.json",
                      "What the chat programs remember about conversations in progress.",
                      Once(PutSessions)});
  AddAsCustomer(account, sections);
  if (view.provider) AddAsProvider(*view.provider, sections);
  return sections;
}

}  // namespace kalends::server
