// Web addresses as people type them, brought into the form in which they are checked and kept.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kalends::core {

// The name of a host in ASCII and small letters, by UTS #46 (IDNA) where it has other letters:
// "Müller.example" is "xn--mller-kva.example". nullopt: the Internet can have no such name. A name
// of ASCII is not looked at further.
std::optional<std::string> AsciiHost(std::string_view host);

// `url` without blanks at its ends, scheme and host in small letters, the host as AsciiHost has it:
// "Https://Müller.example/Über" is "https://xn--mller-kva.example/Über". What is no URL of a host,
// with at most a port beside it, stays as it is but for the blanks.
std::string NormalUrl(std::string_view url);

}  // namespace kalends::core
