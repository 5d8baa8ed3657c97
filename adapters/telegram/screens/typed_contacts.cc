#include "adapters/telegram/screens/typed_contacts.h"

#include <algorithm>

namespace kalends::telegram {
namespace {

constexpr std::string_view kBlanks = " \t\r\n\u00a0";
constexpr int kPhoneDigitsMin = 5;  // Fewer are a house number.

std::string_view Trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

bool IsAsciiDigit(char c) { return c >= '0' && c <= '9'; }
bool IsAsciiLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool IsEmail(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         text.find_first_of(kBlanks) == std::string_view::npos &&
         text.find("://") == std::string_view::npos;
}

// "https://…", "www.…", "praxis-weber.de/kontakt": one word whose host ends in letters.
bool IsWebsite(std::string_view text) {
  if (text.find_first_of(kBlanks) != std::string_view::npos) return false;
  if (text.find("://") != std::string_view::npos) return true;
  const std::string_view host = text.substr(0, text.find_first_of("/?#"));
  const std::size_t dot = host.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return false;
  const std::string_view last = host.substr(dot + 1);
  return last.size() >= 2 && std::all_of(last.begin(), last.end(), [](char c) {
           return IsAsciiLetter(c) || static_cast<unsigned char>(c) >= 0x80;
         });
}

// Digits and what is written between them, also dashes and blanks that are no ASCII.
bool IsPhone(std::string_view text) {
  const auto digits = std::count_if(text.begin(), text.end(), IsAsciiDigit);
  const bool fits = std::all_of(text.begin(), text.end(), [](char c) {
    return IsAsciiDigit(c) || static_cast<unsigned char>(c) >= 0x80 ||
           std::string_view("+-./() x").find(c) != std::string_view::npos;
  });
  return fits && digits >= kPhoneDigitsMin;
}

// Whether `text` went into `contacts`.
bool Take(std::string_view text, Contacts& contacts) {
  if (IsEmail(text)) {
    contacts.email = text;
  } else if (IsPhone(text)) {
    contacts.phone = text;
  } else if (IsWebsite(text)) {
    contacts.website = text.find("://") == std::string_view::npos ? "https://" + std::string(text)
                                                                  : std::string(text);
  } else {
    return false;
  }
  return true;
}

}  // namespace

Contacts ParseContacts(std::string_view text) {
  Contacts contacts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = Trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || Take(line, contacts)) continue;
    // "https:" is no name of what follows.
    const std::size_t colon = line.find(':');
    const std::string_view named =
        colon == std::string_view::npos ? std::string_view() : Trimmed(line.substr(colon + 1));
    if (!named.empty() && Take(named, contacts)) continue;
    if (!contacts.address.empty()) contacts.address += '\n';
    contacts.address += line;
  }
  return contacts;
}

}  // namespace kalends::telegram
