// What a provider does with appointments, reminders, the week in numbers.
#include "adapters/telegram/screens/appointment_notes.h"
#include "adapters/telegram/screens/appointments.h"
#include "adapters/telegram/screens/moves.h"
#include "adapters/telegram/screens/notifications.h"
#include "adapters/telegram/screens/reminders.h"
#include "adapters/telegram/screens/statistics.h"
#include "tests/adapters/telegram/golden_screens.h"
#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

using date::literals::operator""_y;
using v1::Appointment;

const Minute kLater(std::chrono::minutes((1798466400 + 3600) / 60));

Appointment Owed(Appointment::Status status) {
  Appointment appointment = SampleAppointment(status);
  appointment.mutable_paid()->set_currency_code("EUR");
  appointment.mutable_paid()->set_minor_units(5000);
  appointment.mutable_outstanding()->set_currency_code("EUR");
  appointment.mutable_outstanding()->set_minor_units(3000);
  return appointment;
}

Appointment Ahead() {
  Appointment ahead = Owed(Appointment::STATUS_ACCEPTED);
  for (const auto action : {Appointment::ACTION_CANCEL, Appointment::ACTION_RESCHEDULE,
                            Appointment::ACTION_SET_PLACE, Appointment::ACTION_REMIND}) {
    ahead.add_allowed_actions(action);
  }
  return ahead;
}

Appointment Begun() {
  Appointment begun = Owed(Appointment::STATUS_ACCEPTED);
  begun.set_place("https://meet.example.com/ada");
  for (const auto action : {Appointment::ACTION_CANCEL, Appointment::ACTION_COMPLETE,
                            Appointment::ACTION_MARK_MISSED, Appointment::ACTION_SET_PLACE}) {
    begun.add_allowed_actions(action);
  }
  return begun;
}

Appointment Done() {
  Appointment done = Owed(Appointment::STATUS_COMPLETED);
  done.add_allowed_actions(Appointment::ACTION_MARK_MISSED);
  return done;
}

// Agreed, and asked about another time.
Appointment Asked() {
  Appointment asked = SampleAppointment(Appointment::STATUS_ACCEPTED);
  asked.add_allowed_actions(Appointment::ACTION_CHOOSE_PROPOSED_TIME);
  asked.add_allowed_actions(Appointment::ACTION_DECLINE_PROPOSED_TIME);
  asked.add_allowed_actions(Appointment::ACTION_CANCEL);
  asked.add_proposed_start_times()->set_seconds(1798470000);
  return asked;
}

v1::Notification To(v1::Notification::Kind kind, const char* recipient, const Appointment& about) {
  v1::Notification notification;
  notification.set_name("notifications/0not000000001");
  notification.set_kind(kind);
  *notification.mutable_appointment() = about;
  *notification.mutable_start_time() = about.start_time();
  notification.mutable_previous_start_time()->set_seconds(about.start_time().seconds() - 3600);
  notification.set_status(about.status());
  notification.set_recipient(recipient);
  notification.set_actor(Appointment::ACTOR_PROVIDER);
  return notification;
}

v1::Notification GivenAway() {
  v1::Notification notification;
  notification.set_name("notifications/0not000000001");
  notification.set_kind(v1::Notification::KIND_APPOINTMENT_GIVEN_AWAY);
  *notification.mutable_provider() = SampleProvider();
  notification.mutable_provider()->set_kind(v1::PROVIDER_KIND_ORGANIZATION);
  notification.mutable_start_time()->set_seconds(1798466400);
  return notification;
}

v1::Notification ConsentWanted() {
  v1::Notification notification;
  notification.set_name("notifications/0not000000001");
  notification.set_kind(v1::Notification::KIND_CONSENT_WANTED);
  *notification.mutable_provider() = SampleProvider();
  notification.set_reason(Written("AGB <neu>"));
  return notification;
}

void Count(v1::Statistics::Counts& counts, int requested, int completed, int missed) {
  counts.set_requested(requested);
  counts.set_accepted(completed + missed + 1);
  counts.set_completed(completed);
  counts.set_missed(missed);
  counts.set_rejected(1);
  v1::Money& revenue = *counts.add_revenue();
  revenue.set_currency_code("EUR");
  revenue.set_minor_units(8000 * completed);
}

v1::Statistics November() {
  v1::Statistics month;
  month.set_period(v1::Statistics::PERIOD_MONTH);
  *month.mutable_start_date() = ToProto(2026_y / 11 / 1);
  *month.mutable_end_date() = ToProto(2026_y / 11 / 30);
  month.mutable_end_time()->set_seconds(1796079600);
  Count(*month.mutable_total(), 42, 37, 2);
  return month;
}

v1::Statistics EmptyMonth() {
  v1::Statistics month = November();
  month.clear_total();
  return month;
}

v1::Statistics December() {
  v1::Statistics month = November();
  *month.mutable_start_date() = ToProto(2026_y / 12 / 1);
  *month.mutable_end_date() = ToProto(2026_y / 12 / 31);
  month.mutable_end_time()->set_seconds(1798758000);
  month.mutable_total()->clear_revenue();
  Count(*month.mutable_total(), 47, 33, 1);
  auto& specialist = *month.add_specialists();
  specialist.set_specialist_display_name(Written("Klara <K>"));
  Count(*specialist.mutable_counts(), 20, 18, 0);
  return month;
}

v1::Provider Reminding() {
  v1::Provider provider = SampleProvider();
  for (const int hours : {72, 24}) provider.add_reminders()->set_seconds(hours * 3600);
  provider.set_reminder_text(Written("Bitte <Handtuch> mitbringen"));
  return provider;
}

v1::Notification Reminder() {
  v1::Notification reminder =
      To(v1::Notification::KIND_REMINDER, "accounts/0acc000000001", Ahead());
  reminder.set_reminder_text(Reminding().reminder_text());
  return reminder;
}

v1::PrivateNote SampleNote() {
  v1::PrivateNote note;
  note.set_text(Written("Knie <links>, Kasse prüfen"));
  return note;
}

}  // namespace

Screens ProviderAppointmentScreens(const Reader& reader) {
  const Appointment ahead = Ahead();
  const MoveMonthView month{.appointment = ahead,
                            .free = {.month = 2026_y / 12,
                                     .last_month = 2026_y / 12,
                                     .days = {2026_y / 12 / 28, 2026_y / 12 / 29},
                                     .is_first = true,
                                     .first_starts = {kLater},
                                     .next_start = Instant(kLater),
                                     .zone = "Europe/Berlin"}};
  const auto notice = [&](v1::Notification::Kind kind, const char* recipient) {
    return NotificationScreen(reader, To(kind, recipient, ahead));
  };
  constexpr const char* kCustomer = "accounts/0acc000000001";
  constexpr const char* kProvider = "accounts/0acc000000002";
  return {
      {"ahead", AppointmentScreen(reader, ahead, Side::kProvider, kNonce)},
      {"begun", AppointmentScreen(reader, Begun(), Side::kProvider, kNonce)},
      {"done", AppointmentScreen(reader, Done(), Side::kProvider, kNonce)},
      {"video", AppointmentScreen(reader, Begun(), Side::kCustomer, kNonce)},
      {"asked to move", AppointmentScreen(reader, Asked(), Side::kCustomer, kNonce)},
      {"move month", MoveMonthScreen(reader, month)},
      {"move day", MoveDayScreen(reader, {.appointment = ahead,
                                          .day = 2026_y / 12 / 28,
                                          .page = 0,
                                          .starts = {kLater},
                                          .zone = "Europe/Berlin"})},
      {"review move", ReviewMoveScreen(reader, {ahead, kLater, AskFirst::kNo, "", kNonce})},
      {"review move that is asked", ReviewMoveScreen(reader, {ahead, kLater, AskFirst::kYes,
                                                              Written("Zug <fällt> aus"), kNonce})},
      {"review move of another's", ReviewMoveScreen(reader, {ahead, kLater, {}, "", kNonce})},
      {"ask place", AskPlaceScreen(reader, ahead, Written("Lindenstr. 12 <Hof>"), kNonce)},
      {"note", AppointmentNoteScreen(reader, ahead, SampleNote(), "", kNonce)},
      {"no note", AppointmentNoteScreen(reader, ahead, {}, "", kNonce)},
      {"move declined", notice(v1::Notification::KIND_MOVE_DECLINED, kProvider)},
      {"rescheduled", notice(v1::Notification::KIND_APPOINTMENT_RESCHEDULED, kCustomer)},
      {"rescheduled here", notice(v1::Notification::KIND_APPOINTMENT_RESCHEDULED, kProvider)},
      {"booked", notice(v1::Notification::KIND_APPOINTMENT_BOOKED, kCustomer)},
      {"place changed", notice(v1::Notification::KIND_APPOINTMENT_PLACE_CHANGED, kCustomer)},
      {"reassigned", notice(v1::Notification::KIND_APPOINTMENT_REASSIGNED, kCustomer)},
      {"given away", NotificationScreen(reader, GivenAway())},
      {"consent wanted", NotificationScreen(reader, ConsentWanted())},
      {"reminder", NotificationScreen(reader, Reminder())},
      {"reminders", RemindersScreen(reader, Reminding(), "", kNonce)},
      {"no reminders", RemindersScreen(reader, SampleProvider(), "", kNonce)},
      {"ask reminder", AskReminderScreen(reader)},
      {"reminder text", ReminderTextScreen(reader, Reminding(), Reminder(), kNonce)},
      {"no reminder text", ReminderTextScreen(reader, SampleProvider(), std::nullopt, kNonce)},
      {"statistics so far", StatisticsScreen(reader, December(), November())},
      {"statistics", StatisticsScreen(reader, November(), December())},
      {"no statistics", StatisticsScreen(reader, EmptyMonth(), EmptyMonth())},
  };
}

}  // namespace kalends::telegram
