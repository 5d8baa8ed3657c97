#include "adapters/web/templates.h"

#include <ctemplate/template.h>
#include <sodium.h>

#include <array>
#include <cassert>
#include <stdexcept>

namespace kalends::web {
namespace {

constexpr const char* kTemplates[] = {"profile.html", "message.html"};

ctemplate::TemplateString ToTemplateString(std::string_view text) {
  return {text.data(), text.size()};
}

const ctemplate::TemplateCache& Cache() {
  static const auto* cache = [] {
    auto* made = new ctemplate::TemplateCache;
    for (const char* name : kTemplates) {
      const std::string_view text = EmbeddedFile(name);
      const bool parsed =
          made->StringToTemplateCache(name, text.data(), text.size(), ctemplate::STRIP_BLANK_LINES);
      if (!parsed) throw std::logic_error(std::string("template ") + name + " is broken");
    }
    made->Freeze();
    return made;
  }();
  return *cache;
}

std::string Sha256Base64(std::string_view text) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size());
  std::string base64(sodium_base64_ENCODED_LEN(hash.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(base64.data(), base64.size(), hash.data(), hash.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  base64.pop_back();  // The zero at its end.
  return base64;
}

}  // namespace

std::string Render(std::string_view name, ctemplate::TemplateDictionary& values) {
  values.SetValue("STYLE", ToTemplateString(EmbeddedFile("style.css")));
  std::string page;
  ctemplate::StringEmitter emitter(&page);
  const bool expanded = Cache().ExpandNoLoad(ToTemplateString(name), ctemplate::STRIP_BLANK_LINES,
                                             &values, nullptr, &emitter);
  assert(expanded);
  return expanded ? page : std::string();
}

std::string ContentSecurityPolicy(std::string_view style, std::string_view data) {
  static const std::string common = "'sha256-" + Sha256Base64(EmbeddedFile("style.css")) + "'";
  std::string policy = "default-src 'none'; style-src " + common;
  if (!style.empty()) policy += " 'sha256-" + Sha256Base64(style) + "'";
  if (!data.empty()) policy += "; script-src 'sha256-" + Sha256Base64(data) + "'";
  return policy + "; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}

}  // namespace kalends::web
