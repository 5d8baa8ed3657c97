#include "adapters/telegram/invitation_code.h"

#include <gtest/gtest.h>

namespace kalends::telegram {
namespace {

constexpr char kOurName[] = "Kalends_Bot";
constexpr char kCode[] = "aB3_-fghIjklmnopqrstuV";

// "code for service alone", or "none".
std::string Found(std::string_view text) {
  const auto invitation = InvitationIn(text, kOurName);
  if (!invitation) return "none";
  const std::string service = invitation->service.empty() ? "" : " for " + invitation->service;
  const std::string start =
      invitation->start == 0 ? "" : " at " + std::to_string(invitation->start);
  return invitation->code + service + start + (invitation->alone ? " alone" : " among words") +
         (invitation->certain ? "" : " perhaps");
}

std::string With(std::string text) {
  for (std::size_t at = text.find("CODE"); at != std::string::npos; at = text.find("CODE")) {
    text.replace(at, 4, kCode);
  }
  return text;
}

TEST(InvitationIn, IsFoundInEveryForm) {
  const struct {
    const char* text;
    const char* found;
  } kCases[] = {
      {"CODE", "CODE alone perhaps"},
      {" \nCODE ", "CODE alone perhaps"},
      {"https://t.me/kalends_bot?start=CODE", "CODE alone"},
      {"HTTPS://T.ME/KALENDS_BOT?START=CODE", "CODE alone"},
      {"http://t.me/kalends_bot?start=CODE", "CODE alone"},
      {"t.me/kalends_bot?start=CODE", "CODE alone"},
      {"www.t.me/kalends_bot?start=CODE", "CODE alone"},
      {"https://www.t.me/kalends_bot?start=CODE", "CODE alone"},
      {"telegram.me/kalends_bot?start=CODE", "CODE alone"},
      {"https://telegram.dog/kalends_bot/?start=CODE", "CODE alone"},
      {"https://kalends_bot.t.me/?start=CODE", "CODE alone"},
      {"https://t.me/kalends_bot?utm=x&start=CODE&y=z#w", "CODE alone"},
      {"tg://resolve?domain=kalends_bot&start=CODE", "CODE alone"},
      {"TG://resolve?start=CODE&domain=Kalends_bot", "CODE alone"},
      {"tg:resolve?domain=kalends_bot&start=CODE", "CODE alone"},
      {"/start CODE", "CODE alone"},
      {"/Start CODE", "CODE alone"},
      {"/START@Kalends_Bot   CODE", "CODE alone"},
      {"/start\nCODE", "CODE alone"},
      {"/start https://t.me/kalends_bot?start=CODE", "CODE among words"},
      {"Bitte hier: https://t.me/kalends_bot?start=CODE.", "CODE among words"},
      {"(t.me/kalends_bot?start=CODE)", "CODE among words"},
      {"Link\nhttps://t.me/kalends_bot?start=CODE\nLG", "CODE among words"},
      {"\u00ABt.me/kalends_bot?start=CODE\u00BB", "CODE among words"},
      {"Schreib /start CODE", "CODE among words"},
      {"/start short", "short alone"},
  };
  for (const auto& c : kCases) EXPECT_EQ(Found(With(c.text)), With(c.found)) << c.text;
}

TEST(InvitationIn, NamesTheServiceThatIsToBeBooked) {
  const struct {
    const char* text;
    const char* found;
  } kCases[] = {
      {"https://t.me/kalends_bot?start=CODE-0srv000000001", "CODE for 0srv000000001 alone"},
      {"/start CODE-0srv000000001", "CODE for 0srv000000001 alone"},
      {"Da: t.me/kalends_bot?start=CODE-0srv000000001 ja", "CODE for 0srv000000001 among words"},
      {"Schreib /start CODE-0srv000000001", "CODE for 0srv000000001 among words"},
      {"/start CODE-0srv000000001-hrdvk", "CODE for 0srv000000001 at 29831168 alone"},
      {"t.me/kalends_bot?start=CODE-0srv000000001-1", "CODE for 0srv000000001 at 1 alone"},
      // What is no time costs nobody the service.
      {"/start CODE-0srv000000001-", "CODE for 0srv000000001 alone"},
      {"/start CODE-0srv000000001-HRDVK", "CODE for 0srv000000001 alone"},
      {"/start CODE-0srv000000001-zzzzzzz", "CODE for 0srv000000001 alone"},
      // What is no id of a service costs nobody the invitation.
      {"/start CODE-0srv", "CODE alone"},
      {"/start CODE-", "CODE alone"},
      {"/start CODE-0srv000000001x", "CODE alone"},
      {"/start CODE_0srv000000001", "CODE_0srv000000001 alone"},
      {"CODE-0srv000000001", "none"},
  };
  for (const auto& c : kCases) EXPECT_EQ(Found(With(c.text)), With(c.found)) << c.text;
}

TEST(InvitationIn, IsNotWhatLooksAlike) {
  for (const char* text : {"",
                           " ",
                           "/start",
                           "/start ",
                           "Hamburg",
                           "Lymphdrainagetherapie",
                           "Lymphdrainagetherapien",
                           "LYMPHDRAINAGETHERAPIEN",
                           "1234567890123456789012",
                           "CODE CODE",
                           "xCODE",
                           "CODE.",
                           "https://t.me/other_bot?start=CODE",
                           "https://t.me/kalends_bot",
                           "t.me/kalends_bot?start=",
                           "https://evil.example/t.me/kalends_bot?start=CODE",
                           "evil-t.me/kalends_bot?start=CODE",
                           "https://t.me.evil.example/kalends_bot?start=CODE",
                           "marie@t.me/kalends_bot?start=CODE",
                           "https://t.me/kalends_bot?startgroup=CODE",
                           "tg://resolve?domain=other&start=CODE",
                           "tg://join?start=CODE",
                           "/starting CODE",
                           "/startCODE",
                           "ich tippe /start und dann",
                           "https://t.me/kalends_bot?start=CODECODECODECODE"}) {
    EXPECT_EQ(Found(With(text)), "none") << text;
  }
}

}  // namespace
}  // namespace kalends::telegram
