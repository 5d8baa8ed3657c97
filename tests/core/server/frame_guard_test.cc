// What strangers make the core hold, as their frames tell.
#include "core/server/frame_guard.h"

#include <gtest/gtest.h>

#include <random>

#include "core/base/limits.h"
#include "tests/support/http2.h"
#include "tests/support/seed.h"

namespace kalends::server {
namespace {

using namespace test::http2;  // NOLINT(google-build-using-namespace): a test of its own words.

constexpr FrameGuard::Time kStart{std::chrono::hours(1)};
constexpr std::int64_t kOneCall = 20 << 10;  // No call weighs less.

std::string Call(std::uint32_t stream, std::uint8_t flags = kEndHeaders) {
  return MakeFrame(kHeaders, flags, stream, CallFields());
}

// A guard that has seen the beginning of a connection.
FrameGuard Begun() {
  FrameGuard guard;
  EXPECT_TRUE(guard.Received(kPreface + MakeFrame(kSettings, 0, 0), kStart));
  return guard;
}

TEST(FieldCounter, CountsFieldsOfEveryKind) {
  const std::string long_value(300, 'v');
  const struct {
    const char* name;
    std::string block;
    int fields;
  } kCases[] = {
      {"none", "", 0},
      {"written out", Field("name", "value"), 1},
      {"with an empty value", Field("name", ""), 1},
      {"with a long value", Field("name", long_value), 1},
      {"from the table", "\x82\x86\x84", 3},
      {"from far in the table", std::string("\xff\x01", 2), 1},
      {"with a name of the table", "\x44\x01/", 1},
      {"with a name far in the table", std::string("\x7f\x03\x01v", 4), 1},
      {"never to be indexed", std::string("\x10\x01n\x01v", 5), 1},
      {"with a compressed text", std::string("\x41\x8c", 2) + std::string(12, 'h'), 1},
      {"a new size of the table", std::string("\x3f\xe1\x1f", 3), 1},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    FieldCounter whole, pieces;
    EXPECT_TRUE(whole.Feed(c.block + "\x82"));
    EXPECT_EQ(whole.fields(), c.fields + 1);
    for (const char byte : c.block + "\x82") EXPECT_TRUE(pieces.Feed({&byte, 1}));
    EXPECT_EQ(pieces.fields(), c.fields + 1);
  }
}

TEST(FieldCounter, RefusesMoreFieldsThanAnyClientSends) {
  FieldCounter counter;
  EXPECT_TRUE(counter.Feed(std::string(core::kHeaderFieldsMax, '\xbe')));
  EXPECT_FALSE(counter.Feed("\xbe"));
}

TEST(FieldCounter, RefusesNumbersWithoutEndAndTextsThatCannotCome) {
  FieldCounter zeros, index, text;
  EXPECT_FALSE(zeros.Feed(std::string("\x00\x7f", 2) + std::string(20, '\x80')));
  EXPECT_FALSE(index.Feed("\xff" + std::string(20, '\x80')));
  EXPECT_FALSE(text.Feed(std::string("\x00\x7f\xff\xff\xff\x7f", 6)));
}

TEST(FrameGuard, RefusesWhatIsNoHttp2) {
  for (const std::string& bytes : {std::string("GET / HTTP/1.1\r\n\r\n"), std::string("PRI x"),
                                   std::string("\x16\x03\x01\x02\x00\x01", 6)}) {
    FrameGuard guard;
    EXPECT_FALSE(guard.Received(bytes, kStart));
  }
}

TEST(FrameGuard, AnAnsweredCallWeighsNothing) {
  FrameGuard guard = Begun();
  const std::int64_t before = guard.Weight(kStart);
  EXPECT_TRUE(
      guard.Received(Call(1) + MakeFrame(kData, kEndStream, 1, std::string(1000, 'm')), kStart));
  EXPECT_GT(guard.Weight(kStart), before + kOneCall + 1000);
  guard.Sent(MakeFrame(kSettings, 0, 0) + MakeFrame(kHeaders, kEndHeaders, 1, "\x88"));
  EXPECT_GT(guard.Weight(kStart), before + kOneCall);
  guard.Sent(MakeFrame(kData, 0, 1, "answer") +
             MakeFrame(kHeaders, kEndHeaders | kEndStream, 1, "\x88"));
  EXPECT_LT(guard.Weight(kStart), before + 1000);
}

// Such as a health check without a key, however often.
TEST(FrameGuard, AnsweredCallsDoNotAddUp) {
  FrameGuard guard = Begun();
  for (std::uint32_t i = 0; i < 20'000; ++i) {
    const std::uint32_t stream = 2 * i + 1;
    ASSERT_TRUE(guard.Received(Call(stream) + MakeFrame(kData, kEndStream, stream, "12345") +
                                   MakeFrame(kWindowUpdate, 0, 0, "1234"),
                               kStart));
    guard.Sent(MakeFrame(kHeaders, kEndHeaders, stream, "\x88") +
               MakeFrame(kData, 0, stream, "1234567") +
               MakeFrame(kHeaders, kEndHeaders | kEndStream, stream, "\x88"));
  }
  EXPECT_LT(guard.Weight(kStart), core::kStrangerBytesMax / 10);
}

TEST(FrameGuard, CallsThatAreNotEndedAddUp) {
  FrameGuard guard = Begun();
  for (std::uint32_t i = 0; i < 100; ++i) EXPECT_TRUE(guard.Received(Call(2 * i + 1), kStart));
  EXPECT_GT(guard.Weight(kStart + std::chrono::hours(1)), 100 * kOneCall);
}

TEST(FrameGuard, ACallThatIsGivenUpIsRememberedForAMoment) {
  FrameGuard guard = Begun();
  for (std::uint32_t i = 0; i < 100; ++i) {
    EXPECT_TRUE(guard.Received(Call(2 * i + 1) + MakeFrame(kReset, 0, 2 * i + 1, "1234"), kStart));
  }
  EXPECT_GT(guard.Weight(kStart), 100 * kOneCall);
  EXPECT_EQ(guard.Weight(kStart + std::chrono::seconds(10)), 0);
}

TEST(FrameGuard, GivingUpWhatWasAnsweredIsFree) {
  FrameGuard guard = Begun();
  EXPECT_TRUE(guard.Received(Call(1), kStart));
  guard.Sent(MakeFrame(kHeaders, kEndHeaders | kEndStream, 1, "\x88"));
  EXPECT_TRUE(guard.Received(MakeFrame(kReset, 0, 1, "1234"), kStart));
  EXPECT_LT(guard.Weight(kStart), kOneCall);
}

TEST(FrameGuard, RefusesARequestThatNamesAnEntryOfTheTableAgainAndAgain) {
  FrameGuard guard = Begun();
  EXPECT_FALSE(guard.Received(
      MakeFrame(kHeaders, kEndHeaders, 1, CallFields() + std::string(4000, '\xbe')), kStart));
}

TEST(FrameGuard, RefusesHeadersWithoutEnd) {
  for (const std::string& part : {std::string(), Field("x", std::string(1000, 'a'))}) {
    FrameGuard guard = Begun();
    EXPECT_TRUE(guard.Received(MakeFrame(kHeaders, 0, 1, CallFields()), kStart));
    int taken = 0;
    while (taken < 10'000 && guard.Received(MakeFrame(kContinuation, 0, 1, part), kStart)) ++taken;
    EXPECT_GT(taken, 10);
    EXPECT_LT(taken, 500);
  }
}

TEST(FrameGuard, RefusesFramesBetweenThePartsOfAHeaderBlock) {
  FrameGuard guard = Begun();
  EXPECT_FALSE(guard.Received(
      MakeFrame(kHeaders, 0, 1, CallFields()) + MakeFrame(kPing, 0, 0, "12345678"), kStart));
  FrameGuard other = Begun();
  EXPECT_FALSE(other.Received(MakeFrame(kContinuation, 0, 1, CallFields()), kStart));
}

TEST(FrameGuard, ReadsFieldsBetweenPriorityAndPadding) {
  FrameGuard guard = Begun();
  // The padding would be 200 fields.
  const std::string padding(200, '\xbe');
  const std::string payload = "\xc8" + std::string("\0\0\0\0\x10", 5) + CallFields() + padding;
  EXPECT_TRUE(guard.Received(MakeFrame(kHeaders, kEndHeaders | kPadded | kPriority, 1, payload) +
                                 MakeFrame(kHeaders, kEndHeaders | kPriority, 3,
                                           std::string("\0\0\0\0\x10", 5) + CallFields()) +
                                 MakeFrame(kPing, 0, 0, "12345678"),
                             kStart));
  EXPECT_FALSE(guard.Received(MakeFrame(kHeaders, kEndHeaders | kPadded, 5, "\xff"), kStart));
}

TEST(FrameGuard, PingsAndTheLikeWeighLittleAndAreForgotten) {
  FrameGuard guard = Begun();
  for (int i = 0; i < 100; ++i) {
    EXPECT_TRUE(guard.Received(MakeFrame(kPing, 0, 0, "12345678"), kStart));
  }
  EXPECT_LT(guard.Weight(kStart), 4 * kOneCall);
  EXPECT_EQ(guard.Weight(kStart + std::chrono::seconds(1)), 0);
}

// However the bytes are cut, and whatever they are, it is the same.
TEST(FrameGuard, DoesNotDependOnHowTheBytesAreCut) {
  const test::Seed seed;
  std::mt19937_64 random(seed.value());
  const auto up_to = [&](int max) { return std::uniform_int_distribution<int>(0, max)(random); };
  for (int round = 0; round < 500; ++round) {
    std::string bytes = kPreface + MakeFrame(kSettings, 0, 0);
    for (std::uint32_t i = 0; i < 10; ++i) {
      bytes += MakeFrame(kHeaders, static_cast<std::uint8_t>(up_to(63)), 2 * i + 1, CallFields());
      bytes += MakeFrame(kContinuation, kEndHeaders, 2 * i + 1,
                         Field("x", std::string(up_to(300), 'a')));
      bytes +=
          MakeFrame(static_cast<Type>(up_to(9)), 0, static_cast<std::uint32_t>(up_to(20)), "1234");
    }
    if (up_to(1) == 0)
      bytes[static_cast<std::size_t>(up_to(static_cast<int>(bytes.size()) - 1))] ^= 1;
    FrameGuard whole, cut;
    const bool taken = whole.Received(bytes, kStart);
    bool cut_taken = true;
    for (std::string_view left = bytes; cut_taken && !left.empty();) {
      const auto piece = left.substr(0, 1 + static_cast<std::size_t>(up_to(40)));
      cut_taken = cut.Received(piece, kStart);
      left.remove_prefix(piece.size());
    }
    ASSERT_EQ(cut_taken, taken);
    if (!taken) continue;
    ASSERT_EQ(cut.Weight(kStart), whole.Weight(kStart));
  }
}

}  // namespace
}  // namespace kalends::server
