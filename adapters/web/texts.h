// Every sentence a viewer reads, in their language, out of the catalogs in locale/. Nothing is
// escaped here: the templates do that.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <locale>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kalends::web {

// The texts of one language. Immutable and safe to share between threads.
class Texts {
 public:
  Texts(std::string language, const std::locale& catalog);

  const std::string& language() const { return language_; }
  // The text of `key`, with {name} replaced by its value. An unknown key comes back as itself (a
  // test keeps that from happening).
  std::string Get(
      const char* key,
      std::initializer_list<std::pair<std::string_view, std::string_view>> values = {}) const;
  // The plural form for `count`, which replaces {count}.
  std::string GetCount(const char* key, int count) const;

 private:
  std::string language_;
  std::locale catalog_;
};

// All languages that have a catalog.
class Languages {
 public:
  // Reads `directory`/<language>/LC_MESSAGES/kalends-web.mo. Throws std::runtime_error when there
  // is no English one.
  explicit Languages(const std::filesystem::path& directory);

  // Codes, the alphabet's first first.
  const std::vector<std::string>& codes() const { return codes_; }
  // The texts of `code`; nullptr: we do not speak it.
  const Texts* Find(std::string_view code) const;
  // For a viewer: what they chose (may be anything), else what their browser asks for, else
  // `fallback`, else English.
  const Texts& For(std::string_view chosen, std::string_view accept_language,
                   std::string_view fallback = "") const;

 private:
  std::map<std::string, Texts, std::less<>> all_;
  std::vector<std::string> codes_;
};

}  // namespace kalends::web
