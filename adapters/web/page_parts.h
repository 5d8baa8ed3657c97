// The parts of a profile page, each put into the dictionary of the page's template.
#pragma once

#include <string>

#include "adapters/web/dictionary.h"
#include "adapters/web/pages.h"
#include "adapters/web/texts.h"
#include "kalends/v1/profile_service.pb.h"

namespace kalends::web {

// What all parts are made from.
struct PageView {
  const v1::PublicProfile& profile;
  const v1::ListPublicTimesResponse& times;
  const Texts& texts;
  const Site& site;
  const std::string& preview;  // The token that shows the page; empty: anybody sees it.
};

// A text of the provider's in one of several languages, and which one that is.
struct OwnText {
  std::string text;
  std::string language;
};
// In the viewer's language where there is one.
OwnText AboutOf(const PageView& view);
OwnText NameOf(const v1::PublicProfile::Service& service, const PageView& view);
OwnText DescriptionOf(const v1::PublicProfile::Service& service, const PageView& view);

// Where the invitation opens; empty: there is none, or nowhere to open it.
std::string InvitationLink(const PageView& view);
// Where something is missing, the invitation leads to a chat only.
inline bool IsBookable(const v1::PublicProfile& profile) { return profile.missing().empty(); }

// "/i/…-640.jpg": a picture in one of its sizes.
std::string PicturePath(const v1::Picture& picture, const v1::Picture::Size& size);

// Shows `section` with its title.
ctemplate::TemplateDictionary* AddRow(ctemplate::TemplateDictionary* page, const char* section,
                                      const char* title_marker, const std::string& title);

void AddServices(const PageView& view, ctemplate::TemplateDictionary* main);
void AddGallery(const PageView& view, ctemplate::TemplateDictionary* main);
// The photo, or what stands in its place.
void AddPhoto(const PageView& view, ctemplate::TemplateDictionary* page);
// These return whether there is something to show.
bool AddContacts(const PageView& view, ctemplate::TemplateDictionary* page);
bool AddHours(const PageView& view, ctemplate::TemplateDictionary* page);

// What search engines read of the page (schema.org), as JSON that is no markup.
std::string StructuredData(const PageView& view);

}  // namespace kalends::web
