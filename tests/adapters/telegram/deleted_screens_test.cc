// What screens show of somebody whose account is deleted.
#include <gtest/gtest.h>

#include "adapters/telegram/actions/booking.h"
#include "adapters/telegram/actions/chat.h"
#include "adapters/telegram/actions/documents.h"
#include "adapters/telegram/screens/appointments.h"
#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

// As the core has it once the other side of it is gone.
v1::Appointment WithNobody(v1::Appointment::Status status, Side side) {
  v1::Appointment appointment = SampleAppointment(status);
  if (side == Side::kProvider) {
    appointment.set_customer_deleted(true);
    appointment.set_customer_display_name("–");
  } else {
    appointment.set_provider_deleted(true);
    appointment.set_provider_display_name("–");
    appointment.set_specialist_display_name("–");
  }
  appointment.set_shares_link(false);
  appointment.clear_allowed_actions();
  return appointment;
}

bool LeadsToTheOther(const Screen& screen) {
  for (const Row& row : screen.rows) {
    for (const Button& button : row) {
      const auto* action = std::get_if<Action>(&button.does);
      if (action != nullptr && (action->As<OpenChat>() || action->As<ShowChat>() ||
                                action->As<ShowDocuments>() || action->As<RequestAgain>())) {
        return true;
      }
    }
  }
  return false;
}

TEST(DeletedAccounts, AreCalledSoInEveryLanguageAndNoButtonLeadsToThem) {
  for (const char* language : {"de", "en", "fr", "ru", "uk", "es"}) {
    const Reader reader = ReaderIn(language, "Europe/Berlin");
    const std::string called = reader.t().Plain("deleted.account");
    EXPECT_NE(called, "deleted.account");
    for (const Side side : {Side::kProvider, Side::kCustomer}) {
      for (const auto status : {v1::Appointment::STATUS_CANCELLED, v1::Appointment::STATUS_REJECTED,
                                v1::Appointment::STATUS_COMPLETED}) {
        SCOPED_TRACE(std::string(language) + " " + v1::Appointment::Status_Name(status));
        const v1::Appointment appointment = WithNobody(status, side);
        const Screen card = AppointmentScreen(reader, appointment, side, {1});
        const Screen info = MeetingInfoScreen(reader, appointment, side);
        for (const Screen& screen : {card, info}) {
          EXPECT_NE(screen.text.find(called), std::string::npos) << screen.text;
          EXPECT_FALSE(LeadsToTheOther(screen));
          EXPECT_EQ(ScreenFault(screen), "");
          EXPECT_FALSE(screen.rows.empty());
        }
        EXPECT_TRUE(
            side == Side::kProvider ||
            LeadsToTheOther(AppointmentScreen(reader, SampleAppointment(status), side, {1})) ||
            status == v1::Appointment::STATUS_COMPLETED);
      }
    }
  }
}

TEST(DeletedAccounts, AreCalledSoOnButtonsOfLists) {
  for (const char* language : {"de", "en", "fr", "ru", "uk", "es"}) {
    const Reader reader = ReaderIn(language, "Europe/Berlin");
    const std::string called = reader.t().Plain("deleted.account");
    for (const auto list : {AppointmentList::kAgenda, AppointmentList::kPast}) {
      const Side side = list == AppointmentList::kAgenda ? Side::kProvider : Side::kCustomer;
      Page<v1::Appointment> page;
      page.items = {WithNobody(v1::Appointment::STATUS_COMPLETED, side)};
      const Screen screen = AppointmentsScreen(reader, page, list, false);
      // As much of it as the label has room for.
      EXPECT_NE(screen.rows.at(0).at(0).label.find(called.substr(0, 6)), std::string::npos)
          << screen.rows[0][0].label;
    }
  }
}

}  // namespace
}  // namespace kalends::telegram
