#include "adapters/telegram/screens/consent_documents.h"

#include "adapters/telegram/html.h"
#include "adapters/telegram/labels.h"
#include "adapters/telegram/screens/practice.h"

namespace kalends::telegram {
namespace {

ConsentDocumentId IdOf(const v1::ConsentDocument& document) {
  return ConsentDocumentId::Of(document.name());
}

Consent ConsentOf(const v1::ConsentDocument& document) {
  if (document.blocks_booking()) return Consent::kBlocking;
  return document.needs_consent() ? Consent::kNeeded : Consent::kNone;
}

const char* KeyOf(Consent consent) {
  switch (consent) {
    case Consent::kNone:
      return "consent_documents.consent_none";
    case Consent::kNeeded:
      return "consent_documents.consent_needed";
    case Consent::kBlocking:
      return "consent_documents.consent_blocking";
  }
  return "";
}

// "✍️ 18 · ⏳ 3".
std::string CountsOf(const Reader& reader, const v1::ConsentDocument& document) {
  return reader.t().Html("consent_documents.counts",
                         {{"signed", std::to_string(document.signed_count())},
                          {"pending", std::to_string(document.pending_count())}});
}

std::string StampOf(const Reader& reader, const google::protobuf::Timestamp& time) {
  return reader.t().formats().Stamp(ToLocal(ZoneFor(reader, kNobodysZone), InstantOf(time)));
}

// What a customer has signed, if anything, and when that was or was taken back. HTML.
std::string SignerLine(const Reader& reader, const v1::CustomerConsent& customer) {
  const Texts& t = reader.t();
  const std::string& version = customer.signed_version();
  const std::string number = version.substr(version.rfind('/') + 1);
  if (customer.state() == v1::Consent::STATE_SIGNED) {
    return t.Html("consent_documents.given", {{"name", customer.customer_display_name()},
                                              {"number", number},
                                              {"time", StampOf(reader, customer.change_time())}});
  }
  if (number.empty()) {
    return t.Html("consent_documents.not_signed", {{"name", customer.customer_display_name()}});
  }
  return t.Html("consent_documents.signed_before",
                {{"name", customer.customer_display_name()}, {"number", number}});
}

}  // namespace

Screen ConsentDocumentsScreen(const Reader& reader, const Page<v1::ConsentDocument>& documents,
                              TermList list, bool has_archived) {
  const Texts& t = reader.t();
  const bool archived = list == TermList::kArchived;
  Screen screen{
      .text = t.Html(archived ? "consent_documents.archived_title" : "consent_documents.title"),
      .rows = {}};
  if (documents.items.empty()) {
    screen.text +=
        "\n\n" + t.Html(archived ? "consent_documents.none_archived" : "consent_documents.none");
  }
  for (const v1::ConsentDocument& document : documents.items) {
    screen.rows.push_back({{NameLabel("", document.display_name(), ""),
                            Action(ShowConsentDocument{IdOf(document)})}});
  }
  AppendPager(screen.rows, documents.number, documents.has_next, [&](int page) {
    return archived ? Action(ShowArchivedConsentDocuments{page})
                    : Action(ShowConsentDocuments{page});
  });
  if (archived) {
    screen.rows.push_back({BackButton(reader, ShowConsentDocuments{})});
    return screen;
  }
  screen.rows.push_back({{t.Plain("consent_documents.add"), Action(AskConsentFile{})}});
  screen.rows.emplace_back();
  if (has_archived) {
    screen.rows.back().push_back(
        {t.Plain("consent_documents.archived"), Action(ShowArchivedConsentDocuments{})});
  }
  screen.rows.back().push_back(PracticeButton(reader));
  return screen;
}

Screen ConsentDocumentScreen(const Reader& reader, const v1::ConsentDocument& document, Nonce nonce,
                             const std::string& heading) {
  const Texts& t = reader.t();
  const ConsentDocumentId id = IdOf(document);
  const bool needed = document.needs_consent();
  Screen screen{.text = t.Html("consent_documents.about",
                               {{"name", document.display_name()},
                                {"number", std::to_string(document.version().number())},
                                {"time", StampOf(reader, document.version().create_time())}}) +
                        ZoneLine(reader, kNobodysZone),
                .rows = {}};
  if (!heading.empty()) screen.text = heading + "\n\n" + screen.text;
  Row last = {{t.Plain("consent_documents.view"), Action(DownloadConsentDocument{id})}};
  if (document.archived()) {
    screen.text += "\n" + t.Html("consent_documents.is_archived");
    screen.rows.push_back({{t.Plain("consent_documents.who"), Action(ShowSignatures{id})},
                           {t.Plain("consent_documents.restore"),
                            Action(RestoreConsentDocument{id, nonce}), Style::kSuccess}});
    last.push_back(BackButton(reader, ShowArchivedConsentDocuments{}));
    screen.rows.push_back(std::move(last));
    return screen;
  }
  screen.text += "\n" + EscapeHtml(t.Plain(KeyOf(ConsentOf(document))));
  Row first;
  if (needed) {
    screen.text += " · " + CountsOf(reader, document);
    if (document.has_remind_time()) {
      screen.text += "\n" + t.Html("consent_documents.reminded",
                                   {{"time", StampOf(reader, document.remind_time())}});
    }
    if (document.pending_count() > 0) {
      first.push_back(
          {t.Plain("consent_documents.remind"), Action(RemindSigners{id, nonce}), Style::kPrimary});
    }
  }
  first.push_back({t.Plain("consent_documents.who"),
                   needed ? Action(ShowSigners{id, Signed::kNo}) : Action(ShowSignatures{id})});
  first.push_back({t.Plain("consent_documents.new_version"), Action(AskConsentFile{id})});
  screen.rows.push_back(std::move(first));
  screen.rows.push_back({{t.Plain("consent_documents.change_duty"), Action(AskConsent{id})},
                         {t.Plain("consent_documents.archive"),
                          Action(AskArchiveConsentDocument{id}), Style::kDanger}});
  last.push_back(BackButton(reader, ShowConsentDocuments{}));
  screen.rows.push_back(std::move(last));
  return screen;
}

Screen AskConsentScreen(const Reader& reader, const v1::ConsentDocument& document, Nonce nonce,
                        const std::string& heading) {
  const Texts& t = reader.t();
  const ConsentDocumentId id = IdOf(document);
  Screen screen{.text = heading.empty() ? t.Html("consent_documents.ask_duty",
                                                 {{"name", document.display_name()}})
                                        : heading,
                .rows = {}};
  for (const Consent consent : {Consent::kNone, Consent::kNeeded, Consent::kBlocking}) {
    const bool is = consent == ConsentOf(document);
    screen.rows.push_back(
        {{(is ? "🔘 " : "⚪ ") + t.Plain(KeyOf(consent)),
          is ? Action(ShowConsentDocument{id}) : Action(SetConsent{id, consent, nonce})}});
  }
  screen.rows.push_back({BackButton(reader, ShowConsentDocument{id})});
  return screen;
}

Screen SignersScreen(const Reader& reader, const v1::ConsentDocument& document, Signed which,
                     const Page<v1::CustomerConsent>& customers, Nonce nonce) {
  const Texts& t = reader.t();
  const ConsentDocumentId id = IdOf(document);
  const bool have = which == Signed::kYes;
  Screen screen{
      .text = t.Html(have ? "consent_documents.have_signed" : "consent_documents.have_not_signed",
                     {{"name", document.display_name()}}),
      .rows = {}};
  if (customers.items.empty()) {
    screen.text +=
        "\n\n" + t.Html(have ? "consent_documents.no_signatures" : "consent_documents.all_signed");
  }
  for (const v1::CustomerConsent& customer : customers.items) {
    screen.text += "\n" + SignerLine(reader, customer);
  }
  AppendPager(screen.rows, customers.number, customers.has_next,
              [&](int page) { return ShowSigners{id, which, page}; });
  Row row;
  if (!have && document.pending_count() > 0) {
    row.push_back(
        {t.Plain("consent_documents.remind"), Action(RemindSigners{id, nonce}), Style::kPrimary});
  }
  row.push_back(have ? Button{"⏳ " + std::to_string(document.pending_count()),
                              Action(ShowSigners{id, Signed::kNo})}
                     : Button{"✍️ " + std::to_string(document.signed_count()),
                              Action(ShowSigners{id, Signed::kYes})});
  screen.rows.push_back(std::move(row));
  screen.rows.push_back({{t.Plain("consent_documents.signatures"), Action(ShowSignatures{id})},
                         BackButton(reader, ShowConsentDocument{id})});
  return screen;
}

Screen AskConsentFileScreen(const Reader& reader, const v1::ConsentDocument* document) {
  const Texts& t = reader.t();
  if (document == nullptr) {
    return {.text = t.Html("consent_documents.ask_file"),
            .rows = {{BackButton(reader, ShowConsentDocuments{}), HomeButton(reader)}}};
  }
  return {.text = t.Html("consent_documents.ask_version", {{"name", document->display_name()}}),
          .rows = {{BackButton(reader, ShowConsentDocument{IdOf(*document)}), HomeButton(reader)}}};
}

Screen AskArchiveConsentDocumentScreen(const Reader& reader, const v1::ConsentDocument& document,
                                       Nonce nonce) {
  const Texts& t = reader.t();
  const ConsentDocumentId id = IdOf(document);
  return {.text = t.Html("consent_documents.ask_archive", {{"name", document.display_name()}}),
          .rows = {{{t.Plain("consent_documents.keep"), Action(ShowConsentDocument{id})},
                    {t.Plain("consent_documents.archive"),
                     Action(ArchiveConsentDocument{id, nonce}), Style::kDanger}}}};
}

Screen SignaturesScreen(const Reader& reader, const v1::ConsentDocument& document,
                        const Page<v1::ConsentRecord>& records) {
  const Texts& t = reader.t();
  const ConsentDocumentId id = IdOf(document);
  Screen screen{
      .text = t.Html("consent_documents.signatures_of", {{"name", document.display_name()}}),
      .rows = {}};
  if (records.items.empty()) {
    screen.text += "\n\n" + t.Html("consent_documents.no_signatures");
  } else {
    screen.text += ZoneLine(reader, kNobodysZone);
  }
  for (const v1::ConsentRecord& record : records.items) {
    const bool given = record.decision() == v1::CONSENT_DECISION_GIVE;
    screen.text += "\n" + t.Html(given ? "consent_documents.given" : "consent_documents.withdrawn",
                                 {{"name", record.customer_display_name()},
                                  {"number", std::to_string(record.version().number())},
                                  {"time", StampOf(reader, record.time())}});
  }
  AppendPager(screen.rows, records.number, records.has_next,
              [&](int page) { return ShowSignatures{id, page}; });
  screen.rows.push_back({BackButton(reader, ShowConsentDocument{id}), HomeButton(reader)});
  return screen;
}

}  // namespace kalends::telegram
