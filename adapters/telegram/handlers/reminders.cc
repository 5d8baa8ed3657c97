// When and how customers are reminded of what is agreed (SPEC 4.8).
#include "adapters/telegram/screens/reminders.h"

#include <algorithm>

#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/html.h"
#include "kalends/v1/booking_service.pb.h"
#include "kalends/v1/provider_service.pb.h"

namespace kalends::telegram {
namespace {

constexpr int kLookedAtMax = 20;

absl::StatusOr<v1::Provider> OwnReminders(Turn& turn) { return GetProvider(turn, "providers/me"); }

void ShowThem(Turn& turn, const v1::Provider& provider, const char* heading) {
  turn.Show(RemindersScreen(turn.reader(), provider,
                            *heading == '\0' ? "" : turn.texts().Html(heading), turn.nonce()));
}

// `provider` with what is to be changed of it. The etag says what it was changed from.
absl::StatusOr<v1::Provider> Change(Turn& turn, const v1::Provider& provider, const char* path,
                                    const std::string& request_id) {
  v1::UpdateProviderRequest request;
  *request.mutable_provider() = provider;
  request.mutable_update_mask()->add_paths(path);
  request.set_request_id(request_id);
  return turn.Call<v1::Provider>(request);
}

bool IsIn(const v1::Provider& provider, std::int64_t seconds) {
  const auto& leads = provider.reminders();
  return std::any_of(leads.begin(), leads.end(),
                     [&](const auto& lead) { return lead.seconds() == seconds; });
}

absl::StatusOr<v1::Provider> Toggle(Turn& turn, std::int64_t seconds,
                                    const std::string& request_id) {
  KALENDS_ASSIGN_OR_RETURN(auto provider, OwnReminders(turn));
  const bool was_on = IsIn(provider, seconds);
  auto& leads = *provider.mutable_reminders();
  if (was_on) {
    leads.erase(std::remove_if(leads.begin(), leads.end(),
                               [&](const auto& lead) { return lead.seconds() == seconds; }),
                leads.end());
  } else {
    leads.Add()->set_seconds(seconds);
  }
  return Change(turn, provider, "reminders", request_id);
}

// Of the next appointment that is agreed, as its customer is reminded of it.
absl::StatusOr<std::optional<v1::Notification>> SampleReminder(Turn& turn,
                                                               const v1::Provider& provider) {
  v1::ListAppointmentsRequest request;
  request.set_parent("providers/me");
  request.set_filter(v1::ListAppointmentsRequest::FILTER_UPCOMING);
  request.set_page_size(kLookedAtMax);
  KALENDS_ASSIGN_OR_RETURN(const auto answer, turn.Call<v1::ListAppointmentsResponse>(request));
  for (const v1::Appointment& appointment : answer.appointments()) {
    if (appointment.status() != v1::Appointment::STATUS_ACCEPTED) continue;
    if (appointment.provider() != provider.name()) continue;
    v1::Notification reminder;
    reminder.set_kind(v1::Notification::KIND_REMINDER);
    *reminder.mutable_appointment() = appointment;
    reminder.set_recipient(appointment.customer());
    reminder.set_reminder_text(provider.reminder_text());
    return std::optional(std::move(reminder));
  }
  return std::nullopt;
}

absl::Status ShowText(Turn& turn, const v1::Provider& provider) {
  KALENDS_ASSIGN_OR_RETURN(const auto reminder, SampleReminder(turn, provider));
  turn.session().dialogue = TypesReminderText{};
  turn.Show(ReminderTextScreen(turn.reader(), provider, reminder, turn.nonce()));
  return absl::OkStatus();
}

absl::Status WriteText(Turn& turn, const std::string& text, const std::string& request_id) {
  KALENDS_ASSIGN_OR_RETURN(auto provider, OwnReminders(turn));
  provider.set_reminder_text(text);
  KALENDS_ASSIGN_OR_RETURN(provider, Change(turn, provider, "reminder_text", request_id));
  return ShowText(turn, provider);
}

}  // namespace

absl::Status Handle(Turn& turn, const ShowReminders&) {
  KALENDS_ASSIGN_OR_RETURN(const auto provider, OwnReminders(turn));
  ShowThem(turn, provider, "");
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ToggleReminder& action) {
  const std::chrono::seconds lead = std::chrono::minutes(action.minutes);
  KALENDS_ASSIGN_OR_RETURN(const auto provider, Toggle(turn, lead.count(),
                                                       turn.RequestIdOf(action, action.nonce) +
                                                           ":" + std::to_string(action.minutes)));
  ShowThem(turn, provider, "");
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const AskReminder&) {
  turn.session().dialogue = TypesReminderLead{};
  turn.Show(AskReminderScreen(turn.reader()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const TypesReminderLead& dialogue, const std::string& text) {
  const auto lead = ParseLead(text);
  if (!lead) {
    turn.session().dialogue = dialogue;
    return Refusal("reminders.not_understood");
  }
  const std::chrono::seconds wanted = *lead;
  KALENDS_ASSIGN_OR_RETURN(auto provider, OwnReminders(turn));
  if (!IsIn(provider, wanted.count())) {
    KALENDS_ASSIGN_OR_RETURN(provider, Toggle(turn, wanted.count(), turn.NextRequestId()));
  }
  ShowThem(turn, provider, "reminders.added");
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowReminderText&) {
  KALENDS_ASSIGN_OR_RETURN(const auto provider, OwnReminders(turn));
  return ShowText(turn, provider);
}

absl::Status Handle(Turn& turn, const TypesReminderText&, const std::string& text) {
  return WriteText(turn, Shorten(text, kTypedCharsMax), turn.NextRequestId());
}

absl::Status Handle(Turn& turn, const EraseReminderText& action) {
  return WriteText(turn, "", turn.RequestIdOf(action, action.nonce));
}

Handlers RemindersHandlers() {
  return HandlersOf<TypesReminderLead, TypesReminderText>(RemindersActions{});
}

}  // namespace kalends::telegram
