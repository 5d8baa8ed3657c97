// What the adapter's tests share: readers, sample resources, HTML that Telegram would take.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/telegram/screens/common.h"
#include "kalends/v1/booking_service.pb.h"
#include "kalends/v1/catalog_service.pb.h"
#include "kalends/v1/notification_service.pb.h"
#include "kalends/v1/provider_service.pb.h"

namespace kalends::telegram {

// All catalogs, read once.
const Languages& TestLanguages();

// 2026-12-21 09:00 UTC, a Monday.
inline constexpr std::int64_t kTestNow = 1797843600;
Reader ReaderIn(const char* language, const char* zone);

inline constexpr char kProviderId[] = "0prv000000001";
inline constexpr char kServiceId[] = "0srv000000001";
inline constexpr char kAppointmentId[] = "0apt000000001";

// What people write in the samples: `text`, or while a HostileWriting is there, that with an
// override of direction, a Hebrew letter and a filler nobody sees. Empty stays empty.
std::string Written(std::string_view text);
class HostileWriting {
 public:
  HostileWriting();
  ~HostileWriting();
  HostileWriting(const HostileWriting&) = delete;
  HostileWriting& operator=(const HostileWriting&) = delete;
};
// How text that people wrote reaches beyond its own place in `shown`; empty: it does not.
std::string WritingFault(const std::string& shown);

// Dr. Ada Weiss in Berlin; "Massage", 50 minutes, 80 euros; Jo <b> in New York, accepted for
// 2026-12-28 15:00-15:50 in Berlin.
v1::Provider SampleProvider();
v1::Service SampleService();
v1::Appointment SampleAppointment(v1::Appointment::Status status);
// The news that it was cancelled, to the customer, with a reason.
v1::Notification Cancelled(v1::Appointment::Actor actor);

// Empty when Telegram would parse `html`; else what is wrong.
std::string HtmlFault(const std::string& html);
// Every screen must satisfy Telegram's rules on text and keyboards; empty, or what is wrong.
std::string ScreenFault(const Screen& screen);

// The codes of a screen's buttons, in their order, and whether one of them is `code`.
std::vector<std::string> CodesOf(const Screen& screen);
bool Has(const Screen& screen, std::string_view code);

// A screen as text: the HTML, then a line for each row of buttons.
std::string Draw(const Screen& screen);

}  // namespace kalends::telegram
