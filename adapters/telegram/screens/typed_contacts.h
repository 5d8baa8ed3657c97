// Contacts as people write them into one message, a line for each. Pure.
#pragma once

#include <string>
#include <string_view>

namespace kalends::telegram {

// Empty: not in the message. As the core takes them, which checks them.
struct Contacts {
  std::string website;
  std::string email;
  std::string phone;
  std::string address;  // What is nothing else, line by line.
};
// A line may begin with what it is ("Tel.: 030 123456"). Of two of a kind the last one counts.
Contacts ParseContacts(std::string_view text);

}  // namespace kalends::telegram
