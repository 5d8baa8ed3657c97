// Finding a zone by an offset or by the name of a city, a country or a time (SPEC 2.2). Cities and
// countries are named in `language` ("de").
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.h"

namespace kalends::core {

struct ZoneChoice {
  std::string name;                 // "Europe/Berlin".
  std::string city;                 // "Berlin"; of a bare offset that.
  std::string country;              // "Deutschland"; may be empty.
  std::chrono::seconds offset_now;  // At the `now` that was asked for.
  bool changes_clock = false;       // Whether the offset changes within a year from now.
};

struct OffsetChoice {
  std::chrono::seconds offset;
  std::vector<std::string> example_cities;  // Up to 3, well-known ones first; offset is theirs now.
};

// Every offset in use on Earth at `now` or commonly chosen, -12:00 to +14:00, ascending, with
// cities from the tz database.
std::vector<OffsetChoice> OffsetsAt(Instant now, std::string_view language = "en");

// Geographic zones (Area/City of zone.tab, no old spellings, no Etc) whose offset at `now` is
// `offset`, well-known first, then by name; at most `limit`.
std::vector<ZoneChoice> ZonesWithOffset(std::chrono::seconds offset, Instant now, int limit,
                                        std::string_view language = "en");

// The zones of the cities that `query` names, in any language of the bot or that of the country
// (letter case, accents, spaces and punctuation do not matter); a country, or a part of one such as
// England or Texas, finds all its zones, each by its largest city. What may narrow it follows after
// a comma or a space: "Berlin, Deutschland", "Portland Maine". The best first: the whole name of a
// city or country, then of a part of one, then the beginning of a name. Only where there is none of
// these, what is guessed: a name with one letter wrong (of four or more), then anywhere in a name,
// a zone's included. Among equals the larger city, where one in the
// country of `language` (es: Spain) counts as five times as large; cities that read alike get the
// part of their country ("Springfield, Oregon"). Numbers are passed over, and of a sentence that
// fits nothing, the words are looked at: "10115 Berlin", "I live in London". An offset ("UTC+3",
// "GMT+5:30", "МСК+2") finds the zones that have it now, and at the end itself as a bare offset; a
// short name of a time ("CET", "МСК") the zones that keep it. At most `limit`; an empty query finds
// nothing.
std::vector<ZoneChoice> SearchZones(std::string_view query, Instant now, int limit,
                                    std::string_view language = "en");

}  // namespace kalends::core
