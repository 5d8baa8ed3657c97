#include "adapters/telegram/screens/own_terms.h"

#include "adapters/telegram/html.h"

namespace kalends::telegram {
namespace {

constexpr std::size_t kLabelCharsMax = 48;

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
      return "own_terms.consent_none";
    case Consent::kNeeded:
      return "own_terms.consent_needed";
    case Consent::kBlocking:
      return "own_terms.consent_blocking";
  }
  return "";
}

std::string StampOf(const Reader& reader, const google::protobuf::Timestamp& time) {
  return reader.t().formats().Stamp(ToLocal(ZoneFor(reader, kNobodysZone), InstantOf(time)).time);
}

}  // namespace

Screen OwnTermsScreen(const Reader& reader, const Page<v1::ConsentDocument>& documents) {
  const Texts& t = reader.t();
  Screen screen{.text = t.Html("own_terms.title"), .rows = {}};
  if (documents.items.empty()) screen.text += "\n\n" + t.Html("own_terms.none");
  for (const v1::ConsentDocument& document : documents.items) {
    screen.rows.push_back(
        {{Shorten(document.display_name(), kLabelCharsMax), Action(ShowOwnTerm{IdOf(document)})}});
  }
  AppendPager(screen.rows, documents.number, documents.has_next,
              [](int page) { return ShowOwnTerms{page}; });
  screen.rows.push_back({{t.Plain("own_terms.add"), Action(AskTermFile{})}});
  screen.rows.push_back({HomeButton(reader)});
  return screen;
}

Screen OwnTermScreen(const Reader& reader, const v1::ConsentDocument& document, Nonce nonce,
                     const std::string& heading) {
  const Texts& t = reader.t();
  const ConsentDocumentId id = IdOf(document);
  Screen screen{.text = t.Html("own_terms.about",
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
  screen.rows.push_back({{t.Plain("own_terms.signatures"), Action(ShowSignatures{id})},
                         {t.Plain("ticks.download"), Action(DownloadTerm{id})}});
  screen.rows.push_back({{t.Plain("own_terms.new_version"), Action(AskTermFile{id})},
                         {t.Plain("own_terms.archive"), Action(AskArchiveTerm{id})}});
  screen.rows.push_back({BackButton(reader, ShowOwnTerms{}), HomeButton(reader)});
  return screen;
}

Screen AskTermFileScreen(const Reader& reader, const v1::ConsentDocument* document) {
  const Texts& t = reader.t();
  if (document == nullptr) {
    return {.text = t.Html("own_terms.ask_file"),
            .rows = {{BackButton(reader, ShowOwnTerms{}), HomeButton(reader)}}};
  }
  return {.text = t.Html("own_terms.ask_version", {{"name", document->display_name()}}),
          .rows = {{BackButton(reader, ShowOwnTerm{IdOf(*document)}), HomeButton(reader)}}};
}

Screen AskArchiveTermScreen(const Reader& reader, const v1::ConsentDocument& document,
                            Nonce nonce) {
  const Texts& t = reader.t();
  const ConsentDocumentId id = IdOf(document);
  return {.text = t.Html("own_terms.ask_archive", {{"name", document.display_name()}}),
          .rows = {{{t.Plain("own_terms.archive"), Action(ArchiveTerm{id, nonce})}},
                   {{t.Plain("own_terms.keep"), Action(ShowOwnTerm{id})}}}};
}

Screen SignaturesScreen(const Reader& reader, const v1::ConsentDocument& document,
                        const Page<v1::ConsentRecord>& records) {
  const Texts& t = reader.t();
  const ConsentDocumentId id = IdOf(document);
  Screen screen{.text = t.Html("own_terms.signatures_of", {{"name", document.display_name()}}),
                .rows = {}};
  if (records.items.empty()) {
    screen.text += "\n\n" + t.Html("own_terms.no_signatures");
  } else {
    screen.text += ZoneLine(reader, kNobodysZone);
  }
  for (const v1::ConsentRecord& record : records.items) {
    const bool given = record.decision() == v1::CONSENT_DECISION_GIVE;
    screen.text += "\n" + t.Html(given ? "own_terms.given" : "own_terms.withdrawn",
                                 {{"name", record.customer_display_name()},
                                  {"number", std::to_string(record.version().number())},
                                  {"time", StampOf(reader, record.time())}});
  }
  AppendPager(screen.rows, records.number, records.has_next,
              [&](int page) { return ShowSignatures{id, page}; });
  screen.rows.push_back({BackButton(reader, ShowOwnTerm{id}), HomeButton(reader)});
  return screen;
}

}  // namespace kalends::telegram
