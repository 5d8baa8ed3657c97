// Booking for a customer (SPEC 3.9): the customer is known, then the service, a start, and done.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/telegram/actions/book_for.h"
#include "adapters/telegram/screens/common.h"
#include "adapters/telegram/screens/free_month.h"
#include "kalends/v1/booking_service.pb.h"
#include "kalends/v1/catalog_service.pb.h"
#include "kalends/v1/package_service.pb.h"
#include "kalends/v1/provider_service.pb.h"

namespace kalends::telegram {

inline constexpr int kServicesToBookPerPage = 6;

// Whom and what it is about, at the head of each screen: "Anna · Beratung". Plain.
struct BookedHeading {
  std::string customer;
  std::string service;     // Empty: not chosen.
  std::string specialist;  // The same.
};
std::string HeadingText(const BookedHeading& heading);

Screen ServicesToBookForScreen(const Reader& reader, const BookedHeading& heading,
                               const Page<v1::Service>& services, const AccountId& customer,
                               std::optional<date::year_month_day> day);
Screen SpecialistsToBookForScreen(const Reader& reader, const BookedHeading& heading,
                                  const std::vector<v1::Provider::Specialist>& specialists,
                                  const BookedFor& booked);

struct MonthForView {
  BookedHeading heading;
  BookedFor booked;
  FreeMonth free;
};
Screen MonthForScreen(const Reader& reader, const MonthForView& view);

struct DayForView {
  BookedHeading heading;
  BookedFor booked;
  date::year_month_day day;
  std::vector<Instant> starts;
  int page = 0;
  std::string zone;
};
Screen DayForScreen(const Reader& reader, const DayForView& view);

struct BookingView {
  BookedHeading heading;
  BookedFor booked;
  Minute start;
  std::chrono::minutes duration{0};
  std::string zone;   // Whose clock the start is of.
  std::string price;  // "80,00 €".
  bool any_time = false;
  std::optional<v1::SoldPackage> package;  // One that could pay,
  bool pays = false;                       // and does.
  Nonce nonce;
};
Screen ReviewBookingScreen(const Reader& reader, const BookingView& view);

// What is said above the appointment that was booked. HTML.
std::string BookedText(const Reader& reader, const v1::BookAppointmentResponse& booked);

}  // namespace kalends::telegram
