#include "adapters/telegram/actions.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <set>

#include "tests/support/seed.h"

namespace kalends::telegram {
namespace {

using Random = std::mt19937_64;

std::string RandomId(Random& random) {
  constexpr std::string_view kDigits = "0123456789abcdefghjkmnpqrstvwxyz";
  std::string id;
  for (std::size_t i = 0; i < kShortIdLength; ++i) id += kDigits[random() % kDigits.size()];
  return id;
}

template <typename Tag>
void Fill(Random& random, ShortId<Tag>& id) {
  id.text = random() % 4 == 0 ? "" : RandomId(random);
}
void Fill(Random& random, int& value) { value = static_cast<int>(random() % 2001) - 1000; }
void Fill(Random& random, Nonce& nonce) { nonce.value = random() & ((std::uint64_t{1} << 40) - 1); }
void Fill(Random& random, Minute& minute) {
  minute = Minute(std::chrono::minutes(random() % (50000ULL * 24 * 60)));
}
void Fill(Random& random, date::year_month_day& day) {
  day = date::sys_days(date::days(random() % 50000));
}
void Fill(Random& random, date::year_month& month) {
  month = date::year(1970 + static_cast<int>(random() % 130)) /
          date::month(static_cast<unsigned>(random() % 12) + 1);
}
template <typename Value>
void Fill(Random& random, std::optional<Value>& value) {
  value.reset();
  if (random() % 2 == 0) Fill(random, value.emplace());
}
void Fill(Random& random, std::vector<Minute>& minutes) {
  minutes.resize(random() % (kProposedTimesMax + 1));
  for (Minute& minute : minutes) Fill(random, minute);
}
template <typename Enum>
  requires std::is_enum_v<Enum>
void Fill(Random& random, Enum& value) {
  value = static_cast<Enum>(random() % (static_cast<std::uint64_t>(Enum::kMaxValue) + 1));
}
void Fill(Random& random, ZoneName& zone) {
  constexpr std::array<const char*, 3> kZones = {"America/Argentina/ComodRivadavia", "UTC+05:45",
                                                 "Etc/GMT-14"};
  zone.text = kZones[random() % kZones.size()];
}
void Fill(Random& random, LanguageCode& language) { language.text = random() % 2 ? "de" : "uk"; }

// Calls `check` with a default action of every kind.
template <typename Check, typename... Some>
void ForEachKind(Check check, Actions<Some...>) {
  // A table, as a fold over so many would nest too deeply for clang.
  constexpr std::array<void (*)(Check&), sizeof...(Some)> kEach = {
      [](Check& one) { one(Some{}); }...};
  for (const auto each : kEach) each(check);
}
template <typename Check>
void ForEachKind(Check check) {
  ForEachKind(check, AllActions{});
}

TEST(Actions, DecodingGivesBackWhatWasEncoded) {
  const test::Seed seed;
  Random random(seed.value());
  for (int round = 0; round < 200; ++round) {
    ForEachKind([&](auto action) {
      std::apply([&](auto&... fields) { (Fill(random, fields), ...); }, action.Fields());
      const std::string data = Encode(action);
      SCOPED_TRACE(data);
      ASSERT_LE(data.size(), kCallbackDataBytesMax);
      const auto decoded = Decode(data);
      ASSERT_TRUE(decoded.has_value());
      EXPECT_EQ(Encode(*decoded), data);
      const auto same = decoded->template As<decltype(action)>();
      ASSERT_TRUE(same.has_value());
      EXPECT_TRUE(same->Fields() == std::as_const(action).Fields());
    });
  }
}

TEST(Actions, TheLongestOneFitsIntoAButton) {
  const std::string id(kShortIdLength, 'z');
  const Draft draft{{id}, {id}, {id}};
  const Minute latest(std::chrono::minutes(50000LL * 24 * 60));
  const Nonce nonce{(std::uint64_t{1} << 40) - 1};
  EXPECT_LE(Encode(ConfirmRequest{draft, latest, nonce}).size(), kCallbackDataBytesMax);
  constexpr int kMark = (1 << 19) - 1;
  EXPECT_LE(Encode(SignMissing{draft, latest, kMark}).size(), kCallbackDataBytesMax);
  EXPECT_LE(Encode(ChangeConsents{{id}, 100, 0xFF, kMark, nonce}).size(), kCallbackDataBytesMax);
  EXPECT_LE(Encode(DeleteDocuments{{id}, {id}, 100, 0xFF, kMark, nonce}).size(),
            kCallbackDataBytesMax);
  EXPECT_LE(Encode(SendProposal{{id}, {latest, latest, latest}, nonce}).size(),
            kCallbackDataBytesMax);
}

TEST(Actions, CodesAreUnique) {
  std::set<std::string_view> codes;
  ForEachKind(
      [&](const auto& action) { EXPECT_TRUE(codes.insert(action.kCode).second) << action.kCode; });
}

TEST(Actions, OldForgedAndBrokenDataIsNoAction) {
  const struct {
    const char* name;
    std::string data;
  } kCases[] = {
      {"empty", ""},
      {"another version", "2:h"},
      {"unknown code", "1:zzz"},
      {"no fields", "1:pa"},
      {"too few fields", "1:pa:0apt000000001"},
      {"too many fields", "1:h:1"},
      {"short id", "1:ac:0apt"},
      {"an id with a letter that ids do not have", "1:ac:0apt00000000u"},
      {"a number that is none", "1:au:!"},
      {"a number too large", "1:au:zzzzzzzzzzzzz"},
      {"an origin there is not", "1:zl:9"},
      {"four proposed times", "1:ov:0apt000000001:a.b.c.d"},
      {"a zone with markup", "1:zs:0:<b>"},
      {"bytes", std::string("1:\0\xff\xfe", 5)},
      {"longer than a button", "1:zs:0:" + std::string(80, 'A')},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    EXPECT_FALSE(Decode(c.data).has_value());
  }
}

TEST(Actions, NoBytesMakeDecodingFall) {
  const test::Seed seed;
  Random random(seed.value());
  for (int round = 0; round < 20000; ++round) {
    std::string data = Encode(SendProposal{{RandomId(random)}, {Minute(), Minute()}, {7}});
    for (int change = 0; change < 3; ++change)
      data[random() % data.size()] = static_cast<char>(random());
    if (const auto action = Decode(data)) {
      EXPECT_LE(Encode(*action).size(), kCallbackDataBytesMax);
    }
  }
}

}  // namespace
}  // namespace kalends::telegram
