#include "adapters/telegram/screens/catalog.h"

#include "adapters/telegram/actions/practice.h"
#include "adapters/telegram/actions/service_lists.h"
#include "adapters/telegram/html.h"

namespace kalends::telegram {
namespace {

constexpr std::string_view kExamplePrice = "80";  // As the catalogs have it.
constexpr std::size_t kValueCharsShown = 700;     // Of a text that a question repeats.
constexpr int kDurationChoices[] = {30, 45, 50, 60, 90, 120};

}  // namespace

Screen ServicesScreen(const Reader& reader, const Page<v1::Service>& services, int archived,
                      const std::vector<v1::Provider::Organization>& houses) {
  const Texts& t = reader.t();
  const bool none = services.items.empty() && services.number == 0;
  Screen screen{.text = t.Html(none ? "catalog.list_none" : "catalog.list_title"), .rows = {}};
  for (const v1::Service& service : services.items) {
    screen.rows.push_back(
        {{ServiceLabel(reader, service), Action(ShowService{ServiceId::Of(service.name())})}});
  }
  AppendPager(screen.rows, services.number, services.has_next,
              [](int page) { return ShowServices{page}; });
  screen.rows.push_back({{t.Plain("catalog.new"), Action(AskServiceName{}), Style::kPrimary}});
  if (archived > 0) {
    screen.rows.back().push_back(
        {t.PlainCount("catalog.archive_button", archived), Action(ShowArchive{})});
  }
  for (const v1::Provider::Organization& house : houses) {
    screen.rows.push_back({{ProviderLabel(v1::PROVIDER_KIND_ORGANIZATION, house.display_name()),
                            Action(ShowHouseServices{ProviderId::Of(house.provider())})}});
  }
  screen.rows.push_back(BackAndHome(reader, ShowPractice{}));
  return screen;
}

std::string ServiceTitle(const Reader& reader, const v1::Service& service) {
  return reader.t().Html("catalog.title", {{"service", service.display_name()}});
}

std::string FieldLine(const Reader& reader, const char* field, const std::string& value) {
  const Texts& t = reader.t();
  // A dash that somebody wrote would be a deleted account's name.
  const Arg shown =
      value.empty() ? Arg::Raw("value", "–") : Arg("value", Shorten(value, kValueCharsShown));
  return t.Html("catalog.field", {{"field", t.Plain(field)}, shown});
}

Screen AskArchiveServiceScreen(const Reader& reader, const v1::Service& service, Nonce nonce) {
  const Texts& t = reader.t();
  const ServiceId id = ServiceId::Of(service.name());
  return {.text = t.Html("catalog.ask_archive", {{"service", ServiceName(reader, service)}}),
          .rows = {{{t.Plain("catalog.archive"), Action(Archive{id, nonce}), Style::kDanger},
                    BackButton(reader, ShowService{id})}}};
}

Screen AskServiceNameScreen(const Reader& reader) {
  return {.text = reader.t().Html("catalog.ask_name"),
          .rows = {{BackButton(reader, ShowServices{})}}};
}

Screen AskDurationScreen(const Reader& reader, const std::string& name) {
  const Texts& t = reader.t();
  Screen screen{.text = t.Html("catalog.ask_duration", {{"service", name}}), .rows = {}};
  std::vector<Button> buttons;
  for (const int minutes : kDurationChoices) {
    buttons.push_back({t.Duration(std::chrono::minutes(minutes)), Action(PickDuration{minutes})});
  }
  AppendGrid(screen.rows, std::move(buttons), 3);
  screen.rows.push_back({BackButton(reader, ShowServices{})});
  return screen;
}

Screen AskPriceScreen(const Reader& reader, const std::string& name, int minutes,
                      std::string_view likely, Nonce nonce) {
  const Texts& t = reader.t();
  const auto example = ParsePrice(kExamplePrice, likely);
  return {
      .text = t.Html("catalog.ask_price",
                     {{"service", name},
                      {"duration", t.Duration(std::chrono::minutes(minutes))},
                      {"money", t.formats().Money(likely, example ? example->minor_units : 0)}}),
      .rows = {{{t.Plain("catalog.free"), Action(CreateFreeService{nonce})}},
               {BackButton(reader, ShowServices{})}}};
}

Screen ReviewPriceScreen(const Reader& reader, const std::string& name, int minutes,
                         const Price& price, Nonce nonce) {
  const Texts& t = reader.t();
  return {.text = t.Html("catalog.review_price",
                         {{"service", name},
                          {"duration", t.Duration(std::chrono::minutes(minutes))},
                          {"money", t.formats().Money(price.currency, price.minor_units)}}),
          .rows = {{{t.Plain("catalog.create"), Action(CreatePricedService{nonce})}},
                   {BackButton(reader, ShowServices{})}}};
}

}  // namespace kalends::telegram
