// Contacts as people type them, brought into the form in which they are checked and kept.
#pragma once

#include <string>
#include <string_view>

namespace kalends::core {

// Between a telephone number and its extension.
inline constexpr std::string_view kExtension = " ext. ";

// Without what shows nothing, the host as AsciiHost (core/base/web_address.h) has it:
// "marie@Müller. example" is "marie@xn--mller-kva.example". What is no address stays as it is.
std::string NormalEmail(std::string_view email);

// In ASCII: digits of all scripts, hyphens and dashes of all kinds, blanks of all kinds. An
// extension, as six languages write it, stands behind kExtension: "030–123 Durchwahl 4" is "030-123
// ext. 4". What is no number stays as it is.
std::string NormalPhone(std::string_view phone);

}  // namespace kalends::core
