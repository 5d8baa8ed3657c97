// A provider's consent documents (SPEC 3.10).
#include "adapters/telegram/screens/consent_documents.h"

#include "adapters/telegram/handlers/files.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/html.h"
#include "kalends/v1/consent_service.pb.h"

namespace kalends::telegram {
namespace {

std::string OwnNameOf(const Turn& turn, const ConsentDocumentId& document) {
  return NameOf(OwnProvider(turn), document);
}

absl::StatusOr<v1::ConsentDocument> GetTerm(Turn& turn, const ConsentDocumentId& document) {
  v1::GetConsentDocumentRequest request;
  request.set_name(OwnNameOf(turn, document));
  return turn.Call<v1::ConsentDocument>(request);
}

void ShowTerm(Turn& turn, const v1::ConsentDocument& document, const std::string& heading) {
  turn.Show(ConsentDocumentScreen(turn.reader(), document, turn.nonce(), heading));
}

absl::Status ChangeTerm(Turn& turn, const v1::ConsentDocument& document,
                        const std::vector<std::string>& paths, const std::string& request_id) {
  v1::UpdateConsentDocumentRequest request;
  *request.mutable_consent_document() = document;
  for (const std::string& path : paths) request.mutable_update_mask()->add_paths(path);
  request.set_request_id(request_id);
  return turn.Call<v1::ConsentDocument>(request).status();
}

// What the document is called: the caption, or else the file's name without its ending.
std::string DisplayNameOf(const Turn& turn, const std::string& caption) {
  if (!caption.empty()) return Shorten(caption, kNameCharsMax);
  const std::string name = FileNamesOf(turn).front();
  const std::size_t dot = name.rfind('.');
  const std::string stem = name.substr(0, dot == 0 ? std::string::npos : dot);
  return stem.empty() ? turn.texts().Plain("menu.terms") : Shorten(stem, kNameCharsMax);
}

template <typename Request>
absl::StatusOr<v1::ConsentDocument> Publish(Turn& turn, const SentFile& file, Request first) {
  first.mutable_header()->set_file_name(FileNamesOf(turn).front());
  first.mutable_header()->set_content_type(MediaTypeOf(file));
  first.mutable_header()->set_request_id(turn.NextRequestId());
  return turn.Write<v1::ConsentDocument, Request>([&](const auto& write) -> absl::Status {
    if (!write(first)) return absl::OkStatus();
    Request piece;
    return FetchFile(turn, file, [&](std::string_view bytes) {
      piece.set_data(std::string(bytes));
      return write(piece);
    });
  });
}

// The core's list of archived ones has the others, too.
absl::Status ShowTerms(Turn& turn, int number, TermList list) {
  std::vector<v1::ConsentDocument> all;
  v1::ListConsentDocumentsRequest request;
  request.set_parent(turn.account().provider());
  request.set_show_archived(true);
  bool has_archived = false;
  request.set_page_size(kListPageSize);
  do {
    KALENDS_ASSIGN_OR_RETURN(const auto answer,
                             turn.Call<v1::ListConsentDocumentsResponse>(request));
    for (const v1::ConsentDocument& document : answer.consent_documents()) {
      has_archived = has_archived || document.archived();
      if (document.archived() == (list == TermList::kArchived)) all.push_back(document);
    }
    request.set_page_token(answer.next_page_token());
  } while (!request.page_token().empty());
  turn.Show(ConsentDocumentsScreen(
      turn.reader(), PageOf(std::move(all), number, kConsentDocumentsPerPage), list, has_archived));
  return absl::OkStatus();
}

}  // namespace

absl::Status Handle(Turn& turn, const ShowConsentDocuments& action) {
  return ShowTerms(turn, action.page, TermList::kInForce);
}

absl::Status Handle(Turn& turn, const ShowArchivedConsentDocuments& action) {
  return ShowTerms(turn, action.page, TermList::kArchived);
}

absl::Status Handle(Turn& turn, const ShowConsentDocument& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto document, GetTerm(turn, action.document));
  ShowTerm(turn, document, "");
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const AskConsentFile& action) {
  turn.session().dialogue = SendsConsentDocument{action.document.text};
  if (action.document.empty()) {
    turn.Show(AskConsentFileScreen(turn.reader(), nullptr));
    return absl::OkStatus();
  }
  KALENDS_ASSIGN_OR_RETURN(const auto document, GetTerm(turn, action.document));
  turn.Show(AskConsentFileScreen(turn.reader(), &document));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const SendsConsentDocument& dialogue, const std::string& text) {
  const SentFile* file = FileOf(turn);
  const ConsentDocumentId id{dialogue.document};
  if (file == nullptr) {
    KALENDS_RETURN_IF_ERROR(Handle(turn, AskConsentFile{id}));
    return absl::OkStatus();
  }
  if (TypedOf(turn).files.size() > 1) {
    turn.session().dialogue = dialogue;
    return Refusal("error.one_file");
  }
  absl::StatusOr<v1::ConsentDocument> published;
  if (id.empty()) {
    v1::PublishConsentDocumentRequest first;
    first.mutable_header()->set_parent(turn.account().provider());
    first.mutable_header()->mutable_document()->set_display_name(DisplayNameOf(turn, text));
    first.mutable_header()->mutable_document()->set_needs_consent(true);
    published = Publish(turn, *file, std::move(first));
  } else {
    v1::PublishConsentVersionRequest first;
    first.mutable_header()->set_parent(OwnNameOf(turn, id));
    published = Publish(turn, *file, std::move(first));
  }
  if (!published.ok()) {
    turn.session().dialogue = dialogue;  // Another file may do.
    const bool unreadable = ReasonOf(published.status()) == v1::REASON_INVALID_FIELD;
    return unreadable ? Refusal("error.term_file_type") : published.status();
  }
  if (id.empty()) {
    turn.Show(AskConsentScreen(turn.reader(), *published, turn.nonce(),
                               turn.texts().Html("consent_documents.published")));
    return absl::OkStatus();
  }
  KALENDS_ASSIGN_OR_RETURN(const auto document, GetTerm(turn, id));
  ShowTerm(turn, document, turn.texts().Html("consent_documents.new_published"));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const SetConsent& action) {
  v1::ConsentDocument wanted;
  wanted.set_name(OwnNameOf(turn, action.document));
  wanted.set_needs_consent(action.consent != Consent::kNone);
  wanted.set_blocks_booking(action.consent == Consent::kBlocking);
  KALENDS_RETURN_IF_ERROR(ChangeTerm(turn, wanted, {"needs_consent", "blocks_booking"},
                                     turn.RequestIdOf(action, action.nonce) + ":" +
                                         std::to_string(static_cast<int>(action.consent))));
  return Handle(turn, ShowConsentDocument{action.document});
}

absl::Status Handle(Turn& turn, const AskConsent& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto document, GetTerm(turn, action.document));
  turn.Show(AskConsentScreen(turn.reader(), document, turn.nonce(), ""));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const RestoreConsentDocument& action) {
  v1::ConsentDocument wanted;
  wanted.set_name(OwnNameOf(turn, action.document));
  KALENDS_RETURN_IF_ERROR(
      ChangeTerm(turn, wanted, {"archived"}, turn.RequestIdOf(action, action.nonce)));
  KALENDS_ASSIGN_OR_RETURN(const auto document, GetTerm(turn, action.document));
  ShowTerm(turn, document, turn.texts().Html("consent_documents.restored"));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const RemindSigners& action) {
  v1::RemindConsentsRequest request;
  request.set_name(OwnNameOf(turn, action.document));
  request.set_request_id(turn.RequestIdOf(action, action.nonce));
  const auto reminded = turn.Call<v1::RemindConsentsResponse>(request);
  const bool too_soon = ReasonOf(reminded.status()) == v1::REASON_RATE_LIMITED;
  if (!reminded.ok() && !too_soon) return reminded.status();
  KALENDS_ASSIGN_OR_RETURN(const auto document, GetTerm(turn, action.document));
  ShowTerm(turn, document,
           too_soon
               ? ErrorText(turn.reader(), reminded.status())
               : turn.texts().HtmlCount("consent_documents.asked", reminded->reminded_count()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowSigners& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto document, GetTerm(turn, action.document));
  KALENDS_ASSIGN_OR_RETURN(const auto page,
                           ReadPage<v1::CustomerConsent>(
                               action.page, kSignaturesPerPage,
                               [&](int page_size, const std::string& token) {
                                 v1::ListCustomerConsentsRequest request;
                                 request.set_parent(document.name());
                                 request.set_state(action.which == Signed::kYes
                                                       ? v1::Consent::STATE_SIGNED
                                                       : v1::Consent::STATE_PENDING);
                                 request.set_page_size(page_size);
                                 request.set_page_token(token);
                                 return turn.Call<v1::ListCustomerConsentsResponse>(request);
                               },
                               [](const auto& answer) { return answer.customer_consents(); }));
  turn.Show(SignersScreen(turn.reader(), document, action.which, page, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const AskArchiveConsentDocument& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto document, GetTerm(turn, action.document));
  turn.Show(AskArchiveConsentDocumentScreen(turn.reader(), document, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ArchiveConsentDocument& action) {
  v1::ConsentDocument wanted;
  wanted.set_name(OwnNameOf(turn, action.document));
  wanted.set_archived(true);
  KALENDS_RETURN_IF_ERROR(
      ChangeTerm(turn, wanted, {"archived"}, turn.RequestIdOf(action, action.nonce)));
  return Handle(turn, ShowConsentDocuments{});
}

absl::Status Handle(Turn& turn, const ShowSignatures& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto document, GetTerm(turn, action.document));
  KALENDS_ASSIGN_OR_RETURN(const auto page,
                           ReadPage<v1::ConsentRecord>(
                               action.page, kSignaturesPerPage,
                               [&](int page_size, const std::string& token) {
                                 v1::ListConsentRecordsRequest request;
                                 request.set_parent(turn.account().provider());
                                 request.set_consent_document(document.name());
                                 request.set_page_size(page_size);
                                 request.set_page_token(token);
                                 return turn.Call<v1::ListConsentRecordsResponse>(request);
                               },
                               [](const auto& answer) { return answer.consent_records(); }));
  turn.Show(SignaturesScreen(turn.reader(), document, page));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const DownloadConsentDocument& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto document, GetTerm(turn, action.document));
  KALENDS_RETURN_IF_ERROR(
      SendDownloads(turn, {{document.version().name(), document.display_name()}}));
  ShowTerm(turn, document, "");
  return absl::OkStatus();
}

Handlers ConsentDocumentsHandlers() {
  return HandlersOf<SendsConsentDocument>(ConsentDocumentsActions{});
}

}  // namespace kalends::telegram
