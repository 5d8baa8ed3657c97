// What many screens share: who reads, whose clock, which status.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "adapters/telegram/screen.h"
#include "adapters/telegram/texts.h"
#include "adapters/telegram/zones.h"
#include "kalends/v1/booking_service.pb.h"
#include "kalends/v1/types.pb.h"

namespace kalends::telegram {

inline constexpr std::size_t kAuthorCharsMax = 60;  // Of the name above what somebody wrote.
// For times that no provider's clock belongs to, such as those of support.
inline constexpr std::string_view kNobodysZone = "UTC";

// Who looks at a screen.
struct Reader {
  const Texts* texts;
  std::string zone;  // Empty: not set yet; times are then shown in the provider's, which is named.
  Instant now;

  const Texts& t() const { return *texts; }
};

// On which side of an appointment the reader is.
enum class Side { kCustomer, kProvider };

inline Instant InstantOf(const google::protobuf::Timestamp& time) {
  return Instant(std::chrono::seconds(time.seconds()));
}
inline Minute MinuteOf(const google::protobuf::Timestamp& time) {
  return Minute(std::chrono::minutes(time.seconds() / 60));
}
inline std::chrono::minutes MinutesOf(const google::protobuf::Duration& length) {
  return std::chrono::minutes(length.seconds() / 60);
}
date::year_month_day DayOf(const v1::Date& date);
v1::Date ToProto(date::year_month_day day);

// "👤 Dr. Ada Weiss": the name as SafeText has it.
std::string ProviderLabel(v1::ProviderKind kind, std::string_view name);
// "🟢", and "🟢 Akzeptiert".
std::string_view StatusIcon(v1::Appointment::Status status);
std::string StatusLabel(const Reader& reader, v1::Appointment::Status status);
// A price for people: "80,00 €", or that it costs nothing.
std::string PriceText(const Reader& reader, const v1::Money* price);

// A time span on two clocks: the reader's, and where its reading differs that of `other`, which is
// how "{name}" sees it. HTML.
struct When {
  Instant start;
  Instant end;                // Exclusive; `start`: only the start is known.
  std::string provider_zone;  // Used, and named, for a reader without a zone.
  std::string other_zone;     // Empty: nobody else's clock to show.
  std::string other_name;
};
std::string WhenText(const Reader& reader, const When& when);
// "15:00", and where the clock of `other_zone` reads differently, that in brackets: "15:00
// (09:00)". An empty `other_zone` has no clock.
std::string ShortClock(std::string_view zone, std::string_view other_zone, Instant start);
// On the reader's clock, the provider's in brackets where it differs: "Mo., 28. Dez., 15:00", as a
// label or a line begins.
std::string ShortWhen(const Reader& reader, Instant start, std::string_view provider_zone);
// The same on the clock of `zone`; an empty `other_zone` has none.
std::string ShortWhen(const Reader& reader, std::string_view zone, std::string_view other_zone,
                      Instant start);
// What people call `zone`, with today's offset: "Berlin (UTC+1)"; of a bare offset that alone.
std::string ZoneAndOffset(const Reader& reader, std::string_view zone);
// A line that names `zone`, for a reader who has set none and is shown its clock. Empty for others.
// HTML.
std::string ZoneLine(const Reader& reader, std::string_view zone);
// The zone whose clock the reader is shown.
std::string_view ZoneFor(const Reader& reader, std::string_view provider_zone);

// Of `appointment`, with the other side's clock.
std::string WhenText(const Reader& reader, const v1::Appointment& appointment, Side side);

// The wall-clock time that was agreed on, of the zone whose clock that is: "Mo., 28. Dez., 10:00";
// and what that zone is called: "Vancouver". Empty where the appointment has none.
std::string AgreedText(const Reader& reader, const v1::Appointment& appointment);
std::string AgreedCity(const Reader& reader, const v1::Appointment& appointment);

// Whether the core left `field` of `message` out, for it is damaged where it is stored.
template <typename SomeMessage>
bool IsUnreadable(const SomeMessage& message, std::string_view field) {
  for (const std::string& name : message.unreadable_fields()) {
    if (name == field) return true;
  }
  return false;
}
// A line with what the customer noted, or that it cannot be read; empty: there is nothing. HTML.
std::string NoteLine(const Reader& reader, const v1::Appointment& appointment);

// What stands behind the name of who wrote `message`, if it was changed since. HTML.
template <typename SomeMessage>
std::string EditedMark(const Reader& reader, const SomeMessage& message) {
  return message.has_edit_time() ? " · " + reader.t().Html("chat.edit_mark") : "";
}

// Whom a button names, in words where the account is deleted. Plain.
std::string NameOnButton(const Reader& reader, const std::string& name);

Button BackButton(const Reader& reader, const Action& action);
Button HomeButton(const Reader& reader);
Row BackAndHome(const Reader& reader, const Action& back);
// What went wrong and what to do next, one text for each reason. `back` is where to.
Screen ErrorScreen(const Reader& reader, const absl::Status& status, const Action& back);
// The sentence alone. HTML.
std::string ErrorText(const Reader& reader, const absl::Status& status);

}  // namespace kalends::telegram
