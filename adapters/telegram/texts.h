// Every sentence a user reads, in their language, out of the catalogs in locale/.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <locale>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/shared/catalog.h"
#include "adapters/telegram/formats.h"

namespace kalends::telegram {

// What the core has in place of a text that it cannot read. Filled in for a placeholder, it is
// shown as words.
inline constexpr std::string_view kUnreadable = "\uFFFD";
// And in place of the name of somebody whose account is deleted; the same holds for it.
inline constexpr std::string_view kDeletedName = "–";

// A value for the placeholder {name}.
struct Arg {
  // Text of anyone's: it is filled in as SafeText has it, and Texts::Html escapes it.
  Arg(const char* arg_name, std::string_view text) : name(arg_name), value(text) {}
  // Markup of ours; nobody escapes it.
  static Arg Raw(const char* name, std::string_view html);

  const char* name;
  std::string value;
  bool is_html = false;
};
using Args = std::initializer_list<Arg>;

// The texts of one language. Immutable and safe to share between threads. Keys are those of the
// catalogs; an unknown key comes back as itself (a test keeps that from happening).
class Texts {
 public:
  Texts(std::string language, const std::locale& catalog);

  const std::string& language() const { return language_; }
  const Formats& formats() const { return formats_; }

  // For messages: arguments are escaped, the text itself is markup.
  std::string Html(const char* key, Args args = {}) const;
  // For buttons, toasts and file names: the same, and nothing is escaped.
  std::string Plain(const char* key, Args args = {}) const;
  // The plural form for `count`, which is also the placeholder {count}.
  std::string HtmlCount(const char* key, int count, Args args = {}) const;
  std::string PlainCount(const char* key, int count, Args args = {}) const;

  // "50 min", "1 h 30 min".
  std::string Duration(std::chrono::minutes length) const;

 private:
  std::string language_;
  std::locale catalog_;
  Formats formats_;
};

// All languages that have a catalog.
class Languages {
 public:
  // Reads `directory`/<language>/LC_MESSAGES/kalends-telegram.mo. Throws std::runtime_error when
  // there is none of kFallbackLanguage.
  explicit Languages(const std::filesystem::path& directory);

  // The texts for an account's or client's language ("de", "pt-br"), else the fallback's.
  const Texts& For(std::string_view language) const;
  // By language code.
  const std::map<std::string, Texts, std::less<>>& all() const { return all_; }

 private:
  std::map<std::string, Texts, std::less<>> all_;
};

}  // namespace kalends::telegram
