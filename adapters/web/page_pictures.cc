// Pictures of a page: whichever size fits the viewer's screen.
#include <fmt/format.h>

#include "adapters/shared/safe_text.h"
#include "adapters/web/page_parts.h"
#include "adapters/web/weblinks.h"

namespace kalends::web {
namespace {

using ctemplate::TemplateDictionary;

// Where this page has it from.
std::string ShownPath(const PageView& view, const v1::Picture& picture,
                      const v1::Picture::Size& size) {
  const std::string path = PicturePath(picture, size);
  return view.preview.empty() ? path : path + "?preview=" + view.preview;
}

// The sources and the size of an <img>: the browser keeps room for it before it is there.
void SetSources(const PageView& view, const v1::Picture& picture, TemplateDictionary* image) {
  std::string sources;
  for (const v1::Picture::Size& size : picture.sizes()) {
    if (!sources.empty()) sources += ", ";
    sources += fmt::format("{} {}w", ShownPath(view, picture, size), size.width());
  }
  const v1::Picture::Size& widest = picture.sizes(picture.sizes_size() - 1);
  const v1::Picture::Size& middle = picture.sizes(picture.sizes_size() / 2);
  image->SetValue("IMAGE", ShownPath(view, picture, middle));
  image->SetValue("IMAGE_SOURCES", sources);
  image->SetIntValue("IMAGE_WIDTH", widest.width());
  image->SetIntValue("IMAGE_HEIGHT", widest.height());
}

}  // namespace

std::string PicturePath(const v1::Picture& picture, const v1::Picture::Size& size) {
  // "providers/{provider}/pictures/{picture}".
  const std::string_view name = picture.name();
  const std::size_t provider = name.find('/') + 1;
  const std::size_t end = name.find('/', provider);
  return fmt::format("/i/{}-{}-{}.jpg", name.substr(provider, end - provider),
                     name.substr(name.rfind('/') + 1), size.width());
}

void AddPhoto(const PageView& view, TemplateDictionary* page) {
  const v1::PublicProfile& profile = view.profile;
  if (profile.photo().sizes().empty()) {
    const bool organization = profile.kind() == v1::PROVIDER_KIND_ORGANIZATION;
    const std::string initial = Initial(profile.display_name(), profile.language_code());
    page->AddSectionDictionary("MONOGRAM")
        ->SetValue("INITIAL", initial.empty() ? (organization ? "🏫" : "👤") : initial);
    return;
  }
  TemplateDictionary* photo = page->AddSectionDictionary("PHOTO");
  SetSources(view, profile.photo(), photo);
  photo->SetValue("PHOTO_TEXT",
                  SafeText(profile.photo().caption().empty() ? profile.display_name()
                                                             : profile.photo().caption()));
}

void AddGallery(const PageView& view, TemplateDictionary* main) {
  if (view.profile.pictures().empty()) return;
  TemplateDictionary* card =
      AddRow(main, "GALLERY_CARD", "GALLERY_TITLE", view.texts.Get("page.gallery"));
  int number = 0;
  for (const v1::Picture& picture : view.profile.pictures()) {
    ++number;
    if (picture.sizes().empty()) continue;
    TemplateDictionary* item = card->AddSectionDictionary("PICTURE");
    SetSources(view, picture, item);
    item->SetValue("PICTURE_LINK",
                   ShownPath(view, picture, picture.sizes(picture.sizes_size() - 1)));
    const bool described = !picture.caption().empty();
    item->SetValue("PICTURE_LANGUAGE",
                   described ? view.profile.language_code() : view.texts.language());
    item->SetValue("PICTURE_TEXT",
                   described
                       ? SafeText(picture.caption())
                       : view.texts.Get("page.picture", {{"number", std::to_string(number)}}));
  }
}

}  // namespace kalends::web
