// The calendar as a picture, decoded by another library than the one that drew it.
#include <gtest/gtest.h>
#include <png.h>

#include <array>

#include "adapters/telegram/actions.h"
#include "adapters/telegram/pictures/calendar.h"
#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

using date::literals::operator""_y;
using std::chrono::hours;

const auto kPictureDay = 2026_y / 12 / 28;

struct Picture {
  int width = 0;
  int height = 0;
  std::vector<png_byte> bytes;  // RGB.

  std::array<int, 3> At(int x, int y) const {
    const std::size_t i = (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                           static_cast<std::size_t>(x)) *
                          3;
    return {bytes[i], bytes[i + 1], bytes[i + 2]};
  }
  // How many pixels in these rows look like `color`, a little to either side.
  int Count(std::array<int, 3> color, int from_row = 0) const {
    int count = 0;
    for (int y = from_row; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        const auto here = At(x, y);
        bool same = true;
        for (std::size_t part = 0; part < 3; ++part) {
          same &= std::abs(here[part] - color[part]) <= 2;
        }
        count += same ? 1 : 0;
      }
    }
    return count;
  }
};

Picture DecodePng(const std::string& png) {
  Picture picture;
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&image, png.data(), png.size()) == 0) return picture;
  image.format = PNG_FORMAT_RGB;
  picture.width = static_cast<int>(image.width);
  picture.height = static_cast<int>(image.height);
  picture.bytes.resize(PNG_IMAGE_SIZE(image));
  EXPECT_NE(png_image_finish_read(&image, nullptr, picture.bytes.data(), 0, nullptr), 0);
  return picture;
}

CalendarView PictureView(int days) {
  const Instant midnight = DayStart("Europe/Berlin", kPictureDay);
  CalendarView view{
      .first = kPictureDay, .days = days, .zone = "Europe/Berlin", .specialist = {}, .people = {}};
  view.people.resize(1);
  view.people[0].appointments = {SampleAppointment(v1::Appointment::STATUS_ACCEPTED)};  // 15:00.
  view.people[0].open = {{midnight + hours(9), midnight + hours(18)}};
  return view;
}

constexpr std::array<int, 3> kGreen = {0x2E, 0x9E, 0x5B};
constexpr std::array<int, 3> kYellow = {0xE0, 0xA1, 0x00};

TEST(CalendarPicture, IsOneForAPhoneAndTheSameEachTime) {
  const Reader reader = ReaderIn("de", "Europe/Berlin");
  for (const int days : {1, 7}) {
    const std::string png = CalendarPng(reader, PictureView(days), PictureTheme::kLight);
    const Picture picture = DecodePng(png);
    EXPECT_EQ(picture.width, kCalendarPictureWidth);
    EXPECT_GT(picture.height, 600);
    EXPECT_LT(picture.height, 10 * kCalendarPictureWidth) << "Telegram takes no longer ones";
    EXPECT_EQ(png, CalendarPng(reader, PictureView(days), PictureTheme::kLight));
  }
}

TEST(CalendarPicture, IsLightOrDark) {
  const Reader reader = ReaderIn("de", "Europe/Berlin");
  const Picture light = DecodePng(CalendarPng(reader, PictureView(7), PictureTheme::kLight));
  const Picture dark = DecodePng(CalendarPng(reader, PictureView(7), PictureTheme::kDark));
  EXPECT_GT(light.At(2, 2)[0], 0xE0);
  EXPECT_LT(dark.At(2, 2)[0], 0x30);
}

TEST(CalendarPicture, ShowsAnAppointmentInTheColorOfItsStatusAndAtItsTime) {
  const Reader reader = ReaderIn("de", "Europe/Berlin");
  CalendarView view = PictureView(1);
  const Picture accepted = DecodePng(CalendarPng(reader, view, PictureTheme::kLight));
  view.people[0].appointments[0].set_status(v1::Appointment::STATUS_PENDING);
  const Picture pending = DecodePng(CalendarPng(reader, view, PictureTheme::kLight));
  view.people[0].appointments.clear();
  const Picture none = DecodePng(CalendarPng(reader, view, PictureTheme::kLight));
  EXPECT_GT(accepted.Count(kGreen), none.Count(kGreen) + 200) << "more than the legend";
  EXPECT_GT(pending.Count(kYellow), none.Count(kYellow) + 200);
  EXPECT_LT(pending.Count(kGreen), accepted.Count(kGreen));
  // 15:00 is below the middle of 9:00 to 18:00.
  EXPECT_EQ(accepted.Count(kGreen) - accepted.Count(kGreen, accepted.height / 2), 0);
}

TEST(CalendarPicture, WritesTheCustomersClockWhereItDiffers) {
  const Reader reader = ReaderIn("de", "Europe/Berlin");
  CalendarView view = PictureView(1);
  const std::string both = CalendarPng(reader, view, PictureTheme::kLight);
  view.people[0].appointments[0].set_customer_time_zone("Europe/Paris");
  const std::string one = CalendarPng(reader, view, PictureTheme::kLight);
  view.people[0].appointments[0].clear_customer_time_zone();
  EXPECT_NE(both, one);
  EXPECT_EQ(one, CalendarPng(reader, view, PictureTheme::kLight)) << "the same clock is one";
}

TEST(CalendarPicture, IsDrawnInEveryLanguageForTeamsAndForNobody) {
  for (const char* language : {"de", "en", "fr", "ru", "uk", "es"}) {
    const Reader reader = ReaderIn(language, "Europe/Berlin");
    CalendarView team = PictureView(1);
    team.people.resize(3);
    for (Workload& work : team.people) work.name = "Klara";
    EXPECT_GT(DecodePng(CalendarPng(reader, team, PictureTheme::kDark)).height, 0) << language;
    team.people.clear();
    EXPECT_GT(DecodePng(CalendarPng(reader, team, PictureTheme::kDark)).height, 0) << language;
  }
}

}  // namespace
}  // namespace kalends::telegram
