// Calendars of elsewhere: added by their address, fetched, removed.
#include "adapters/telegram/screens/busy.h"

#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/schedule.h"
#include "adapters/telegram/handlers/shared.h"

namespace kalends::telegram {
namespace {

constexpr int kBusyCalendarsMax = 20;  // More than the core lets anybody have.

std::string BusyNameOf(Turn& turn, const BusyCalendarId& id) {
  return NameOf(OwnProvider(turn)) + "/busyCalendars/" + id.text;
}

absl::Status ShowBusy(Turn& turn, const std::string& name, const std::string& heading) {
  v1::GetBusyCalendarRequest request;
  request.set_name(name);
  KALENDS_ASSIGN_OR_RETURN(const auto calendar, turn.Call<v1::BusyCalendar>(request));
  Screen screen = BusyCalendarScreen(turn.reader(), calendar, turn.nonce(), heading);
  AddAffected(turn.reader(), screen, ReadAffected(turn, calendar.affected_appointments()));
  turn.Show(screen);
  return absl::OkStatus();
}

// Whoever reads the chat later would have the address, and the password with it.
void TakeTypedAway(Turn& turn) {
  const Typed* const typed = TypedIn(turn.update());
  if (typed == nullptr || typed->message == 0) return;
  DeleteMessage(turn.context(), turn.update().user, typed->message);
}

absl::Status AskAddressAgain(Turn& turn, const char* why_key) {
  turn.session().dialogue = TypesBusyAddress{};
  Screen question = AskBusyAddressScreen(turn.reader());
  question.text = turn.texts().Html(why_key) + "\n\n" + question.text;
  turn.Show(question);
  return absl::OkStatus();
}

}  // namespace

absl::Status Handle(Turn& turn, const ShowBusyCalendars&) {
  v1::ListBusyCalendarsRequest request;
  request.set_parent(NameOf(OwnProvider(turn)));
  request.set_page_size(kBusyCalendarsMax);
  KALENDS_ASSIGN_OR_RETURN(const auto answer, turn.Call<v1::ListBusyCalendarsResponse>(request));
  turn.Show(BusyCalendarsScreen(turn.reader(),
                                {answer.busy_calendars().begin(), answer.busy_calendars().end()}));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const AskBusyAddress&) {
  turn.session().dialogue = TypesBusyAddress{};
  turn.Show(AskBusyAddressScreen(turn.reader()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const TypesBusyAddress&, const std::string& text) {
  const auto typed = ParseCalendar(text);
  TakeTypedAway(turn);
  if (!typed) return AskAddressAgain(turn, "busy.bad");
  v1::CreateBusyCalendarRequest request;
  request.set_parent(NameOf(OwnProvider(turn)));
  v1::BusyCalendar& calendar = *request.mutable_busy_calendar();
  calendar.set_kind(typed->user.empty() ? v1::BusyCalendar::KIND_FILE
                                        : v1::BusyCalendar::KIND_CALDAV);
  calendar.set_address(typed->address);
  calendar.set_user(typed->user);
  calendar.set_password(typed->password);
  request.set_request_id(turn.NextRequestId());
  const auto created = turn.Call<v1::BusyCalendar>(request);
  if (ReasonOf(created.status()) == v1::REASON_INVALID_FIELD) {
    return AskAddressAgain(turn, "busy.bad");
  }
  KALENDS_RETURN_IF_ERROR(created.status());
  return ShowBusy(turn, created->name(), turn.texts().Html("busy.added"));
}

absl::Status Handle(Turn& turn, const ShowBusyCalendar& action) {
  return ShowBusy(turn, BusyNameOf(turn, action.calendar), "");
}

absl::Status Handle(Turn& turn, const FetchBusyCalendar& action) {
  v1::FetchBusyCalendarRequest request;
  request.set_name(BusyNameOf(turn, action.calendar));
  request.set_request_id(turn.RequestIdOf(action, action.nonce));
  KALENDS_RETURN_IF_ERROR(turn.Call<v1::BusyCalendar>(request).status());
  return ShowBusy(turn, request.name(), turn.texts().Html("busy.is_fetched"));
}

absl::Status Handle(Turn& turn, const SetBusyAllDay& action) {
  v1::UpdateBusyCalendarRequest request;
  request.mutable_busy_calendar()->set_name(BusyNameOf(turn, action.calendar));
  request.mutable_busy_calendar()->set_all_day_free(action.all_day == AllDay::kFree);
  request.mutable_update_mask()->add_paths("all_day_free");
  request.set_request_id(turn.RequestIdOf(action, action.nonce));
  KALENDS_RETURN_IF_ERROR(turn.Call<v1::BusyCalendar>(request).status());
  return ShowBusy(turn, request.busy_calendar().name(), turn.texts().Html("busy.is_fetched"));
}

absl::Status Handle(Turn& turn, const RemoveBusyCalendar& action) {
  v1::DeleteBusyCalendarRequest request;
  request.set_name(BusyNameOf(turn, action.calendar));
  request.set_request_id(turn.RequestIdOf(action, action.nonce));
  KALENDS_RETURN_IF_ERROR(turn.Call<v1::DeleteBusyCalendarResponse>(request).status());
  return Handle(turn, ShowBusyCalendars{});
}

Handlers BusyHandlers() { return HandlersOf<TypesBusyAddress>(BusyActions{}); }

}  // namespace kalends::telegram
