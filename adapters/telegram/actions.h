// All actions there are, for whoever reads buttons: the router, and the tests. Who makes buttons
// needs the subject's header alone.
#pragma once

#include <optional>
#include <string_view>

#include "adapters/telegram/action.h"
#include "adapters/telegram/actions/absences.h"
#include "adapters/telegram/actions/accounts.h"
#include "adapters/telegram/actions/affected.h"
#include "adapters/telegram/actions/appointment_notes.h"
#include "adapters/telegram/actions/appointments.h"
#include "adapters/telegram/actions/book_for.h"
#include "adapters/telegram/actions/booking.h"
#include "adapters/telegram/actions/busy.h"
#include "adapters/telegram/actions/calendar.h"
#include "adapters/telegram/actions/catalog.h"
#include "adapters/telegram/actions/chat.h"
#include "adapters/telegram/actions/consent_documents.h"
#include "adapters/telegram/actions/consents.h"
#include "adapters/telegram/actions/customers.h"
#include "adapters/telegram/actions/documents.h"
#include "adapters/telegram/actions/feeds.h"
#include "adapters/telegram/actions/holidays.h"
#include "adapters/telegram/actions/home.h"
#include "adapters/telegram/actions/invitations.h"
#include "adapters/telegram/actions/links.h"
#include "adapters/telegram/actions/moves.h"
#include "adapters/telegram/actions/openings.h"
#include "adapters/telegram/actions/package_uses.h"
#include "adapters/telegram/actions/packages.h"
#include "adapters/telegram/actions/pages.h"
#include "adapters/telegram/actions/payments.h"
#include "adapters/telegram/actions/pictures.h"
#include "adapters/telegram/actions/practice.h"
#include "adapters/telegram/actions/privacy.h"
#include "adapters/telegram/actions/profiles.h"
#include "adapters/telegram/actions/proposals.h"
#include "adapters/telegram/actions/providers.h"
#include "adapters/telegram/actions/reminders.h"
#include "adapters/telegram/actions/requests.h"
#include "adapters/telegram/actions/schedule.h"
#include "adapters/telegram/actions/service_fields.h"
#include "adapters/telegram/actions/service_languages.h"
#include "adapters/telegram/actions/service_lists.h"
#include "adapters/telegram/actions/statistics.h"
#include "adapters/telegram/actions/support.h"
#include "adapters/telegram/actions/team.h"

namespace kalends::telegram {

namespace internal {

template <typename... Some, typename... Others>
Actions<Some..., Others...> operator+(Actions<Some...>, Actions<Others...>);

template <typename... Subjects>
using Joined = decltype((Subjects{} + ...));

template <typename... Some>
consteval bool CodesAreUnique(Actions<Some...>) {
  const std::array codes = {Some::kCode...};
  for (std::size_t i = 0; i < codes.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      if (codes[i] == codes[k]) return false;
    }
  }
  return true;
}

}  // namespace internal

// clang-format off
using AllActions = internal::Joined<
    AbsencesActions,
    AccountsActions,
    AffectedActions,
    AppointmentNotesActions,
    AppointmentsActions,
    BookForActions,
    BookingActions,
    BusyActions,
    CalendarActions,
    CatalogActions,
    ChatActions,
    ConsentDocumentsActions,
    ConsentsActions,
    CustomersActions,
    DocumentsActions,
    FeedsActions,
    HolidaysActions,
    HomeActions,
    InvitationsActions,
    LinksActions,
    MovesActions,
    OpeningsActions,
    PackageUsesActions,
    PackagesActions,
    PagesActions,
    PaymentsActions,
    PicturesActions,
    PracticeActions,
    PrivacyActions,
    ProfilesActions,
    ProposalsActions,
    ProvidersActions,
    RemindersActions,
    RequestsActions,
    ScheduleActions,
    ServiceFieldsActions,
    ServiceLanguagesActions,
    ServiceListsActions,
    StatisticsActions,
    SupportActions,
    TeamActions>;
// clang-format on
static_assert(internal::CodesAreUnique(AllActions{}), "two actions with the same code");

// Reads what Encode wrote. nullopt: unknown, of another version, or forged; any bytes may come.
std::optional<Action> Decode(std::string_view callback_data);

}  // namespace kalends::telegram
