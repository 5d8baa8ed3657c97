// An organization's staff (SPEC 3.11).
#pragma once

#include <string>
#include <vector>

#include "adapters/telegram/actions/team.h"
#include "adapters/telegram/screens/calendar.h"
#include "kalends/v1/catalog_service.pb.h"
#include "kalends/v1/provider_service.pb.h"

namespace kalends::telegram {

inline constexpr int kStaffPerPage = 8;
inline constexpr int kOffersPerPage = 8;

// Everybody, with what they have today. `today`: of the page's people.
Screen StaffScreen(const Reader& reader, const CalendarView& today, int page, bool has_next);
Screen ColleagueScreen(const Reader& reader, const CalendarView& today);

struct OffersView {
  ProviderId specialist;
  std::string name;
  Page<v1::Service> services;
  bool last = false;  // What was tapped is offered by nobody else, and stays.
  Nonce nonce = {};
};
// Which of the services they offer.
Screen OffersScreen(const Reader& reader, const OffersView& view);
// Whether `specialist` offers it.
bool IsOffered(const v1::Service& service, const ProviderId& specialist);
// Who offers it once that is the other way round, as UpdateService has it: nobody named is
// everybody. nullopt: there would be none.
std::optional<std::vector<std::string>> OfferedBy(const v1::Service& service,
                                                  const v1::Provider& organization,
                                                  const ProviderId& specialist);

struct RemovalView {
  ProviderId specialist;
  std::string name;
  std::vector<v1::Appointment> open;  // The first of those that are still to be kept.
  int count = 0;                      // Of all of them.
  int handed_on = 0;                  // That others could keep.
  Nonce nonce = {};
};
// What would become of their appointments, before anything happens.
Screen AskRemoveColleagueScreen(const Reader& reader, const RemovalView& view);
Screen ColleagueRemovedScreen(const Reader& reader, const std::string& name,
                              const v1::RemoveStaffResponse& removed);

// Those of the staff who could keep it instead; the core decides whether they can.
Screen AskTakeOverScreen(const Reader& reader, const v1::Appointment& appointment,
                         const v1::Provider& organization, Nonce nonce);

}  // namespace kalends::telegram
