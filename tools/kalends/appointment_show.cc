#include <memory>

#include "kalends/v1/booking_service.pb.h"
#include "tools/kalends/appointment.h"
#include "tools/kalends/listing.h"

namespace kalends::cli {
namespace {

std::string StatusWord(v1::Appointment::Status status) {
  return WordOf(v1::Appointment::Status_Name(status), "STATUS_");
}

std::string ChangeText(const v1::Appointment::StatusChange& change, const core::TimeZone& zone) {
  const std::string actor = WordOf(v1::Appointment::Actor_Name(change.actor()), "ACTOR_");
  std::string text =
      fmt::format("{}  {} by {}", TimeIn(zone, change.time()), StatusWord(change.to()), actor);
  if (!change.api_key().empty()) text += " " + change.api_key();
  if (change.has_previous_start_time()) {
    text += ", moved from " + TimeIn(zone, change.previous_start_time());
  }
  return change.reason().empty() ? text : text + ": " + change.reason();
}

std::string FactsOfAppointment(const v1::Appointment& appointment, const core::TimeZone& zone) {
  Facts facts;
  facts.Add("appointment", appointment.name());
  facts.Add("status", StatusWord(appointment.status()));
  facts.Add("start", TimeIn(zone, appointment.start_time()));
  facts.Add("end", TimeIn(zone, appointment.end_time()));
  facts.Add("provider", appointment.provider() + "  " + appointment.provider_display_name());
  if (appointment.specialist() != appointment.provider()) {
    facts.Add("specialist",
              appointment.specialist() + "  " + appointment.specialist_display_name());
  }
  facts.Add("customer", appointment.customer() + "  " + appointment.customer_display_name());
  facts.Add("service", appointment.service_display_name());
  facts.Add("place", appointment.place());
  facts.Add("provider's zone", appointment.provider_time_zone());
  facts.Add("customer's zone", appointment.customer_time_zone());
  for (const auto& change : appointment.history()) facts.Add("history", ChangeText(change, zone));
  return facts.Text();
}

}  // namespace

Work ShowAppointment(CLI::App& command, Arguments&) {
  auto name = std::make_shared<std::string>();
  command.add_option("APPOINTMENT", *name, "providers/.../appointments/...")->required();
  return [name](Context& context) -> absl::StatusOr<int> {
    ASSIGN_OR_RETURN(const core::TimeZone zone, context.Zone());
    ASSIGN_OR_RETURN(const Connection* const core, context.Core());
    v1::GetAppointmentRequest request;
    request.set_name(*name);
    ASSIGN_OR_RETURN(const v1::Appointment appointment, core->Call<v1::Appointment>(request));
    fmt::print("{}", context.said().json ? JsonLine(appointment) + "\n"
                                         : FactsOfAppointment(appointment, zone));
    return 0;
  };
}

}  // namespace kalends::cli
