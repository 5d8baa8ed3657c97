// The files of templates/, which are compiled in, and what fills them. Ctemplate escapes every
// value by the place it stands in: text, attribute or address.
#pragma once

#include <string>
#include <string_view>

#include "adapters/web/dictionary.h"

namespace kalends::web {

// The file's content: "style.css", "icon.svg" and so on.
std::string_view EmbeddedFile(std::string_view name);

// The page of the template `name` with these values; STYLE is set here.
std::string Render(std::string_view name, ctemplate::TemplateDictionary& values);

// The Content-Security-Policy under which the pages work: their own style, icon and pictures, and
// nothing else. `style` and `data` are what a page has of its own in a style and in a script that
// is none; empty: nothing.
std::string ContentSecurityPolicy(std::string_view style = {}, std::string_view data = {});

}  // namespace kalends::web
