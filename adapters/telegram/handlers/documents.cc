// The files of a link (SPEC 2.9), and the same from the provider's side.
#include "adapters/telegram/screens/documents.h"

#include "adapters/telegram/handlers/files.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/shared.h"
#include "kalends/v1/document_service.pb.h"
#include "kalends/v1/link_service.pb.h"

namespace kalends::telegram {
namespace {

struct Place {
  ProviderId provider;
  AccountId customer;
  int page = 0;
  int selected = 0;
  int mark = 0;
};
template <typename SomeAction>
Place PlaceOf(const SomeAction& action) {
  return {action.provider, action.customer, action.page, action.selected, action.mark};
}

// Who is on the other side, without its files.
absl::StatusOr<DocumentsView> ReadSides(Turn& turn, const Place& place) {
  DocumentsView view;
  view.provider = place.provider;
  view.customer = place.customer;
  if (AccountId::Of(turn.account().name()) == place.customer) {
    KALENDS_ASSIGN_OR_RETURN(const auto provider, GetProvider(turn, NameOf(place.provider)));
    view.other_name = ProviderLabel(provider.kind(), provider.display_name());
    return view;
  }
  v1::GetLinkRequest request;
  request.set_name(LinkNameOf(place.provider, place.customer));
  KALENDS_ASSIGN_OR_RETURN(const auto link, turn.Call<v1::Link>(request));
  view.side = Side::kProvider;
  view.other_name = link.customer_display_name();
  return view;
}

// What was ticked counts only as long as the rows are the same.
absl::StatusOr<DocumentsView> ReadView(Turn& turn, const Place& place) {
  KALENDS_ASSIGN_OR_RETURN(auto view, ReadSides(turn, place));
  KALENDS_ASSIGN_OR_RETURN(view.documents,
                           ReadPage<v1::Document>(
                               place.page, kTicksPerPage,
                               [&](int page_size, const std::string& token) {
                                 v1::ListDocumentsRequest request;
                                 request.set_parent(LinkNameOf(place.provider, place.customer));
                                 request.set_page_size(page_size);
                                 request.set_page_token(token);
                                 return turn.Call<v1::ListDocumentsResponse>(request);
                               },
                               [](const auto& answer) { return answer.documents(); }));
  view.ticks.mark = MarkOf(view.documents.items);
  if (view.ticks.mark == place.mark) {
    view.ticks.selected = place.selected;
  } else if (place.selected != 0) {
    view.heading = turn.texts().Html("ticks.changed");
  }
  return view;
}

absl::Status ShowList(Turn& turn, const Place& place, const std::string& heading) {
  KALENDS_ASSIGN_OR_RETURN(auto view, ReadView(turn, place));
  if (!heading.empty()) view.heading = heading;
  turn.Show(DocumentsScreen(turn.reader(), view));
  return absl::OkStatus();
}

absl::StatusOr<v1::Document> Upload(Turn& turn, const std::string& link, const SentFile& file,
                                    const std::string& name) {
  v1::UploadDocumentRequest first;
  first.mutable_header()->set_parent(link);
  first.mutable_header()->set_file_name(name);
  first.mutable_header()->set_content_type(MediaTypeOf(file));
  first.mutable_header()->set_request_id(turn.NextRequestId());
  return turn.Write<v1::Document, v1::UploadDocumentRequest>(
      [&](const auto& write) -> absl::Status {
        if (!write(first)) return absl::OkStatus();
        v1::UploadDocumentRequest piece;
        return FetchFile(turn, file, [&](std::string_view bytes) {
          piece.set_data(std::string(bytes));
          return write(piece);
        });
      });
}

}  // namespace

absl::Status Handle(Turn& turn, const OpenDocuments& action) {
  return ShowList(turn, {action.provider, AccountId::Of(turn.account().name())}, "");
}

absl::Status Handle(Turn& turn, const ShowDocuments& action) {
  return ShowList(turn, PlaceOf(action), "");
}

absl::Status Handle(Turn& turn, const DownloadDocuments& action) {
  KALENDS_ASSIGN_OR_RETURN(auto view, ReadView(turn, PlaceOf(action)));
  std::vector<FileToSend> files;
  for (const v1::Document& document : Ticked(view.documents.items, view.ticks)) {
    files.push_back({document.name(), FileLabel(turn.reader(), document)});
  }
  if (!files.empty()) {
    KALENDS_RETURN_IF_ERROR(SendDownloads(turn, files));
    view.ticks.selected = 0;
  }
  turn.Show(DocumentsScreen(turn.reader(), view));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const AskUpload& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto view, ReadSides(turn, {action.provider, action.customer}));
  turn.session().dialogue = SendsDocuments{action.provider.text, action.customer.text};
  turn.Show(AskUploadScreen(turn.reader(), view));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const SendsDocuments& dialogue, const std::string&) {
  turn.session().dialogue = dialogue;  // More may follow, also after a refusal.
  const Place place{ProviderId{dialogue.provider}, AccountId{dialogue.customer}};
  if (FileOf(turn) == nullptr) {
    KALENDS_ASSIGN_OR_RETURN(const auto view, ReadSides(turn, place));
    Screen screen = AskUploadScreen(turn.reader(), view);
    screen.text = turn.texts().Html("files.only") + "\n\n" + screen.text;
    turn.Show(screen);
    return absl::OkStatus();
  }
  const std::vector<SentFile>& files = TypedOf(turn).files;
  const std::vector<std::string> names = FileNamesOf(turn);
  const std::string link = LinkNameOf(place.provider, place.customer);
  std::string uploaded;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const auto document = Upload(turn, link, files[i], names[i]);
    if (!document.ok() && uploaded.empty()) return document.status();
    if (!uploaded.empty()) uploaded += '\n';
    // The others of an album are there, whatever becomes of one.
    uploaded += document.ok()
                    ? turn.texts().Html("documents.uploaded", {{"name", document->file_name()}})
                    : turn.texts().Html("documents.not_uploaded", {{"name", names[i]}}) + " " +
                          ErrorText(turn.reader(), document.status());
  }
  return ShowList(turn, place, uploaded + "\n" + turn.texts().Html("documents.more"));
}

absl::Status Handle(Turn& turn, const AskDeleteDocuments& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto view, ReadView(turn, PlaceOf(action)));
  turn.Show(view.ticks.none() ? DocumentsScreen(turn.reader(), view)
                              : AskDeleteDocumentsScreen(turn.reader(), view, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const DeleteDocuments& action) {
  KALENDS_ASSIGN_OR_RETURN(auto view, ReadView(turn, PlaceOf(action)));
  for (const v1::Document& document : Ticked(view.documents.items, view.ticks)) {
    if (!document.deletable()) continue;
    v1::DeleteDocumentRequest request;
    request.set_name(document.name());
    request.set_request_id(turn.RequestIdOf(action, action.nonce) + ":" +
                           document.name().substr(document.name().rfind('/') + 1));
    const absl::Status deleted = turn.Call<v1::DeleteDocumentResponse>(request).status();
    // The same press may have got this far before.
    if (!deleted.ok() && ReasonOf(deleted) != v1::REASON_NOT_FOUND) return deleted;
  }
  // Nothing is ticked any more when it was tapped twice.
  return ShowList(turn, {action.provider, action.customer, action.page},
                  view.ticks.none() ? "" : turn.texts().Html("documents.deleted"));
}

Handlers DocumentsHandlers() { return HandlersOf<SendsDocuments>(DocumentsActions{}); }

}  // namespace kalends::telegram
