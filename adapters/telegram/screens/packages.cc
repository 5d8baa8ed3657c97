#include "adapters/telegram/screens/packages.h"

#include <algorithm>

#include "adapters/shared/safe_text.h"
#include "adapters/telegram/actions/booking.h"
#include "adapters/telegram/actions/catalog.h"
#include "adapters/telegram/actions/customers.h"
#include "adapters/telegram/actions/links.h"
#include "adapters/telegram/actions/package_uses.h"
#include "adapters/telegram/actions/payments.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/labels.h"
#include "adapters/telegram/screens/booking.h"
#include "adapters/telegram/screens/practice.h"

namespace kalends::telegram {
namespace {

constexpr int kVisitChoices[] = {5, 10, 20};
constexpr int kValidityChoices[] = {90, 183, 365, 730, 0};
constexpr int kDaysOfMonths[][2] = {{90, 3}, {183, 6}, {365, 12}, {730, 24}};
constexpr std::size_t kServicesNamed = 4;

std::string OfferPrice(const Reader& reader, const v1::Package& package) {
  const bool has = package.has_price() && !package.price().currency_code().empty();
  return PriceText(reader, has ? &package.price() : nullptr);
}

std::string PackageMoney(const Reader& reader, const Price& price) {
  return reader.t().formats().Money(price.currency, price.minor_units);
}

// As the reader's language has it.
std::string OfferName(const Reader& reader, const v1::Package& package) {
  const auto translation = package.translations().find(reader.t().language());
  const bool has =
      translation != package.translations().end() && !translation->second.display_name().empty();
  return has ? translation->second.display_name() : package.display_name();
}

std::string PackageVisits(const Reader& reader, int visits) {
  return reader.t().HtmlCount("packages.visits", visits);
}

// The last day on which an appointment may start: it ends with that.
std::string LastDayText(const Reader& reader, const v1::SoldPackage& package) {
  if (!package.has_expire_time()) return reader.t().Html("packages.without_end");
  const Instant last = InstantOf(package.expire_time()) - std::chrono::seconds(1);
  const auto day = ToLocal(ZoneFor(reader, kNobodysZone), last).day();
  return reader.t().Html("packages.until", {{"day", reader.t().formats().Date(day)}});
}

bool IsSpent(const Reader& reader, const v1::SoldPackage& package) {
  if (package.has_cancel_time() || package.remaining_visits() == 0) return true;
  return package.has_expire_time() && InstantOf(package.expire_time()) <= reader.now;
}

std::string LeftText(const Reader& reader, const v1::SoldPackage& package) {
  if (package.has_cancel_time()) return reader.t().Html("packages.is_cancelled");
  return reader.t().Html("packages.left", {{"left", std::to_string(package.remaining_visits())},
                                           {"visits", std::to_string(package.visits())}});
}

ProviderId ProviderOf(const v1::SoldPackage& package) {
  return ProviderId::Of(package.name().substr(0, package.name().find("/links/")));
}

std::string CoveredText(const Reader& reader, const std::string& service) {
  return service.empty() ? reader.t().Plain("packages.all_services") : service;
}

}  // namespace

std::string ValidityText(const Reader& reader, int days) {
  if (days == 0) return reader.t().Plain("packages.unlimited");
  for (const auto& [of_days, months] : kDaysOfMonths) {
    if (of_days == days) return reader.t().PlainCount("packages.months", months);
  }
  return reader.t().PlainCount("packages.days", days);
}

std::string PaysText(const Reader& reader, const v1::SoldPackage& package) {
  return reader.t().Html("packages.pays", {{"package", package.display_name()},
                                           {"left", std::to_string(package.remaining_visits() - 1)},
                                           {"visits", std::to_string(package.visits())}});
}

Screen PackagesScreen(const Reader& reader, const Page<v1::Package>& packages) {
  const Texts& t = reader.t();
  const bool none = packages.items.empty() && packages.number == 0;
  Screen screen{.text = t.Html(none ? "packages.none" : "packages.title"), .rows = {}};
  for (const v1::Package& package : packages.items) {
    screen.rows.push_back(
        {{NameLabel("", OfferName(reader, package), " · " + OfferPrice(reader, package)),
          Action(ShowPackage{PackageId::Of(package.name())})}});
  }
  AppendPager(screen.rows, packages.number, packages.has_next,
              [](int page) { return ShowPackages{page}; });
  screen.rows.push_back(
      {{t.Plain("packages.new"), Action(NewPackage{}), none ? Style::kPrimary : Style::kNone},
       PracticeButton(reader)});
  return screen;
}

Screen PackageScreen(const Reader& reader, const PackageView& view) {
  const Texts& t = reader.t();
  const v1::Package& package = view.package;
  const PackageId id = PackageId::Of(package.name());
  std::string text = view.heading.empty() ? "" : view.heading + "\n\n";
  text += "<b>" + HtmlOf(OfferName(reader, package)) + "</b>\n" +
          PackageVisits(reader, package.visits()) + " · " +
          EscapeHtml(OfferPrice(reader, package)) + " · " +
          EscapeHtml(ValidityText(reader, package.valid_days()));
  std::string services;
  for (std::size_t i = 0; i < view.services.size() && i < kServicesNamed; ++i) {
    services += (i == 0 ? "" : ", ") + view.services[i];
  }
  if (view.services.size() > kServicesNamed) services += " …";
  text += "\n" + t.Html("packages.of", {{"services", services}});
  if (package.sold_count() > 0) {
    text += "\n" + t.HtmlCount("packages.sold", package.sold_count()) + " · " +
            t.HtmlCount("packages.open_visits", package.remaining_visits());
  }
  Screen screen{.text = text, .rows = {}};
  if (package.archived()) {
    screen.text += "\n\n" + t.Html("packages.is_archived");
  } else {
    screen.rows.push_back(
        {{t.Plain("packages.sell"), Action(ChooseCustomerToSell{id}), Style::kPrimary}});
    screen.rows.push_back({{t.Plain("packages.name"), Action(AskPackageName{id})},
                           {t.Plain("catalog.price"), Action(AskPackagePriceAnew{id})}});
    screen.rows.push_back({{t.Plain("packages.validity"), Action(AskPackageValidity{id})},
                           {t.Plain("packages.archive"), Action(AskArchivePackage{id})}});
  }
  screen.rows.push_back({BackButton(reader, ShowPackages{}), HomeButton(reader)});
  return screen;
}

Screen PackageServicesScreen(const Reader& reader, const std::vector<v1::Service>& services) {
  const Texts& t = reader.t();
  if (services.empty()) {
    return {.text = t.Html("packages.no_services"),
            .rows = {{{t.Plain("menu.services"), Action(ShowServices{})},
                      BackButton(reader, ShowPackages{})}}};
  }
  Screen screen{.text = t.Html("packages.ask_service"), .rows = {}};
  for (const v1::Service& service : services) {
    screen.rows.push_back({{ServiceLabel(reader, service),
                            Action(ChoosePackageService{ServiceId::Of(service.name())})}});
  }
  screen.rows.push_back({{t.Plain("packages.all_services"), Action(ChoosePackageService{})},
                         BackButton(reader, ShowPackages{})});
  return screen;
}

Screen PackageVisitsScreen(const Reader& reader, const ServiceId& id, const std::string& service) {
  const Texts& t = reader.t();
  Screen screen{.text = t.Html("packages.ask_visits", {{"service", CoveredText(reader, service)}}),
                .rows = {}};
  Row choices;
  for (const int visits : kVisitChoices) {
    choices.push_back({std::to_string(visits) + "×", Action(ChoosePackageVisits{id, visits})});
  }
  screen.rows.push_back(std::move(choices));
  screen.rows.push_back({BackButton(reader, NewPackage{})});
  return screen;
}

Screen PackagePriceScreen(const Reader& reader, const PackagePriceView& view) {
  const Texts& t = reader.t();
  Screen screen{.text = view.heading.empty() ? "" : view.heading + "\n\n", .rows = {}};
  screen.text += t.Html("packages.ask_price", {{"visits", std::to_string(view.visits)},
                                               {"service", CoveredText(reader, view.service)}});
  const auto create = [&](PackagePrice price) {
    return Action(CreatePackage{view.id, view.visits, price, view.nonce});
  };
  if (view.full.minor_units > 0) {
    screen.rows.push_back(
        {{t.Plain("packages.reduced", {{"money", PackageMoney(reader, view.reduced)}}),
          create(PackagePrice::kReduced), Style::kSuccess},
         {PackageMoney(reader, view.full), create(PackagePrice::kFull)}});
  }
  screen.rows.push_back({{t.Plain("catalog.free"), create(PackagePrice::kFree)},
                         BackButton(reader, ChoosePackageService{view.id})});
  return screen;
}

Screen ReviewPackageScreen(const Reader& reader, const PackagePriceView& view, const Price& price) {
  const Texts& t = reader.t();
  return {.text = t.Html("packages.review", {{"visits", std::to_string(view.visits)},
                                             {"service", CoveredText(reader, view.service)},
                                             {"money", PackageMoney(reader, price)}}),
          .rows = {{{t.Plain("packages.create"),
                     Action(CreatePackage{view.id, view.visits, PackagePrice::kTyped, view.nonce}),
                     Style::kSuccess},
                    BackButton(reader, ChoosePackageVisits{view.id, view.visits})}}};
}

Screen AskPackageNameScreen(const Reader& reader, const v1::Package& package) {
  return {.text = reader.t().Html("packages.ask_name", {{"package", package.display_name()}}),
          .rows = {{BackButton(reader, ShowPackage{PackageId::Of(package.name())})}}};
}

Screen AskPackagePriceScreen(const Reader& reader, const v1::Package& package, Nonce nonce) {
  const Texts& t = reader.t();
  const PackageId id = PackageId::Of(package.name());
  Screen screen{.text = t.Html("packages.ask_price_anew", {{"package", package.display_name()},
                                                           {"price", OfferPrice(reader, package)}}),
                .rows = {{}}};
  if (package.price().minor_units() > 0) {
    screen.rows[0].push_back({t.Plain("catalog.free"), Action(MakePackageFree{id, nonce})});
  }
  screen.rows[0].push_back(BackButton(reader, ShowPackage{id}));
  return screen;
}

Screen PackageValidityScreen(const Reader& reader, const v1::Package& package, Nonce nonce) {
  const PackageId id = PackageId::Of(package.name());
  Screen screen{
      .text = reader.t().Html("packages.ask_validity", {{"package", package.display_name()}}),
      .rows = {}};
  std::vector<Button> buttons;
  for (const int days : kValidityChoices) {
    const std::string mark = days == package.valid_days() ? "✔ " : "";
    buttons.push_back(
        {mark + ValidityText(reader, days), Action(SetPackageValidity{id, days, nonce})});
  }
  buttons.push_back(BackButton(reader, ShowPackage{id}));
  AppendGrid(screen.rows, std::move(buttons), 2);
  return screen;
}

Screen AskArchivePackageScreen(const Reader& reader, const v1::Package& package, Nonce nonce) {
  const PackageId id = PackageId::Of(package.name());
  return {.text = reader.t().Html("packages.ask_archive", {{"package", package.display_name()}}),
          .rows = {{{reader.t().Plain("packages.archive"), Action(ArchivePackage{id, nonce}),
                     Style::kDanger},
                    BackButton(reader, ShowPackage{id})}}};
}

Screen ReviewSaleScreen(const Reader& reader, const v1::Package& package, const v1::Link& link,
                        Nonce nonce) {
  const Texts& t = reader.t();
  const PackageId id = PackageId::Of(package.name());
  const AccountId customer = AccountId::Of(link.customer());
  return {.text = t.Html("packages.review_sale",
                         {{"package", package.display_name()},
                          {"customer", link.customer_display_name()},
                          {"price", OfferPrice(reader, package)},
                          {"validity", ValidityText(reader, package.valid_days())}}),
          .rows = {{{t.Plain("packages.sell_now"), Action(ConfirmSale{id, customer, nonce}),
                     Style::kSuccess},
                    BackButton(reader, ShowCustomerPackages{customer})}}};
}

Screen CustomerPackagesScreen(const Reader& reader, const CustomerPackagesView& view) {
  const Texts& t = reader.t();
  const AccountId customer = AccountId::Of(view.link.customer());
  const bool none = view.sold.items.empty() && view.sold.number == 0;
  const bool open = !view.link.has_block_time() && !view.link.has_remove_time();
  const char* title = !none                          ? "packages.customer_title"
                      : open && !view.offers.empty() ? "packages.customer_none"
                                                     : "packages.customer_nothing";
  Screen screen{
      .text = "<b>" + HtmlOf(view.link.customer_display_name()) + "</b>\n" + t.Html(title),
      .rows = {}};
  for (const v1::SoldPackage& package : view.sold.items) {
    const std::string lead = package.has_cancel_time()  ? "✖️ "
                             : IsSpent(reader, package) ? "▫️ "
                                                        : "🎟 ";
    screen.rows.push_back({{NameLabel(lead, package.display_name(),
                                      " · " + std::to_string(package.remaining_visits()) + "/" +
                                          std::to_string(package.visits())),
                            Action(ShowSoldPackage{customer, SoldPackageId::Of(package.name())})}});
  }
  AppendPager(screen.rows, view.sold.number, view.sold.has_next,
              [&](int page) { return ShowCustomerPackages{customer, page}; });
  if (open) {
    for (const v1::Package& offer : view.offers) {
      screen.rows.push_back(
          {{NameLabel("➕ ", OfferName(reader, offer), " · " + OfferPrice(reader, offer)),
            Action(ReviewSale{PackageId::Of(offer.name()), customer})}});
    }
  }
  Row last;
  if (view.offers.empty()) last.push_back({t.Plain("packages.new"), Action(NewPackage{})});
  last.push_back(BackButton(reader, ShowCustomer{customer}));
  screen.rows.push_back(std::move(last));
  return screen;
}

Screen SoldPackageScreen(const Reader& reader, const v1::SoldPackage& package,
                         const std::string& heading) {
  const Texts& t = reader.t();
  const AccountId customer = AccountId::Of(package.customer());
  const SoldPackageId id = SoldPackageId::Of(package.name());
  std::string text = heading.empty() ? "" : heading + "\n\n";
  text += "<b>" + HtmlOf(package.customer_display_name()) + " · " + HtmlOf(package.display_name()) +
          "</b>\n" + LeftText(reader, package) + " · " + LastDayText(reader, package);
  const v1::Money& due = package.outstanding();
  const Formats& formats = t.formats();
  if (due.minor_units() > 0) {
    text += "\n" + t.Html("customers.outstanding",
                          {{"money", formats.Money(due.currency_code(), due.minor_units())}});
  } else if (due.minor_units() < 0) {
    text += "\n" + t.Html("customers.overpaid",
                          {{"money", formats.Money(due.currency_code(), -due.minor_units())}});
  }
  Screen screen{.text = text, .rows = {}};
  // Of what was free of charge there is nothing to record.
  if (!package.price().currency_code().empty() || package.paid().minor_units() != 0) {
    screen.rows.push_back({due.minor_units() < 0
                               ? Button{t.Plain("payments.refund"),
                                        Action(RecordRefund{{}, customer, id}), Style::kPrimary}
                               : Button{t.Plain("payments.record"),
                                        Action(RecordPayment{{}, customer, id}), Style::kPrimary},
                           {t.Plain("payments.list"), Action(ShowPayments{{}, customer, id})}});
  }
  screen.rows.push_back({{t.Plain("package_uses.button"),
                          Action(ShowPackageUses{ProviderOf(package), customer, id})}});
  const bool unused = package.remaining_visits() == package.visits();
  Row& last = screen.rows.back();
  if (unused && !package.has_cancel_time()) {
    last.push_back({t.Plain("packages.cancel_sale"), Action(AskCancelSale{customer, id})});
  }
  last.push_back(BackButton(reader, ShowCustomerPackages{customer}));
  return screen;
}

Screen AskCancelSaleScreen(const Reader& reader, const v1::SoldPackage& package, Nonce nonce) {
  const Texts& t = reader.t();
  const AccountId customer = AccountId::Of(package.customer());
  const SoldPackageId id = SoldPackageId::Of(package.name());
  return {
      .text = t.Html("packages.ask_cancel_sale", {{"package", package.display_name()},
                                                  {"customer", package.customer_display_name()}}),
      .rows = {{{t.Plain("packages.cancel_sale"), Action(CancelSale{customer, id, nonce}),
                 Style::kDanger},
                BackButton(reader, ShowSoldPackage{customer, id})}}};
}

Screen OwnPackagesScreen(const Reader& reader, const v1::Provider& provider,
                         const std::vector<v1::SoldPackage>& packages) {
  const Texts& t = reader.t();
  const ProviderId id = ProviderId::Of(provider.name());
  Screen screen{.text = "<b>" +
                        EscapeHtml(ProviderLabel(provider.kind(), provider.display_name())) +
                        "</b>\n" + t.Html(packages.empty() ? "packages.own_none" : "packages.own"),
                .rows = {}};
  for (const v1::SoldPackage& package : packages) {
    screen.text += "\n\n🎟 <b>" + HtmlOf(package.display_name()) + "</b>\n" +
                   LeftText(reader, package) + " · " + LastDayText(reader, package);
  }
  std::vector<Button> uses;
  for (const v1::SoldPackage& package : packages) {
    if (package.remaining_visits() == package.visits()) continue;
    uses.push_back({NameLabel("", package.display_name(), " · " + t.Plain("package_uses.button")),
                    Action(ShowPackageUses{id, AccountId::Of(package.customer()),
                                           SoldPackageId::Of(package.name())})});
  }
  AppendGrid(screen.rows, std::move(uses), 1);
  screen.rows.push_back({{t.Plain("menu.request"), Action(PickProvider{id}), Style::kPrimary}});
  screen.rows.push_back({BackButton(reader, ShowProvider{id}), HomeButton(reader)});
  return screen;
}

Screen SaleNotice(const Reader& reader, const v1::Provider& provider,
                  const v1::SoldPackage& package, const char* key) {
  const Texts& t = reader.t();
  const ProviderId id = ProviderId::Of(provider.name());
  Screen screen{
      .text = t.Html(key, {{"provider", ProviderLabel(provider.kind(), provider.display_name())},
                           {"package", package.display_name()}}) +
              "\n" + LeftText(reader, package) + " · " + LastDayText(reader, package),
      .rows = {},
      .stays = true};
  if (!package.has_cancel_time()) {
    screen.rows.push_back({{t.Plain("menu.request"), Action(PickProvider{id})},
                           {t.Plain("packages.own_button"), Action(ShowOwnPackages{id})}});
  }
  return screen;
}

}  // namespace kalends::telegram
