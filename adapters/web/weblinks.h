// What a page makes of contacts.
#pragma once

#include <string>
#include <string_view>

namespace kalends::web {

// "www.praxis.example/de" of a URL: what people call the site. A host in IDNA's ASCII is spelled in
// its own letters.
std::string SiteName(std::string_view url);
// "Instagram" for a known network, otherwise as SiteName says, cut where it is long.
std::string NetworkName(std::string_view url);
// "marie@müller.example" of an address whose host is in IDNA's ASCII.
std::string MailName(std::string_view email);
// "+4930123" of a number as people write it; "+4930123;ext=4" (RFC 3966) where it has an extension,
// as v1.Profile.phone has it.
std::string DialedDigits(std::string_view phone);
// Percent-encodes all but letters, digits and "-._~", for a part of an address.
std::string EncodePart(std::string_view text);
// A search of the address on OpenStreetMap.
std::string MapSearch(std::string_view address);
// The first letter or digit of a name, in capitals, with the accents that belong to it.
std::string Initial(std::string_view name, std::string_view language);

}  // namespace kalends::web
