#include "adapters/telegram/screens/home.h"

namespace kalends::telegram {

Screen HomeScreen(const Reader& reader) {
  return {.text = reader.t().Html("home.text"), .rows = {}};
}

Screen AboutScreen(const Reader& reader, const std::string& public_url) {
  const Texts& t = reader.t();
  Screen screen{.text = t.Html("home.about_text"), .rows = {}};
  if (!public_url.empty())
    screen.rows.push_back({{t.Plain("home.about_website"), Url{public_url}}});
  screen.rows.push_back({HomeButton(reader)});
  return screen;
}

}  // namespace kalends::telegram
