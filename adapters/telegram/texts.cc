#include "adapters/telegram/texts.h"

#include <fmt/args.h>
#include <fmt/format.h>

#include <boost/locale/message.hpp>

#include "adapters/shared/safe_text.h"
#include "adapters/telegram/html.h"

namespace kalends::telegram {
namespace {

constexpr char kDomain[] = "kalends-telegram";

std::string Shown(const Arg& arg, const std::locale& catalog) {
  if (arg.value == kUnreadable) return boost::locale::translate("unreadable.text").str(catalog);
  if (arg.value == kDeletedName) return boost::locale::translate("deleted.account").str(catalog);
  return arg.value;
}

std::string Fill(const std::string& pattern, Args args, bool escape, const std::locale& catalog) {
  fmt::dynamic_format_arg_store<fmt::format_context> store;
  for (const Arg& arg : args) {
    if (arg.is_html) {
      store.push_back(fmt::arg(arg.name, arg.value));
    } else {
      store.push_back(
          fmt::arg(arg.name, escape ? HtmlOf(Shown(arg, catalog)) : SafeText(Shown(arg, catalog))));
    }
  }
  try {
    return fmt::vformat(pattern, store);
  } catch (const fmt::format_error&) {
    return pattern;  // A catalog's placeholder that no argument fills; a test looks for these.
  }
}

std::string FillCount(const std::string& pattern, int count, Args args, bool escape,
                      const std::locale& catalog) {
  std::string filled = pattern;
  constexpr std::string_view kCount = "{count}";
  const std::string number = std::to_string(count);
  for (std::size_t at = filled.find(kCount); at != std::string::npos; at = filled.find(kCount)) {
    filled.replace(at, kCount.size(), number);
  }
  return Fill(filled, args, escape, catalog);
}

}  // namespace

Arg Arg::Raw(const char* name, std::string_view html) {
  Arg arg(name, html);
  arg.is_html = true;
  return arg;
}

Texts::Texts(std::string language, const std::locale& catalog)
    : language_(std::move(language)), catalog_(catalog), formats_(language_) {}

std::string Texts::Html(const char* key, Args args) const {
  return Fill(boost::locale::translate(key).str(catalog_), args, true, catalog_);
}

std::string Texts::Plain(const char* key, Args args) const {
  return Fill(boost::locale::translate(key).str(catalog_), args, false, catalog_);
}

std::string Texts::HtmlCount(const char* key, int count, Args args) const {
  return FillCount(boost::locale::translate(key, key, count).str(catalog_), count, args, true,
                   catalog_);
}

std::string Texts::PlainCount(const char* key, int count, Args args) const {
  return FillCount(boost::locale::translate(key, key, count).str(catalog_), count, args, false,
                   catalog_);
}

std::string Texts::Duration(std::chrono::minutes length) const {
  const auto hours = std::chrono::duration_cast<std::chrono::hours>(length);
  const std::string h = std::to_string(hours.count());
  const std::string min = std::to_string((length - hours).count());
  // Up to an hour and a half, people think in minutes.
  if (length <= std::chrono::minutes(90)) {
    return Plain("duration.minutes", {{"minutes", std::to_string(length.count())}});
  }
  if (length == hours) return Plain("duration.hours", {{"hours", h}});
  return Plain("duration.both", {{"hours", h}, {"minutes", min}});
}

Languages::Languages(const std::filesystem::path& directory) {
  for (const auto& [language, catalog] : ReadCatalogs(directory, kDomain)) {
    all_.try_emplace(language, language, catalog);
  }
}

const Texts& Languages::For(std::string_view language) const {
  const auto found = all_.find(language.substr(0, language.find_first_of("-_")));
  return found != all_.end() ? found->second : all_.find(kFallbackLanguage)->second;
}

}  // namespace kalends::telegram
