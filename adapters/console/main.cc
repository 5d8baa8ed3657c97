// kalends-console: books on a plain terminal. A worked example of an adapter for another channel
// than Telegram: it knows the contract, and no rule of booking; what may be done to an appointment,
// `allowed_actions` says.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <ctime>
#include <iostream>
#include <optional>
#include <random>
#include <stdexcept>
#include <vector>

#include "adapters/shared/core_channel.h"
#include "adapters/shared/currency.h"
#include "adapters/shared/error_details.h"
#include "adapters/shared/secret_file.h"
#include "kalends/v1/account_service.pb.h"
#include "kalends/v1/booking_service.pb.h"
#include "kalends/v1/catalog_service.pb.h"
#include "kalends/v1/invitation_service.pb.h"
#include "kalends/v1/provider_service.pb.h"

namespace kalends::console {
namespace {

using Slot = v1::ListSlotsResponse::Slot;

constexpr int kDaysAhead = 60;
constexpr std::size_t kRowsShown = 8;

struct Flags {
  std::string core = "127.0.0.1:50051", language = "en";
  std::string api_key_file, identity, display_name, code;
};

// There is no more input.
struct Left {};

// Why the core refuses: a sentence for people, and a reason for programs.
struct Refusal : std::runtime_error {
  explicit Refusal(const grpc::Status& status)
      : std::runtime_error(status.error_message()), reason(ReasonOf(status)) {}
  v1::Reason reason;
};

// The core, for one account; of an empty one, for nobody. Throws Refusal.
class Core {
 public:
  Core(const Flags& flags, std::string_view key, std::string account)
      : channel_(flags.core, key), account_(std::move(account)) {}

  template <typename Response, typename Request>
  Response Call(const Request& request) const {
    grpc::ClientContext context;
    channel_.Authorize(context, account_);
    Response response;
    const grpc::Status status = channel_.Call(context, request, &response);
    if (!status.ok()) throw Refusal(status);
    return response;
  }

 private:
  CoreChannel channel_;
  std::string account_;
};

// The same where an attempt is sent again, another one for the next.
std::string NewRequestId() {
  std::random_device random;
  return fmt::format("console-{:08x}{:08x}{:08x}", random(), random(), random());
}

// What people wrote may hold what moves the cursor.
std::string Shown(std::string text) {
  std::replace_if(text.begin(), text.end(), [](unsigned char c) { return std::iscntrl(c); }, ' ');
  return text;
}

std::string Ask(std::string_view question) {
  std::cout << question << " > " << std::flush;
  std::string line;
  if (!std::getline(std::cin, line)) throw Left();
  return line;
}

// One of `rows`, by its number, some of them at a time; nullopt: back.
std::optional<std::size_t> Choose(std::string_view title, const std::vector<std::string>& rows) {
  std::size_t first = 0;
  for (;;) {
    const std::size_t end = std::min(rows.size(), first + kRowsShown);
    std::cout << '\n' << title << '\n';
    for (std::size_t i = first; i < end; ++i) {
      std::cout << fmt::format("{:3}  {}\n", i + 1, Shown(rows[i]));
    }
    const bool more = end < rows.size();
    const std::string line =
        Ask(more ? "Number, m for more, or Enter to go back" : "Number, or Enter to go back");
    if (line.empty()) return std::nullopt;
    if (more && line == "m") {
      first = end;
      continue;
    }
    std::size_t number = 0;
    const auto [rest, error] = std::from_chars(line.data(), line.data() + line.size(), number);
    const bool read = error == std::errc() && rest == line.data() + line.size();
    if (read && number >= 1 && number <= end) return number - 1;
    std::cout << fmt::format("Please type a number from 1 to {}.\n", end);
  }
}

// The same of things: each by its line. `none`: what is said where there is nothing to choose from.
template <typename Things, typename Line>
auto ChooseOf(std::string_view title, const Things& things, std::string_view none, Line line) {
  std::optional<typename Things::value_type> chosen;
  std::vector<std::string> rows;
  rows.reserve(things.size());
  for (const auto& thing : things) rows.push_back(line(thing));
  if (rows.empty()) {
    std::cout << none << '\n';
  } else if (const auto number = Choose(title, rows)) {
    chosen = *(things.begin() + static_cast<std::ptrdiff_t>(*number));
  }
  return chosen;
}

std::string PriceOf(const v1::Money& price) {
  const int digits = MinorUnitDigits(price.currency_code());
  const double units = static_cast<double>(price.minor_units()) / std::pow(10, digits);
  return fmt::format("{:.{}f} {}", units, digits, price.currency_code());
}

v1::Date DateIn(int days) {
  const std::time_t then = std::time(nullptr) + days * std::time_t{24 * 60 * 60};
  std::tm parts{};
  gmtime_r(&then, &parts);
  v1::Date date;
  date.set_year(parts.tm_year + 1900);
  date.set_month(parts.tm_mon + 1);
  date.set_day(parts.tm_mday);
  return date;
}

std::optional<v1::Provider> ChooseProvider(const Core& core) {
  v1::ListProvidersRequest request;
  request.set_parent("accounts/me");
  return ChooseOf("With whom?", core.Call<v1::ListProvidersResponse>(request).providers(),
                  "You are nobody's customer yet. Start with --code and an invitation's code.",
                  [](const v1::Provider& provider) { return provider.display_name(); });
}

std::optional<v1::Service> ChooseService(const Core& core, const v1::Provider& provider) {
  v1::ListServicesRequest request;
  request.set_parent(provider.name());
  return ChooseOf("What?", core.Call<v1::ListServicesResponse>(request).services(),
                  "They offer nothing yet.", [](const v1::Service& service) {
                    return fmt::format("{}, {} min, {}", service.display_name(),
                                       service.duration().seconds() / 60, PriceOf(service.price()));
                  });
}

std::optional<Slot> ChooseSlot(const Core& core, const v1::Service& service,
                               const v1::Provider& provider) {
  v1::ListSlotsRequest request;
  request.set_parent(provider.name());
  request.set_service(service.name());
  request.set_view(v1::ListSlotsRequest::VIEW_READABLE);
  *request.mutable_start_date() = DateIn(0);
  *request.mutable_end_date() = DateIn(kDaysAhead);
  std::vector<Slot> slots;
  const auto answer = core.Call<v1::ListSlotsResponse>(request);
  for (const auto& day : answer.days()) {
    slots.insert(slots.end(), day.slots().begin(), day.slots().end());
  }
  return ChooseOf("When?", slots, "Nothing is free in the next weeks.",
                  [](const Slot& slot) { return slot.local_start_time(); });
}

void Book(const Core& core) {
  const auto provider = ChooseProvider(core);
  if (!provider) return;
  const auto service = ChooseService(core, *provider);
  if (!service) return;
  // Somebody else may be faster; then with what is free now.
  while (const auto slot = ChooseSlot(core, *service, *provider)) {
    v1::RequestAppointmentRequest request;
    request.set_parent(provider->name());
    request.set_request_id(NewRequestId());
    request.mutable_appointment()->set_service(service->name());
    *request.mutable_appointment()->mutable_start_time() = slot->start_time();
    request.mutable_appointment()->set_note(Ask("A note for them, or Enter"));
    try {
      const auto requested = core.Call<v1::Appointment>(request);
      const bool accepted = requested.status() == v1::Appointment::STATUS_ACCEPTED;
      std::cout << fmt::format("{}: {}, {}.\n", accepted ? "Booked" : "Requested",
                               Shown(requested.service_display_name()), slot->local_start_time());
      return;
    } catch (const Refusal& refusal) {
      std::cout << refusal.what() << '\n';
      if (refusal.reason != v1::REASON_SLOT_TAKEN) return;
    }
  }
}

std::string LineOf(const v1::Appointment& appointment) {
  const std::string status = v1::Appointment::Status_Name(appointment.status());
  return fmt::format("{}  {}, {}  {}", appointment.agreed_time().local_time(),
                     appointment.provider_display_name(), appointment.service_display_name(),
                     status.substr(7));  // Without STATUS_.
}

void Cancel(const Core& core, const v1::Appointment& appointment) {
  const auto& allowed = appointment.allowed_actions();
  if (std::find(allowed.begin(), allowed.end(), v1::Appointment::ACTION_CANCEL) == allowed.end()) {
    std::cout << "It cannot be cancelled any more.\n";
    return;
  }
  v1::CancelAppointmentRequest request;
  request.set_name(appointment.name());
  request.set_etag(appointment.etag());
  request.set_reason(Ask("Why? They will read it; Enter for no reason"));
  request.set_request_id(NewRequestId());
  if (Ask("Type yes to cancel it") != "yes") return;
  core.Call<v1::Appointment>(request);
  std::cout << "Cancelled.\n";
}

void ShowAppointments(const Core& core) {
  v1::ListAppointmentsRequest request;
  request.set_parent("accounts/me");
  request.set_filter(v1::ListAppointmentsRequest::FILTER_UPCOMING);
  const auto chosen = ChooseOf("Your appointments; choose one to cancel it",
                               core.Call<v1::ListAppointmentsResponse>(request).appointments(),
                               "You have no appointments.", LineOf);
  if (chosen) Cancel(core, *chosen);
}

// The account is the channel's to make, in nobody's name.
void Enter(const Flags& flags, std::string_view key, const Core& core) {
  v1::EnsureAccountRequest account;
  account.set_identity(flags.identity);
  account.set_display_name(flags.display_name);
  account.set_language_code(flags.language);
  Core(flags, key, "").Call<v1::Account>(account);
  if (flags.code.empty()) return;
  v1::RedeemInvitationRequest invitation;
  invitation.set_code(flags.code);
  invitation.set_request_id(NewRequestId());
  const auto redeemed = core.Call<v1::RedeemInvitationResponse>(invitation);
  std::cout << fmt::format("You are a customer of {}.\n",
                           Shown(redeemed.provider().display_name()));
}

void Run(const Flags& flags, std::string_view key) {
  const Core core(flags, key, flags.identity);
  Enter(flags, key, core);
  while (const auto chosen = Choose("Kalends", {"Book an appointment", "My appointments"})) {
    try {
      *chosen == 0 ? Book(core) : ShowAppointments(core);
    } catch (const Refusal& refusal) {
      std::cout << refusal.what() << '\n';
    }
  }
}

void Declare(CLI::App& app, Flags& flags) {
  app.add_option("--core", flags.core, "Address of kalendsd")->capture_default_str();
  app.add_option("--api-key-file", flags.api_key_file, "File with a key of scope `adapter`")
      ->required();
  app.add_option("--as", flags.identity, "Who you are, such as console:anna")->required();
  app.add_option("--name", flags.display_name, "Your name, as the other side reads it");
  app.add_option("--language", flags.language, "Of what the core writes to you");
  app.add_option("--code", flags.code, "Code of an invitation, to become somebody's customer");
}

}  // namespace
}  // namespace kalends::console

int main(int argc, char** argv) {
  using namespace kalends::console;
  Flags flags;
  CLI::App app("Books appointments on a plain terminal: a worked example of an adapter");
  Declare(app, flags);
  CLI11_PARSE(app, argc, argv);
  const auto key = kalends::ReadSecret("--api-key-file", flags.api_key_file);
  if (!key.ok()) {
    std::cerr << key.status().message() << '\n';
    return 1;
  }
  try {
    Run(flags, *key);
  } catch (const Refusal& refusal) {
    std::cerr << refusal.what() << '\n';
    return 1;
  } catch (Left) {
    std::cout << '\n';
    return 0;
  }
}
