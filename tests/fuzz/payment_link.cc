// Payment links with placeholders, as providers type them.
#include "core/payments/payment_link.h"

#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kalends;
  const std::string_view text = fuzz::Text(data, size);
  if (text.empty() || !core::CheckPaymentLink("payment_link", text).ok()) return 0;
  const std::string link = core::FillPaymentLink(text, core::AppointmentId{4711}, {8000, "EUR"});
  fuzz::Require(link.starts_with("https://"), "a payment link is https");
  for (const char c : link) {
    fuzz::Require(c > 0x20 && c < 0x7F && c != '"' && c != '<' && c != '>' && c != '{' && c != '}',
                  "it is a URL without anything to fill in");
  }
  const std::size_t host = 8;
  const std::size_t end = std::min(text.find_first_of("/?#", host), text.size());
  fuzz::Require(link.starts_with(text.substr(0, end)), "placeholders do not choose the host");
  return 0;
}
