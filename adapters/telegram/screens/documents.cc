#include "adapters/telegram/screens/documents.h"

#include <algorithm>

#include "adapters/telegram/actions/chat.h"
#include "adapters/telegram/actions/customers.h"
#include "adapters/telegram/actions/links.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/labels.h"
#include "kalends/v1/types.pb.h"

namespace kalends::telegram {
namespace {

ShowDocuments ShownAgain(const DocumentsView& view, int selected) {
  return {view.provider, view.customer, view.documents.number, selected, view.ticks.mark};
}

// What the list is part of; the chat has a button of its own.
Action Before(const DocumentsView& view) {
  return view.side == Side::kCustomer ? Action(ShowProvider{view.provider})
                                      : Action(ShowCustomer{view.customer});
}

}  // namespace

std::string FileLabel(const Reader& reader, const v1::Document& document) {
  return IsUnreadable(document, "file_name") ? reader.t().Plain("unreadable.file_name")
                                             : document.file_name();
}

int MarkOf(const std::vector<v1::Document>& documents) {
  std::vector<std::string> rows;
  rows.reserve(documents.size());
  for (const v1::Document& document : documents) rows.push_back(document.name());
  return MarkOf(rows);
}

Screen DocumentsScreen(const Reader& reader, const DocumentsView& view) {
  const Texts& t = reader.t();
  const Ticks& ticks = view.ticks;
  Screen screen{.text = t.Html("documents.title", {{"name", view.other_name}}), .rows = {}};
  if (!view.heading.empty()) screen.text = view.heading + "\n\n" + screen.text;
  const std::vector<v1::Document>& documents = view.documents.items;
  screen.text += "\n" + (documents.empty() ? t.Html("documents.none")
                         : view.side == Side::kCustomer
                             ? t.Html("documents.legend", {{"name", view.other_name}})
                             : t.Html("documents.legend_own"));
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const bool of_provider = documents[i].uploader() == v1::LINK_SIDE_PROVIDER;
    const std::string label =
        (of_provider ? "🟣 " : "") + NameLabel("", FileLabel(reader, documents[i]), "");
    screen.rows.push_back(
        {{TickLabel(ticks.Has(i), label), Action(ShownAgain(view, ticks.Toggled(i)))}});
  }
  if (!ticks.none()) {
    Row what_to_do = {{t.Plain("ticks.download"),
                       Action(DownloadDocuments{view.provider, view.customer, view.documents.number,
                                                ticks.selected, ticks.mark})}};
    const std::vector<v1::Document> ticked = Ticked(documents, ticks);
    if (std::any_of(ticked.begin(), ticked.end(),
                    [](const v1::Document& document) { return document.deletable(); })) {
      what_to_do.push_back(
          {t.Plain("documents.delete"),
           Action(AskDeleteDocuments{view.provider, view.customer, view.documents.number,
                                     ticks.selected, ticks.mark})});
    }
    screen.rows.push_back(std::move(what_to_do));
  } else if (!documents.empty()) {
    screen.text += "\n\n" + t.Html("ticks.choose");
  }
  screen.text += "\n\n" + t.Html("documents.chat_hint", {{"name", view.other_name}});
  AppendPager(screen.rows, view.documents.number, view.documents.has_next,
              [&](int page) { return ShowDocuments{view.provider, view.customer, page, 0, 0}; });
  screen.rows.push_back(
      {{t.Plain("documents.upload"), Action(AskUpload{view.provider, view.customer})},
       {t.Plain("links.chat"), Action(ShowChat{view.provider, view.customer, 0})}});
  screen.rows.push_back({BackButton(reader, Before(view)), HomeButton(reader)});
  return screen;
}

Screen AskUploadScreen(const Reader& reader, const DocumentsView& view) {
  const Texts& t = reader.t();
  return {.text = t.Html("documents.title", {{"name", view.other_name}}) + "\n\n" +
                  t.Html("documents.ask_upload"),
          .rows = {{BackButton(reader, ShowDocuments{view.provider, view.customer, 0, 0, 0}),
                    HomeButton(reader)}}};
}

Screen AskDeleteDocumentsScreen(const Reader& reader, const DocumentsView& view, Nonce nonce) {
  const Texts& t = reader.t();
  std::string names;
  bool all_own = true;
  for (const v1::Document& document : Ticked(view.documents.items, view.ticks)) {
    all_own = all_own && document.deletable();
    if (document.deletable()) names += "\n• " + HtmlOf(FileLabel(reader, document));
  }
  Screen screen{.text = names.empty() ? t.Html("documents.not_own")
                                      : t.Html("documents.ask_delete") + "\n" + names,
                .rows = {}};
  if (!names.empty() && !all_own) screen.text += "\n\n" + t.Html("documents.not_own");
  if (!names.empty()) {
    screen.rows.push_back(
        {{t.Plain("documents.confirm_delete"),
          Action(DeleteDocuments{view.provider, view.customer, view.documents.number,
                                 view.ticks.selected, view.ticks.mark, nonce}),
          Style::kDanger}});
  }
  if (screen.rows.empty()) screen.rows.emplace_back();
  screen.rows.back().push_back(BackButton(reader, ShownAgain(view, view.ticks.selected)));
  screen.rows.push_back({HomeButton(reader)});
  return screen;
}

}  // namespace kalends::telegram
