#include <google/protobuf/util/time_util.h>

#include <memory>
#include <vector>

#include "kalends/v1/booking_service.pb.h"
#include "tools/kalends/appointment.h"
#include "tools/kalends/listing.h"
#include "tools/kalends/person.h"

namespace kalends::cli {
namespace {

using Filter = v1::ListAppointmentsRequest::Filter;

struct AppointmentList {
  std::string parent;
  bool as_provider = false;
  std::string filter = "all";
  std::string from;
  std::string until;
  std::string customer;
  Limit limit = 0;
};

struct FilterRow {
  const char* name;
  Filter filter;
};
constexpr FilterRow kFilters[] = {
    {"all", v1::ListAppointmentsRequest::FILTER_UNSPECIFIED},
    {"upcoming", v1::ListAppointmentsRequest::FILTER_UPCOMING},
    {"past", v1::ListAppointmentsRequest::FILTER_PAST},
    {"pending", v1::ListAppointmentsRequest::FILTER_PENDING},
    {"outside-hours", v1::ListAppointmentsRequest::FILTER_OUTSIDE_HOURS},
};

// The command line lets no other name through.
Filter FilterOf(const std::string& name) {
  for (const FilterRow& row : kFilters) {
    if (name == row.name) return row.filter;
  }
  return v1::ListAppointmentsRequest::FILTER_UNSPECIFIED;
}

std::vector<std::string> FilterNames() {
  std::vector<std::string> names;
  for (const FilterRow& row : kFilters) names.emplace_back(row.name);
  return names;
}

// Leaves `time` unset where nothing was said.
absl::Status ReadInstant(const char* flag, const std::string& said,
                         const std::function<google::protobuf::Timestamp*()>& time) {
  if (said.empty()) return absl::OkStatus();
  google::protobuf::Timestamp read;
  if (!google::protobuf::util::TimeUtil::FromString(said, &read)) {
    return absl::InvalidArgumentError(
        fmt::format("{} must be such as 2027-01-31T00:00:00Z or 2027-01-31T00:00:00+01:00.", flag));
  }
  *time() = read;
  return absl::OkStatus();
}

absl::StatusOr<v1::ListAppointmentsRequest> RequestFor(const AppointmentList& wanted,
                                                       const std::string& parent) {
  v1::ListAppointmentsRequest request;
  request.set_parent(parent);
  request.set_filter(FilterOf(wanted.filter));
  request.set_customer(wanted.customer);
  RETURN_IF_ERROR(ReadInstant("--from", wanted.from, [&] { return request.mutable_start_time(); }));
  RETURN_IF_ERROR(ReadInstant("--until", wanted.until, [&] { return request.mutable_end_time(); }));
  return request;
}

void DeclareAppointmentList(CLI::App& command, AppointmentList& wanted) {
  command
      .add_option("OF", wanted.parent,
                  "accounts/... (a customer), providers/..., or an identity, which is a customer")
      ->required();
  command.add_flag("--as-provider", wanted.as_provider, "The identity is a provider");
  command.add_option("--filter", wanted.filter, "Which")
      ->check(CLI::IsMember(FilterNames()))
      ->capture_default_str();
  command.add_option("--from", wanted.from, "Only those that start then or later; with all only");
  command.add_option("--until", wanted.until, "Only those that start before; with all only");
  command.add_option("--customer", wanted.customer, "Of a provider: only those with accounts/...");
  AddLimit(command, wanted.limit);
}

}  // namespace

Work ListAppointments(CLI::App& command, Arguments&) {
  auto wanted = std::make_shared<AppointmentList>();
  DeclareAppointmentList(command, *wanted);
  return [wanted](Context& context) -> absl::StatusOr<int> {
    ASSIGN_OR_RETURN(const core::TimeZone zone, context.Zone());
    const Person person = PersonOf(wanted->parent, wanted->as_provider ? "providers" : "accounts");
    ASSIGN_OR_RETURN(const auto request, RequestFor(*wanted, person.name));
    return PrintList<v1::ListAppointmentsResponse>(
        context, request, person.account, wanted->limit,
        {"START", "STATUS", "PROVIDER", "CUSTOMER", "SERVICE", "APPOINTMENT"},
        [](const auto& answer) -> const auto& { return answer.appointments(); },
        [&](const v1::Appointment& one) {
          return std::vector<std::string>{
              TimeIn(zone, one.start_time()),
              WordOf(v1::Appointment::Status_Name(one.status()), "STATUS_"),
              one.provider_display_name(),
              one.customer_display_name(),
              one.service_display_name(),
              one.name()};
        });
  };
}

}  // namespace kalends::cli
