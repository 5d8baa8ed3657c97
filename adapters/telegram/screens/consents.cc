#include "adapters/telegram/screens/consents.h"

#include "adapters/telegram/actions/links.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/labels.h"

namespace kalends::telegram {
namespace {

std::string StateText(const Reader& reader, v1::Consent::State state) {
  switch (state) {
    case v1::Consent::STATE_PENDING:
      return reader.t().Html("consents.pending");
    case v1::Consent::STATE_SIGNED:
      return reader.t().Html("consents.signed");
    default:
      return {};
  }
}

std::string Icon(v1::Consent::State state) {
  switch (state) {
    case v1::Consent::STATE_PENDING:
      return "⏳ ";
    case v1::Consent::STATE_SIGNED:
      return "✍️ ";
    default:
      return {};
  }
}

std::string Line(const Reader& reader, const v1::Consent& consent) {
  const std::string name = HtmlOf(consent.consent_document().display_name());
  const std::string state = StateText(reader, consent.state());
  return state.empty() ? name : name + ": " + state;
}

std::string WithHeading(const std::string& heading, const std::string& text) {
  return heading.empty() ? text : heading + "\n\n" + text;
}

}  // namespace

int MarkOf(const std::vector<v1::Consent>& consents) {
  std::vector<std::string> rows;
  rows.reserve(consents.size());
  for (const v1::Consent& consent : consents) {
    rows.push_back(consent.consent_document().version().name() + " " +
                   std::to_string(consent.state()));
  }
  return MarkOf(rows);
}

int MarkOf(const std::vector<MissingTerm>& missing) {
  std::vector<std::string> rows;
  rows.reserve(missing.size());
  for (const MissingTerm& term : missing) rows.push_back(term.version);
  return MarkOf(rows);
}

Screen ConsentsScreen(const Reader& reader, const ConsentsView& view) {
  const Texts& t = reader.t();
  const ProviderId id = ProviderId::Of(view.provider.name());
  const int page = view.consents.number;
  const Ticks& ticks = view.ticks;
  Screen screen{
      .text = WithHeading(
          view.heading,
          t.Html("consents.title", {{"provider", ProviderLabel(view.provider.kind(),
                                                               view.provider.display_name())}})),
      .rows = {}};
  const std::vector<v1::Consent>& consents = view.consents.items;
  if (consents.empty()) screen.text += "\n\n" + t.Html("consents.none");
  for (std::size_t i = 0; i < consents.size(); ++i) {
    screen.text += (i == 0 ? "\n\n" : "\n") + Line(reader, consents[i]);
    const std::string label = Icon(consents[i].state()) +
                              NameLabel("", consents[i].consent_document().display_name(), "");
    screen.rows.push_back({{TickLabel(ticks.Has(i), label),
                            Action(ShowConsents{id, page, ticks.Toggled(i), ticks.mark})}});
  }
  if (!ticks.none()) {
    screen.rows.push_back({{t.Plain("ticks.download"),
                            Action(DownloadConsents{id, page, ticks.selected, ticks.mark})},
                           {t.Plain("consents.change"),
                            Action(AskChangeConsents{id, page, ticks.selected, ticks.mark})}});
  } else if (!consents.empty()) {
    screen.text += "\n\n" + t.Html("ticks.choose");
  }
  AppendPager(screen.rows, page, view.consents.has_next,
              [&](int next) { return ShowConsents{id, next, 0, 0}; });
  screen.rows.push_back({BackButton(reader, ShowProvider{id}), HomeButton(reader)});
  return screen;
}

Screen AskChangeConsentsScreen(const Reader& reader, const ConsentsView& view, Nonce nonce) {
  const Texts& t = reader.t();
  const ProviderId id = ProviderId::Of(view.provider.name());
  const int page = view.consents.number;
  const Ticks& ticks = view.ticks;
  std::string changes;
  for (const v1::Consent& consent : Ticked(view.consents.items, ticks)) {
    const std::string& name = consent.consent_document().display_name();
    if (consent.state() == v1::Consent::STATE_PENDING) {
      changes += "\n" + t.Html("consents.will_sign", {{"name", name}});
    } else if (consent.state() == v1::Consent::STATE_SIGNED) {
      changes += "\n" + t.Html("consents.will_withdraw", {{"name", name}});
    }
  }
  Screen screen{.text = changes.empty() ? t.Html("consents.nothing_to_change")
                                        : t.Html("consents.ask_change") + "\n" + changes,
                .rows = {}};
  if (!changes.empty()) {
    screen.rows.push_back({{t.Plain("button.confirm"),
                            Action(ChangeConsents{id, page, ticks.selected, ticks.mark, nonce})}});
  }
  screen.rows.push_back(
      {BackButton(reader, ShowConsents{id, page, ticks.selected, ticks.mark}), HomeButton(reader)});
  return screen;
}

Screen MissingConsentsScreen(const Reader& reader, const MissingConsentsView& view) {
  const Texts& t = reader.t();
  Screen screen{.text = WithHeading(
                    view.heading,
                    t.Html("consents.missing_title", {{"provider", view.provider_label}}) + "\n"),
                .rows = {}};
  for (const MissingTerm& term : view.missing) {
    screen.text += "\n" + t.Html("consents.missing_line", {{"name", term.display_name}});
  }
  screen.text += "\n\n" + t.Html("consents.missing_how");
  screen.rows = {{{t.Plain("ticks.download"), view.download}},
                 {{t.Plain("consents.missing_sign"), view.sign}},
                 {BackButton(reader, view.back), HomeButton(reader)}};
  return screen;
}

Screen FileLinksScreen(const Reader& reader, const std::vector<FileLink>& links) {
  Screen screen{.text = reader.t().Html("files.links"), .rows = {}, .stays = true};
  for (const FileLink& link : links) {
    screen.rows.push_back({{NameLabel("⬇️ ", link.label, ""), Url{link.url}}});
  }
  return screen;
}

}  // namespace kalends::telegram
