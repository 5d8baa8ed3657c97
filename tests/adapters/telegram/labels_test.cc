#include "adapters/telegram/labels.h"

#include <gtest/gtest.h>

#include "adapters/telegram/screens/booking.h"
#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

TEST(ShortenSeen, CountsAndCutsAsPeopleRead) {
  const struct {
    const char* text;
    std::size_t max;
    const char* shortened;
  } kCases[] = {
      {"Massage", 7, "Massage"},
      {"Massage", 6, "Massa…"},
      {"Rücken frei", 8, "Rücken…"},  // No space before the ellipsis.
      {"e\u0301e\u0301e\u0301", 3, "e\u0301e\u0301e\u0301"},
      {"e\u0301e\u0301e\u0301", 2, "e\u0301…"},                    // A letter keeps its accent.
      {"👩‍👩‍👧 Familie", 3, "👩‍👩‍👧…"},  // A family is one.
      {"Массаж", 4, "Мас…"},
      {"ab", 1, "…"},
  };
  for (const auto& c : kCases) EXPECT_EQ(ShortenSeen(c.text, c.max), c.shortened) << c.text;
}

TEST(NameLabel, TheNameGivesWayToTheFacts) {
  EXPECT_EQ(NameLabel("", "Massage", " · 50 Min. · 80,00 €"), "Massage · 50 Min. · 80,00 €");
  EXPECT_EQ(NameLabel("", "Krankengymnastik nach Bobath für Erwachsene", " · 50 Min. · 80,00 €"),
            "Krankengymnastik na… · 50 Min. · 80,00 €");
  // Where nothing stands behind it, Telegram may cut it.
  EXPECT_EQ(NameLabel("Mo., 28. Dez., 09:00 (15:00) · ", "Dr. Ada Weiss", ""),
            "Mo., 28. Dez., 09:00 (15:00) · Dr. Ada Weiss");
  EXPECT_EQ(NameLabel("", std::string(90, 'M'), ""), std::string(39, 'M') + "…");
  // Facts that take all the room leave enough to tell it by.
  const std::string tail(60, 'x');
  EXPECT_EQ(NameLabel("", "Krankengymnastik", tail), "Krankengymn…" + tail);
}

TEST(ServiceLabel, KeepsLengthAndPriceOfALongNameInEveryLanguage) {
  v1::Service service = SampleService();
  for (const char* language : {"de", "en", "fr", "es", "ru", "uk"}) {
    const Reader reader = ReaderIn(language, "");
    service.set_display_name(std::string(90, 'M'));
    const std::string label = ServiceLabel(reader, service);
    EXPECT_TRUE(label.ends_with("… · " + ServiceFacts(reader, service))) << label;
    EXPECT_TRUE(label.starts_with("MMMMMMMMMMM")) << label;
  }
}

}  // namespace
}  // namespace kalends::telegram
