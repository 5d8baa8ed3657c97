// What an export holds, section by section.
#include <iterator>
#include <limits>
#include <memory>

#include "core/app/accounts.h"
#include "core/app/catalog.h"
#include "core/app/chat.h"
#include "core/app/invitations.h"
#include "core/app/links.h"
#include "core/app/payments.h"
#include "core/app/profiles.h"
#include "core/app/providers.h"
#include "core/app/schedule.h"
#include "core/app/sessions.h"
#include "core/app/support.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/server/encode.h"
#include "core/server/encode_talk.h"
#include "core/server/export.h"
#include "core/server/profile_server.h"
#include "kalends/v1/session_service.pb.h"
#include "storage/accounts.h"
#include "storage/links.h"
#include "storage/privacy.h"

namespace kalends::server {
namespace {

constexpr int kPage = 50;
constexpr std::int64_t kAboveAll = std::numeric_limits<std::int64_t>::max();

// A file of one page.
ExportPages Once(std::function<absl::Status(const app::ReadContext&, const MessageSink&)> all) {
  return [all = std::move(all)](const app::ReadContext& cx,
                                const MessageSink& sink) -> absl::StatusOr<bool> {
    RETURN_IF_ERROR(all(cx, sink));
    return false;
  };
}

// A list in pages: `list` gets the place to go on from, none at first; `place` is that behind a
// row.
template <typename Place, typename List, typename PlaceOf, typename Put>
ExportPages Paged(List list, PlaceOf place_of, Put put) {
  auto place = std::make_shared<std::optional<Place>>();
  return [=](const app::ReadContext& cx, const MessageSink& sink) -> absl::StatusOr<bool> {
    ASSIGN_OR_RETURN(const auto rows, list(cx, *place));
    for (const auto& row : rows) {
      RETURN_IF_ERROR(put(cx, row, sink));
      *place = place_of(row);
    }
    return rows.size() == static_cast<std::size_t>(kPage);
  };
}

template <typename SomeMessage, typename... View>
absl::Status PutEncoded(const MessageSink& sink, const View&... view) {
  SomeMessage message;
  Encode(view..., &message);
  return sink(message);
}

using AppointmentPut = std::function<absl::Status(const app::ReadContext&, const core::Appointment&,
                                                  const MessageSink&)>;

ExportPages Appointments(storage::Whose whose, AppointmentPut put) {
  const core::Interval ever{core::Instant(), core::FromUnixSeconds(std::int64_t{1} << 40)};
  return Paged<storage::AppointmentCursor>(
      [whose, ever](const app::ReadContext& cx,
                    const auto& after) -> absl::StatusOr<std::vector<core::Appointment>> {
        return storage::ListByStart(cx.tx, whose, ever, after, kPage);
      },
      [](const core::Appointment& appointment) {
        return storage::AppointmentCursor{appointment.interval.start, appointment.id};
      },
      std::move(put));
}

absl::Status PutAppointment(const app::ReadContext& cx, const core::Appointment& appointment,
                            const MessageSink& sink) {
  ASSIGN_OR_RETURN(const auto view, app::ViewAppointment(cx, appointment, app::History::kWith));
  return PutEncoded<v1::Appointment>(sink, view);
}

absl::Status PutPayments(const app::ReadContext& cx, const core::Appointment& appointment,
                         const MessageSink& sink) {
  ASSIGN_OR_RETURN(const auto payments,
                   app::ListPayments(cx, {appointment.provider, appointment.id}, std::nullopt,
                                     core::kPaymentsPerAppointmentMax));
  for (const core::Payment& payment : payments) {
    RETURN_IF_ERROR(PutEncoded<v1::Payment>(sink, payment));
  }
  return absl::OkStatus();
}

// Links, and what is done with each: `Owner` is one side, `Other` the one the list goes by.
template <typename Other, typename Owner, typename Put>
ExportPages Links(Owner owner, Other core::Link::* other, Put put) {
  return Paged<Other>(
      [owner](const app::ReadContext& cx,
              const auto& after) -> absl::StatusOr<std::vector<core::Link>> {
        return storage::LinksOf(cx.tx, owner, after.value_or(Other{-1}), kPage);
      },
      [other](const core::Link& link) { return link.*other; }, std::move(put));
}

absl::Status PutLink(const app::ReadContext& cx, const core::Link& link, const MessageSink& sink) {
  ASSIGN_OR_RETURN(const auto view, app::GetLink(cx, {link.provider, link.customer}));
  return PutEncoded<v1::Link>(sink, view);
}

// The messages of all threads: pages of one after the other, so that a long one is never whole in
// memory.
template <typename Other, typename Owner>
ExportPages Messages(Owner owner, Other core::Link::* other) {
  struct At {
    Other after{-1};
    std::optional<core::LinkKey> thread;
    std::int64_t before = kAboveAll;
  };
  auto at = std::make_shared<At>();
  return [=](const app::ReadContext& cx, const MessageSink& sink) -> absl::StatusOr<bool> {
    if (!at->thread) {
      const auto links = storage::LinksOf(cx.tx, owner, at->after, 1);
      if (links.empty()) return false;
      at->after = links[0].*other;
      at->thread = core::LinkKey{links[0].provider, links[0].customer};
      at->before = kAboveAll;
    }
    // The link may have been erased meanwhile.
    const auto views = app::ListMessages(cx, *at->thread, at->before, kPage);
    if (core::ReasonOf(views.status()) == core::Reason::kNotFound) {
      at->thread.reset();
      return true;
    }
    RETURN_IF_ERROR(views.status());
    for (const app::MessageView& view : *views) {
      RETURN_IF_ERROR(PutEncoded<v1::Message>(sink, view));
      at->before = view.message.number;
    }
    if (views->size() < static_cast<std::size_t>(kPage)) at->thread.reset();
    return true;
  };
}

using TicketPut = std::function<absl::Status(const app::ReadContext&, const app::TicketView&,
                                             const MessageSink&)>;
ExportPages Tickets(core::AccountId account, TicketPut put) {
  return Paged<core::TicketId>(
      [account](const app::ReadContext& cx, const auto& before) {
        return app::ListTicketsOf(cx, account, before, kPage);
      },
      [](const app::TicketView& view) { return view.ticket.id; }, std::move(put));
}

absl::Status PutTicketMessages(const app::ReadContext& cx, const app::TicketView& ticket,
                               const MessageSink& sink) {
  for (std::int64_t before = kAboveAll;;) {
    ASSIGN_OR_RETURN(const auto views,
                     app::ListTicketMessages(cx, ticket.ticket.id, before, kPage));
    for (const app::TicketMessageView& view : views) {
      RETURN_IF_ERROR(PutEncoded<v1::TicketMessage>(sink, view));
      before = view.message.number;
    }
    if (views.size() < static_cast<std::size_t>(kPage)) return absl::OkStatus();
  }
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
                      Links(account, &core::Link::provider, PutLink)});
  sections.push_back({"customer/appointments.json",
                      "Appointments as a customer, with their history.",
                      Appointments(whose, PutAppointment)});
  sections.push_back(
      {"customer/payments.json", "What was paid for them.", Appointments(whose, PutPayments)});
  sections.push_back(
      {"customer/messages.json",
       "Chats with providers. An attachment lies in its channel, under its reference.",
       Messages(account, &core::Link::provider)});
  sections.push_back(
      {"support/tickets.json", "Questions to support.",
       Tickets(account, [](const auto&, const app::TicketView& view, const MessageSink& sink) {
         return PutEncoded<v1::Ticket>(sink, view);
       })});
  sections.push_back({"support/messages.json", "What was written about them.",
                      Tickets(account, PutTicketMessages)});
  Append(FileSectionsOf(account), sections);
}

ExportPages Services(core::ProviderId provider) {
  return Paged<storage::ServiceCursor>(
      [provider](const app::ReadContext& cx, const auto& after) {
        return app::ListServices(cx, provider, storage::Archived::kShow, after, kPage);
      },
      [](const core::Service& service) {
        return storage::ServiceCursor{service.position, service.id};
      },
      [](const auto&, const core::Service& service, const MessageSink& sink) {
        return PutEncoded<v1::Service>(sink, service);
      });
}

ExportPages Invitations(core::ProviderId provider) {
  return Paged<core::InvitationId>(
      [provider](const app::ReadContext& cx, const auto& before) {
        return app::ListInvitations(cx, provider, before, kPage);
      },
      [](const core::Invitation& invitation) { return invitation.id; },
      [](const app::ReadContext& cx, const core::Invitation& invitation, const MessageSink& sink) {
        return PutEncoded<v1::Invitation>(sink, invitation, cx.now);
      });
}

// Also what lies behind.
void AddSchedule(core::ProviderId provider, std::vector<ExportSection>& sections) {
  sections.push_back(
      {"provider/schedule.json", "Working hours.",
       Once([=](const app::ReadContext& cx, const MessageSink& sink) -> absl::Status {
         ASSIGN_OR_RETURN(const auto row, app::GetSchedule(cx, provider));
         return PutEncoded<v1::Schedule>(sink, provider, row);
       })});
  sections.push_back({"provider/closures.json", "Holidays, vacations and absences.",
                      Paged<storage::ClosureCursor>(
                          [=](const app::ReadContext& cx,
                              const auto& after) -> absl::StatusOr<std::vector<core::Closure>> {
                            return storage::ListClosures(cx.tx, provider, core::Instant::min(),
                                                         after, kPage);
                          },
                          [](const core::Closure& one) {
                            return storage::ClosureCursor{one.interval.start, one.id};
                          },
                          [=](const auto&, const core::Closure& one, const MessageSink& sink) {
                            return PutEncoded<v1::Closure>(sink, provider, one);
                          })});
  sections.push_back({"provider/openings.json", "Extra openings.",
                      Paged<storage::OpeningCursor>(
                          [=](const app::ReadContext& cx,
                              const auto& after) -> absl::StatusOr<std::vector<core::Opening>> {
                            return storage::ListOpenings(cx.tx, provider, core::Instant::min(),
                                                         after, kPage);
                          },
                          [](const core::Opening& one) {
                            return storage::OpeningCursor{one.interval.start, one.id};
                          },
                          [=](const auto&, const core::Opening& one, const MessageSink& sink) {
                            return PutEncoded<v1::Opening>(sink, provider, one);
                          })});
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
  sections.push_back(
      {"provider/services.json", "The catalog, archived services too.", Services(id)});
  if (provider.kind == core::ProviderKind::kSpecialist) AddSchedule(id, sections);
  sections.push_back({"provider/invitations.json", "Invitations.", Invitations(id)});
  sections.push_back(
      {"provider/links.json", "Customers.", Links(id, &core::Link::customer, PutLink)});
  sections.push_back({"provider/appointments.json",
                      "Appointments as a provider, with their history.",
                      Appointments(whose, PutAppointment)});
  sections.push_back(
      {"provider/payments.json", "What was paid for them.", Appointments(whose, PutPayments)});
  sections.push_back(
      {"provider/messages.json", "Chats with customers.", Messages(id, &core::Link::customer)});
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
