#include "adapters/telegram/screens/consent_documents.h"

#include "adapters/telegram/actions/home.h"
#include "adapters/telegram/labels.h"

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

std::string StampOf(const Reader& reader, const google::protobuf::Timestamp& time) {
  return reader.t().formats().Stamp(ToLocal(ZoneFor(reader, kNobodysZone), InstantOf(time)));
}

}  // namespace

Screen ConsentDocumentsScreen(const Reader& reader, const Page<v1::ConsentDocument>& documents) {
  const Texts& t = reader.t();
  Screen screen{.text = t.Html("consent_documents.title"), .rows = {}};
  if (documents.items.empty()) screen.text += "\n\n" + t.Html("consent_documents.none");
  for (const v1::ConsentDocument& document : documents.items) {
    screen.rows.push_back({{NameLabel("", document.display_name(), ""),
                            Action(ShowConsentDocument{IdOf(document)})}});
  }
  AppendPager(screen.rows, documents.number, documents.has_next,
              [](int page) { return ShowConsentDocuments{page}; });
  screen.rows.push_back({{t.Plain("consent_documents.add"), Action(AskConsentFile{})}});
  screen.rows.push_back({HomeButton(reader)});
  return screen;
}

Screen ConsentDocumentScreen(const Reader& reader, const v1::ConsentDocument& document, Nonce nonce,
                             const std::string& heading) {
  const Texts& t = reader.t();
  const ConsentDocumentId id = IdOf(document);
  Screen screen{.text = t.Html("consent_documents.about",
                               {{"name", document.display_name()},
                                {"number", std::to_string(document.version().number())},
                                {"time", StampOf(reader, document.version().create_time())}}) +
                        ZoneLine(reader, kNobodysZone),
                .rows = {}};
  if (!heading.empty()) screen.text = heading + "\n\n" + screen.text;
  for (const Consent consent : {Consent::kNone, Consent::kNeeded, Consent::kBlocking}) {
    const bool is = consent == ConsentOf(document);
    screen.rows.push_back({{(is ? "🔘 " : "⚪ ") + t.Plain(KeyOf(consent)),
                            is ? Action(Noop{}) : Action(SetConsent{id, consent, nonce})}});
  }
  screen.rows.push_back({{t.Plain("consent_documents.signatures"), Action(ShowSignatures{id})},
                         {t.Plain("ticks.download"), Action(DownloadConsentDocument{id})}});
  screen.rows.push_back(
      {{t.Plain("consent_documents.new_version"), Action(AskConsentFile{id})},
       {t.Plain("consent_documents.archive"), Action(AskArchiveConsentDocument{id})}});
  screen.rows.push_back({BackButton(reader, ShowConsentDocuments{}), HomeButton(reader)});
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
          .rows = {{{t.Plain("consent_documents.archive"),
                     Action(ArchiveConsentDocument{id, nonce}), Style::kDanger}},
                   {{t.Plain("consent_documents.keep"), Action(ShowConsentDocument{id})}}}};
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
