#include <fmt/format.h>
#include <glib.h>
#include <pango/pangocairo.h>

#include <string_view>

#include "tools/kalends/doctor/doctor.h"

namespace kalends::cli {

// The one that pictures of kalends-telegram are drawn with.
constexpr std::string_view kPictureFont = "DejaVu Sans";

Findings CheckFonts(const Patient&) {
  PangoFontFamily** families = nullptr;
  int count = 0;
  pango_font_map_list_families(pango_cairo_font_map_get_default(), &families, &count);
  bool found = false;
  for (int i = 0; i < count; ++i) {
    found = found || kPictureFont == pango_font_family_get_name(families[i]);
  }
  g_free(families);
  if (found) return {Ok(fmt::format("pictures have their font, {}", kPictureFont))};
  const std::string advice = "install the package fonts-dejavu-core, where kalends-telegram runs";
  // Pango's own aliases (Sans, Serif, Monospace) are families even without any font.
  return {Warning(
      fmt::format("there is no font {}: pictures are drawn with another, or none", kPictureFont),
      advice)};
}

}  // namespace kalends::cli
