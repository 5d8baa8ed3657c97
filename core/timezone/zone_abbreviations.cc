#include "core/timezone/zone_abbreviations.h"

#include <algorithm>
#include <string>

#include "core/timezone/fold_name.h"

namespace kalends::core {
namespace {

struct Row {
  std::string_view zone;
  std::string_view names;  // Folded, between bars.
};

// One of each pair of winter and summer names is as good as the other: people use either all year.
constexpr Row kRows[] = {
    {"Europe/Berlin", "|cet|cest|mez|mesz|hec|heec|met|mest|цев|цес|"},
    {"Europe/Kyiv", "|eet|eest|oez|oesz|сеч|"},
    {"Europe/Lisbon", "|wet|west|wez|wesz|heo|"},
    {"Europe/London", "|gmt|bst|"},
    {"Africa/Abidjan", "|gmt|"},
    {"Europe/Dublin", "|gmt|"},
    {"Europe/Moscow", "|msk|мск|msd|"},
    {"Europe/Istanbul", "|trt|"},
    {"America/New_York", "|est|edt|et|hne|hae|"},
    {"America/Chicago", "|cst|cdt|ct|hnc|hac|"},
    {"America/Denver", "|mst|mdt|mt|hnr|har|"},
    {"America/Phoenix", "|mst|"},
    {"America/Los_Angeles", "|pst|pdt|pt|hnp|hap|"},
    {"America/Anchorage", "|akst|akdt|akt|hnak|"},
    {"Pacific/Honolulu", "|hst|hast|"},
    {"America/Halifax", "|ast|adt|hna|haa|"},
    {"America/St_Johns", "|nst|ndt|hnt|hat|"},
    {"America/Sao_Paulo", "|brt|brst|"},
    {"America/Argentina/Buenos_Aires", "|art|"},
    {"America/Bogota", "|cot|"},
    {"America/Lima", "|pet|"},
    {"America/Santiago", "|clt|clst|"},
    {"America/Caracas", "|vet|"},
    {"Asia/Kolkata", "|ist|"},
    {"Europe/Dublin", "|ist|"},
    {"Asia/Jerusalem", "|ist|idt|"},
    {"Asia/Shanghai", "|cst|"},
    {"America/Havana", "|cst|"},
    {"Asia/Tokyo", "|jst|"},
    {"Asia/Seoul", "|kst|"},
    {"Asia/Hong_Kong", "|hkt|"},
    {"Asia/Singapore", "|sgt|sst|"},
    {"Asia/Manila", "|pst|pht|phst|"},
    {"Asia/Jakarta", "|wib|"},
    {"Asia/Makassar", "|wita|"},
    {"Asia/Jayapura", "|wit|"},
    {"Asia/Bangkok", "|ict|"},
    {"Asia/Karachi", "|pkt|"},
    {"Asia/Dhaka", "|bdt|"},
    {"Asia/Kathmandu", "|npt|"},
    {"Asia/Dubai", "|gst|"},
    {"Asia/Riyadh", "|ast|"},
    {"Asia/Tehran", "|irst|"},
    {"Asia/Tashkent", "|uzt|"},
    {"Asia/Almaty", "|almt|"},
    {"Asia/Tbilisi", "|get|"},
    {"Asia/Yerevan", "|amt|"},
    {"Asia/Baku", "|azt|"},
    {"Europe/Samara", "|samt|"},
    {"Asia/Yekaterinburg", "|yekt|екб|"},
    {"Asia/Omsk", "|omst|"},
    {"Asia/Novosibirsk", "|novt|"},
    {"Asia/Krasnoyarsk", "|krat|"},
    {"Asia/Irkutsk", "|irkt|"},
    {"Asia/Yakutsk", "|yakt|"},
    {"Asia/Vladivostok", "|vlat|"},
    {"Asia/Magadan", "|magt|"},
    {"Asia/Kamchatka", "|pett|"},
    {"Africa/Johannesburg", "|sast|"},
    {"Africa/Lagos", "|wat|"},
    {"Africa/Maputo", "|cat|"},
    {"Africa/Nairobi", "|eat|"},
    {"Australia/Sydney", "|aest|aedt|aet|"},
    {"Australia/Brisbane", "|aest|"},
    {"Australia/Adelaide", "|acst|acdt|"},
    {"Australia/Darwin", "|acst|"},
    {"Australia/Perth", "|awst|"},
    {"Pacific/Auckland", "|nzst|nzdt|nzt|"},
    {"Pacific/Guam", "|chst|"},
    {"Pacific/Pago_Pago", "|sst|"},
};

}  // namespace

std::vector<std::string_view> ZonesOfAbbreviation(std::string_view text) {
  const std::string wanted = "|" + FoldName(text) + "|";
  std::vector<std::string_view> zones;
  if (wanted.size() <= 2) return zones;
  for (const Row& row : kRows) {
    if (row.names.find(wanted) != std::string_view::npos) zones.push_back(row.zone);
  }
  return zones;
}

}  // namespace kalends::core
