// Requesting an appointment (SPEC 2.3): provider, service, specialist, date, slot, summary.
#pragma once

#include <vector>

#include "adapters/telegram/actions/booking.h"
#include "adapters/telegram/screens/common.h"
#include "adapters/telegram/screens/free_month.h"
#include "kalends/v1/booking_service.pb.h"
#include "kalends/v1/catalog_service.pb.h"
#include "kalends/v1/package_service.pb.h"
#include "kalends/v1/provider_service.pb.h"

namespace kalends::telegram {

inline constexpr int kChoicesPerPage = 8;
inline constexpr int kSlotsPerPage = 32;
inline constexpr std::size_t kSlotsPerRow = 4;

// In the reader's language where there is a translation.
std::string ServiceName(const Reader& reader, const v1::Service& service);
std::string ServiceDescription(const Reader& reader, const v1::Service& service);
// As much of a description as a screen has room for. HTML.
std::string DescriptionText(const std::string& description);
// "50 Min. · 80,00 €".
std::string ServiceFacts(const Reader& reader, const v1::Service& service);
// For a button: "Massage · 50 Min. · 80,00 €", a long name cut.
std::string ServiceLabel(const Reader& reader, const v1::Service& service);
// What is being booked, and with whom, at the head of every screen on the way:
// "👤 Ada Weiss · Massage · 50 Min. · 80,00 €". Plain. Without a name, `specialist` is the provider
// itself, or any.
std::string BookedText(const Reader& reader, const v1::Provider& provider,
                       const v1::Provider::Specialist& specialist,
                       const std::optional<v1::Service>& service);

Screen ServicesToBookScreen(const Reader& reader, const v1::Provider& provider,
                            const Page<v1::Service>& services);
Screen SpecialistsToBookScreen(const Reader& reader, const v1::Provider& provider,
                               const ServiceId& service,
                               const Page<v1::Provider::Specialist>& specialists,
                               const std::string& heading);  // Plain: the provider and the service.
// Of a provider that lacks what the core names in `missing`.
Screen NothingOfferedScreen(const Reader& reader, const v1::Provider& provider);

struct MonthView {
  Draft draft;
  std::string heading;  // What is booked, plain: "👤 Ada Weiss · Massage".
  FreeMonth free;
  std::chrono::days horizon{0};  // How far ahead the service can be booked; 0: not known.
  Action back;
};
Screen MonthScreen(const Reader& reader, const MonthView& view);

struct SlotsView {
  Draft draft;
  std::string heading;
  date::year_month_day day;
  std::vector<Instant> starts;  // All of the day.
  int page = 0;
  std::string zone;             // Of the day.
  std::string provider_zone;    // Empty: several, or unknown.
  std::vector<int> seats = {};  // Of a group: what is left at each of `starts`. Else empty.
};
Screen SlotsScreen(const Reader& reader, const SlotsView& view);

struct SummaryView {
  Draft draft;
  v1::Provider provider;
  std::optional<v1::Service> service;   // None: not sure which.
  v1::Provider::Specialist specialist;  // Without a name: the provider itself, or any.
  bool any_specialist = false;
  Minute start;
  std::chrono::minutes duration{0};
  int seats_left = 0;  // Of a group; 0: it is none.
  std::string note;    // What the customer adds, as typed; may be empty.
  Nonce nonce;
  std::string heading;   // HTML; may be empty.
  std::string replaces;  // Which request this one takes the place of. HTML; empty: none.
  std::optional<v1::SoldPackage> package = {};  // One that could pay,
  bool pays = false;                            // and does.
};
Screen SummaryScreen(const Reader& reader, const SummaryView& view);
// What shall the provider know beforehand?
Screen AskNoteScreen(const Reader& reader, const v1::Provider& provider, const AskNote& asked);
// After Confirm: pending, or accepted at once.
Screen RequestedScreen(const Reader& reader, const v1::Appointment& appointment);

// A start that cannot be booked (any more), and the nearest that can.
struct AlternativesView {
  std::string refusal;  // HTML.
  std::vector<Minute> starts;
  std::string provider_zone;
  std::function<Action(Minute)> pick;
  Action other;  // All dates.
};
Screen AlternativesScreen(const Reader& reader, const AlternativesView& view);

}  // namespace kalends::telegram
