#include "adapters/web/texts.h"

#include <boost/locale/message.hpp>

#include "adapters/shared/catalog.h"
#include "adapters/web/language.h"

namespace kalends::web {
namespace {

constexpr char kDomain[] = "kalends-web";

// Goes through `pattern` once, so that braces in a value are left alone.
std::string Fill(std::string_view pattern,
                 std::initializer_list<std::pair<std::string_view, std::string_view>> values) {
  std::string text;
  while (true) {
    const std::size_t open = pattern.find('{');
    const std::size_t close = pattern.find('}', open);
    if (close == std::string_view::npos) return text.append(pattern);
    const std::string_view name = pattern.substr(open + 1, close - open - 1);
    text.append(pattern.substr(0, open));
    for (const auto& [key, value] : values) {
      if (key == name) text.append(value);
    }
    pattern.remove_prefix(close + 1);
  }
}

}  // namespace

Texts::Texts(std::string language, const std::locale& catalog)
    : language_(std::move(language)), catalog_(catalog) {}

std::string Texts::Get(
    const char* key,
    std::initializer_list<std::pair<std::string_view, std::string_view>> values) const {
  return Fill(boost::locale::translate(key).str(catalog_), values);
}

std::string Texts::GetCount(const char* key, int count) const {
  return Fill(boost::locale::translate(key, key, count).str(catalog_),
              {{"count", std::to_string(count)}});
}

Languages::Languages(const std::filesystem::path& directory) {
  for (const auto& [language, catalog] : ReadCatalogs(directory, kDomain)) {
    all_.try_emplace(language, language, catalog);
    codes_.push_back(language);
  }
}

const Texts* Languages::Find(std::string_view code) const {
  const auto found = all_.find(code);
  return found == all_.end() ? nullptr : &found->second;
}

const Texts& Languages::For(std::string_view chosen, std::string_view accept_language,
                            std::string_view fallback) const {
  if (const Texts* texts = Find(chosen)) return *texts;
  if (const std::string* code = PreferredLanguage(accept_language, codes_)) return *Find(*code);
  const Texts* texts = Find(fallback);
  return texts != nullptr ? *texts : *Find(kFallbackLanguage);
}

}  // namespace kalends::web
