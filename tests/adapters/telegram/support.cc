#include "tests/adapters/telegram/support.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "adapters/telegram/html.h"

namespace kalends::telegram {
namespace {

constexpr std::size_t kMarkupBytesMax = 10'000;
constexpr std::size_t kButtonsMax = 100;
constexpr std::size_t kPerRowMax = 8;

constexpr char kHostile[] = "\u202E\u05D0\u3164";
bool hostile = false;

void SetTime(google::protobuf::Timestamp* time, std::int64_t seconds) {
  time->set_seconds(seconds);
}

}  // namespace

const Languages& TestLanguages() {
  static const Languages kLanguages(KALENDS_LOCALE_DIR);
  return kLanguages;
}

Reader ReaderIn(const char* language, const char* zone) {
  return {&TestLanguages().For(language), zone, Instant(std::chrono::seconds(kTestNow))};
}

std::string Written(std::string_view text) {
  return std::string(text) + (hostile && !text.empty() ? kHostile : "");
}

HostileWriting::HostileWriting() { hostile = true; }
HostileWriting::~HostileWriting() { hostile = false; }

std::string WritingFault(const std::string& shown) {
  constexpr std::string_view kIsolate = "\u2068";
  constexpr std::string_view kPop = "\u2069";
  bool isolated = false;
  for (std::string_view rest = shown; !rest.empty(); rest.remove_prefix(1)) {
    if (rest.starts_with("\u202E")) return "an override of direction";
    if (rest.starts_with("\u3164")) return "a filler that nobody sees";
    if (rest.starts_with("\u05D0") && !isolated) return "a Hebrew letter that turns its neighbours";
    if (rest.front() == '\n' && isolated) return "an isolate that is not closed";
    isolated = (isolated && !rest.starts_with(kPop)) || rest.starts_with(kIsolate);
  }
  return isolated ? "an isolate that is not closed" : "";
}

v1::Provider SampleProvider() {
  v1::Provider provider;
  provider.set_name(fmt::format("providers/{}", kProviderId));
  provider.set_kind(v1::PROVIDER_KIND_SPECIALIST);
  provider.set_display_name(Written("Dr. Ada Weiss"));
  provider.set_time_zone("Europe/Berlin");
  provider.mutable_default_duration()->set_seconds(3600);
  return provider;
}

v1::Service SampleService() {
  v1::Service service;
  service.set_name(fmt::format("{}/services/{}", SampleProvider().name(), kServiceId));
  service.set_display_name(Written("Massage"));
  service.mutable_duration()->set_seconds(50 * 60);
  service.mutable_horizon()->set_seconds(90 * 86400);
  service.mutable_price()->set_currency_code("EUR");
  service.mutable_price()->set_minor_units(8000);
  return service;
}

v1::Appointment SampleAppointment(v1::Appointment::Status status) {
  constexpr std::int64_t kStart = 1798466400;  // 2026-12-28 14:00 UTC.
  v1::Appointment appointment;
  appointment.set_shares_link(true);
  appointment.set_name(fmt::format("{}/appointments/{}", SampleProvider().name(), kAppointmentId));
  appointment.set_provider(SampleProvider().name());
  appointment.set_provider_display_name(Written("Dr. Ada Weiss"));
  appointment.set_provider_kind(v1::PROVIDER_KIND_SPECIALIST);
  appointment.set_specialist(SampleProvider().name());
  appointment.set_specialist_display_name(Written("Dr. Ada Weiss"));
  appointment.set_customer("accounts/0acc000000001");
  appointment.set_customer_display_name(Written("Jo <b> & Co"));
  appointment.set_service(SampleService().name());
  appointment.set_service_display_name(Written("Massage"));
  SetTime(appointment.mutable_start_time(), kStart);
  SetTime(appointment.mutable_end_time(), kStart + 50 * 60);
  appointment.set_status(status);
  appointment.mutable_price()->set_currency_code("EUR");
  appointment.mutable_price()->set_minor_units(8000);
  appointment.set_place(Written("Hauptstr. 5, Berlin"));
  appointment.set_provider_time_zone("Europe/Berlin");
  appointment.set_customer_time_zone("America/New_York");
  v1::Appointment::StatusChange& requested = *appointment.add_history();
  requested.set_to(v1::Appointment::STATUS_PENDING);
  requested.set_actor(v1::Appointment::ACTOR_CUSTOMER);
  SetTime(requested.mutable_time(), kTestNow - 3600);
  return appointment;
}

std::string HtmlFault(const std::string& html) {
  constexpr std::array<std::string_view, 4> kTags = {"b", "i", "code", "pre"};
  std::vector<std::string> open;
  for (std::size_t i = 0; i < html.size(); ++i) {
    if (html[i] == '&') {
      const std::string entity = html.substr(i, html.find(';', i) - i + 1);
      const bool known =
          entity == "&lt;" || entity == "&gt;" || entity == "&amp;" || entity == "&quot;";
      if (!known) return fmt::format("entity {} at {}", entity, i);
    }
    if (html[i] != '<') continue;
    const std::size_t end = html.find('>', i);
    if (end == std::string::npos) return "a tag without end";
    std::string tag = html.substr(i + 1, end - i - 1);
    if (tag.starts_with('/')) {
      if (open.empty() || open.back() != tag.substr(1))
        return fmt::format("tag <{}> closes nothing", tag);
      open.pop_back();
    } else if (std::find(kTags.begin(), kTags.end(), tag) != kTags.end()) {
      open.push_back(tag);
    } else {
      return fmt::format("tag <{}>", tag);
    }
    i = end;
  }
  return open.empty() ? "" : fmt::format("tag <{}> is not closed", open.back());
}

std::string ScreenFault(const Screen& screen) {
  if (const std::string fault = HtmlFault(screen.text); !fault.empty()) return fault;
  if (screen.text.empty()) return "no text";
  if (CodePoints(screen.text) > kMessageCharsMax) return "text too long";
  if (screen.text.find('{') != std::string::npos) return "a placeholder is not filled";
  std::size_t buttons = 0;
  for (const Row& row : screen.rows) {
    if (row.empty() || row.size() > kPerRowMax) return "row length";
    for (const Button& button : row) {
      if (button.label.empty()) return "no label";
      if (button.label.find('{') != std::string::npos) return "a label is not filled";
      ++buttons;
    }
  }
  if (buttons > kButtonsMax) return "too many buttons";
  return InlineKeyboard(screen.rows).dump().size() > kMarkupBytesMax ? "markup too long" : "";
}

std::string Draw(const Screen& screen) {
  std::string drawn = screen.text + "\n";
  for (const Row& row : screen.rows) {
    for (const Button& button : row) {
      drawn += "[" + button.label;
      if (const auto* action = std::get_if<Action>(&button.does)) {
        drawn += " -> " + Encode(*action);
      }
      drawn += "] ";
    }
    drawn.back() = '\n';
  }
  return drawn;
}

std::vector<std::string> CodesOf(const Screen& screen) {
  std::vector<std::string> codes;
  for (const Row& row : screen.rows) {
    for (const Button& button : row) {
      codes.emplace_back(std::get<Action>(button.does).code());
    }
  }
  return codes;
}

bool Has(const Screen& screen, std::string_view code) {
  const auto codes = CodesOf(screen);
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

v1::Notification Cancelled(v1::Appointment::Actor actor) {
  v1::Notification notification;
  notification.set_kind(v1::Notification::KIND_APPOINTMENT_CANCELLED);
  notification.set_recipient("accounts/0acc000000001");
  notification.set_actor(actor);
  notification.set_reason("Krank");
  v1::Appointment& appointment = *notification.mutable_appointment();
  appointment = SampleAppointment(v1::Appointment::STATUS_CANCELLED);
  appointment.add_history()->set_to(v1::Appointment::STATUS_ACCEPTED);
  auto& change = *appointment.add_history();
  change.set_to(v1::Appointment::STATUS_CANCELLED);
  change.set_reason("Krank");
  return notification;
}

}  // namespace kalends::telegram
