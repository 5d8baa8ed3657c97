#include "adapters/telegram/screens/catalog.h"

namespace kalends::telegram {
namespace {

constexpr std::string_view kExamplePrice = "80";  // As the catalogs have it.
constexpr int kDurationChoices[] = {30, 45, 50, 60, 90, 120};

}  // namespace

Screen ServicesScreen(const Reader& reader, const Page<v1::Service>& services) {
  const Texts& t = reader.t();
  const bool none = services.items.empty() && services.number == 0;
  Screen screen{.text = t.Html(none ? "catalog.list_none" : "catalog.list_title"), .rows = {}};
  for (const v1::Service& service : services.items) {
    screen.rows.push_back(
        {{ServiceLabel(reader, service), Action(ShowService{ServiceId::Of(service.name())})}});
  }
  AppendPager(screen.rows, services.number, services.has_next,
              [](int page) { return ShowServices{page}; });
  screen.rows.push_back({{t.Plain("catalog.new"), Action(AskServiceName{})}});
  screen.rows.push_back({HomeButton(reader)});
  return screen;
}

Screen ServiceScreen(const Reader& reader, const v1::Service& service) {
  const Texts& t = reader.t();
  std::string text =
      t.Html("catalog.title", {{"service", ServiceName(reader, service)}}) + "\n" +
      t.Html("info.duration", {{"duration", t.Duration(MinutesOf(service.duration()))}}) + "\n" +
      t.Html("info.price",
             {{"price", PriceText(reader, service.has_price() ? &service.price() : nullptr)}});
  if (!service.description().empty()) {
    text += "\n\n" + t.Html("catalog.description", {{"description", service.description()}});
  }
  Screen screen{.text = text, .rows = {}};
  if (service.archived()) {
    screen.text += "\n\n" + t.Html("catalog.is_archived");
  } else {
    screen.rows.push_back(
        {{t.Plain("catalog.archive"), Action(AskArchive{ServiceId::Of(service.name())})}});
  }
  screen.rows.push_back({BackButton(reader, ShowServices{}), HomeButton(reader)});
  return screen;
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
