#include "adapters/telegram/screens/reminders.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "adapters/telegram/screens/notifications.h"
#include "adapters/telegram/screens/practice.h"

namespace kalends::telegram {
namespace {

using std::chrono::minutes;

// Offered as keys, whether they are in use or not.
constexpr minutes kUsualLeads[] = {minutes(24 * 60), minutes(2 * 60)};

constexpr minutes kReminderDay{24 * 60};

std::vector<minutes> LeadsOf(const v1::Provider& provider) {
  std::vector<minutes> leads;
  for (const auto& lead : provider.reminders()) leads.push_back(MinutesOf(lead));
  std::sort(leads.rbegin(), leads.rend());
  return leads;
}

// "3 Tage", "2 Std.": the largest unit that it is a whole number of.
std::string LeadText(const Texts& t, minutes lead) {
  if (lead > kReminderDay && lead % kReminderDay == minutes(0)) {
    return t.PlainCount("reminders.days", static_cast<int>(lead / kReminderDay));
  }
  return t.Duration(lead);
}

}  // namespace

Screen RemindersScreen(const Reader& reader, const v1::Provider& provider,
                       const std::string& heading, Nonce nonce) {
  const Texts& t = reader.t();
  const std::vector<minutes> leads = LeadsOf(provider);
  std::string when;
  for (const minutes lead : leads) {
    const std::string text = LeadText(t, lead);
    if (when.empty()) {
      when = text;
    } else if (lead == leads.back()) {
      when = t.Plain("reminders.and", {{"first", when}, {"last", text}});
    } else {
      when += ", " + text;
    }
  }
  Screen screen{.text = heading.empty() ? "" : heading + "\n\n", .rows = {}};
  screen.text +=
      leads.empty() ? t.Html("reminders.none") : t.Html("reminders.title", {{"when", when}});
  screen.text += "\n" + t.Html("reminders.quiet");
  if (!provider.reminder_text().empty()) {
    screen.text += "\n\n" + t.Html("reminders.own_text", {{"text", provider.reminder_text()}});
  }
  std::vector<minutes> offered(std::begin(kUsualLeads), std::end(kUsualLeads));
  for (const minutes lead : leads) {
    if (std::find(offered.begin(), offered.end(), lead) == offered.end()) offered.push_back(lead);
  }
  std::sort(offered.rbegin(), offered.rend());
  std::vector<Button> buttons;
  for (const minutes lead : offered) {
    const bool on = std::find(leads.begin(), leads.end(), lead) != leads.end();
    buttons.push_back({LeadText(t, lead) + (on ? " ✅" : ""),
                       Action(ToggleReminder{static_cast<int>(lead.count()), nonce})});
  }
  if (leads.size() < kReminderTimesMax) {
    buttons.push_back({t.Plain("reminders.other"), Action(AskReminder{})});
  }
  AppendGrid(screen.rows, std::move(buttons), 3);
  screen.rows.push_back(
      {{t.Plain("reminders.text"), Action(ShowReminderText{})}, PracticeButton(reader)});
  return screen;
}

Screen AskReminderScreen(const Reader& reader) {
  return {.text = reader.t().Html("reminders.ask"),
          .rows = {{BackButton(reader, ShowReminders{})}}};
}

Screen ReminderTextScreen(const Reader& reader, const v1::Provider& provider,
                          const std::optional<v1::Notification>& reminder, Nonce nonce) {
  const Texts& t = reader.t();
  Screen screen{.text = t.Html("reminders.preview"), .rows = {}};
  if (reminder) {
    screen.text += "\n\n" + NotificationScreen(reader, *reminder).text;
  } else if (provider.reminder_text().empty()) {
    screen.text += "\n\n" + t.Html("reminders.no_sample");
  } else {
    screen.text +=
        "\n\n" + t.Html("notifications.reminder_text", {{"text", provider.reminder_text()}});
  }
  screen.text += "\n\n" + t.Html(provider.reminder_text().empty() ? "reminders.ask_text"
                                                                  : "reminders.ask_text_anew");
  Row row;
  if (!provider.reminder_text().empty()) {
    row.push_back(
        {t.Plain("reminders.erase_text"), Action(EraseReminderText{nonce}), Style::kDanger});
  }
  row.push_back(BackButton(reader, ShowReminders{}));
  screen.rows.push_back(std::move(row));
  return screen;
}

}  // namespace kalends::telegram
