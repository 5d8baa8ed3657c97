#include "adapters/telegram/screens/statistics.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "adapters/shared/currency.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/screens/practice.h"

namespace kalends::telegram {
namespace {

constexpr int kSpecialistsOnScreenMax = 8;
constexpr char kByteOrderMark[] = "\xEF\xBB\xBF";

using Counts = v1::Statistics::Counts;

date::year_month_day FirstDay(const v1::Statistics& statistics) {
  return DayOf(statistics.start_date());
}

// Of money in this currency; nothing: 0.
std::int64_t RevenueIn(const Counts& counts, std::string_view currency) {
  for (const v1::Money& money : counts.revenue()) {
    if (money.currency_code() == currency) return money.minor_units();
  }
  return 0;
}

// " (+12 %)"; empty where there was nothing to compare with, or it is the same.
std::string Change(std::int64_t now, std::int64_t before) {
  if (before <= 0 || now == before) return {};
  const double percent = 100.0 * static_cast<double>(now - before) / static_cast<double>(before);
  const auto rounded = static_cast<int>(std::lround(percent));
  if (rounded == 0) return {};
  return fmt::format(" ({}{}\u00a0%)", rounded > 0 ? "+" : "−", std::abs(rounded));
}

// "2.960,00 € (+12 %) · 40,00 CHF"; empty: no money moved.
std::string RevenueText(const Reader& reader, const Counts& now, const Counts* before) {
  std::string text;
  for (const v1::Money& money : now.revenue()) {
    if (!text.empty()) text += " · ";
    text += reader.t().formats().Money(money.currency_code(), money.minor_units());
    if (before != nullptr) {
      text += Change(money.minor_units(), RevenueIn(*before, money.currency_code()));
    }
  }
  return text;
}

std::string CountsText(const Reader& reader, const Counts& now, const Counts* before) {
  const Texts& t = reader.t();
  const std::string change = before == nullptr ? "" : Change(now.requested(), before->requested());
  std::string text = t.HtmlCount("statistics.requests", now.requested()) + change + " · " +
                     t.HtmlCount("statistics.agreed", now.accepted());
  text += "\n" + t.Html("statistics.outcomes", {{"completed", std::to_string(now.completed())},
                                                {"missed", std::to_string(now.missed())},
                                                {"rejected", std::to_string(now.rejected())},
                                                {"cancelled", std::to_string(now.cancelled())}});
  const std::string revenue = RevenueText(reader, now, before);
  text += "\n" + (revenue.empty() ? t.Html("statistics.no_revenue")
                                  : t.Html("statistics.revenue", {{"money", revenue}}));
  return text;
}

bool IsEmpty(const Counts& counts) {
  return counts.requested() + counts.accepted() + counts.rejected() + counts.cancelled() == 0 &&
         counts.revenue().empty();
}

// The period before in one line: of one that still runs, percents alone would mislead.
std::string BeforeText(const Reader& reader, const v1::Statistics& before) {
  const Texts& t = reader.t();
  const std::string revenue = RevenueText(reader, before.total(), nullptr);
  std::string text =
      t.Html("statistics.before", {{"period", PeriodName(reader, before)},
                                   {"requested", std::to_string(before.total().requested())},
                                   {"accepted", std::to_string(before.total().accepted())}});
  if (!revenue.empty()) text += " · " + EscapeHtml(revenue);
  return text;
}

// How spreadsheets of a language divide rows and amounts.
struct TableSigns {
  char comma = ';';
  char point = ',';
};

// An amount as they read it.
std::string PlainAmount(std::int64_t minor_units, std::string_view currency, char point) {
  const int digits = MinorUnitDigits(currency);
  std::int64_t unit = 1;
  for (int i = 0; i < digits; ++i) unit *= 10;
  const std::int64_t size = std::abs(minor_units);
  std::string text = minor_units < 0 ? "-" : "";
  text += std::to_string(size / unit);
  if (digits > 0) text += fmt::format("{}{:0{}}", point, size % unit, digits);
  return text;
}

std::string TableRow(const std::string& first, const Counts& counts,
                     const std::vector<std::string>& currencies, const TableSigns& signs) {
  const char comma = signs.comma;
  std::string row =
      fmt::format("{}{}{}{}{}{}{}{}{}{}{}{}{}", first, comma, counts.requested(), comma,
                  counts.accepted(), comma, counts.completed(), comma, counts.missed(), comma,
                  counts.rejected(), comma, counts.cancelled());
  for (const std::string& currency : currencies) {
    row += comma;
    row += PlainAmount(RevenueIn(counts, currency), currency, signs.point);
  }
  return row + "\r\n";
}

}  // namespace

CountedPeriod PeriodOf(const v1::Statistics& statistics) {
  return statistics.period() == v1::Statistics::PERIOD_WEEK ? CountedPeriod::kWeek
                                                            : CountedPeriod::kMonth;
}

std::string PeriodName(const Reader& reader, const v1::Statistics& statistics) {
  const Formats& formats = reader.t().formats();
  const date::year_month_day first = FirstDay(statistics);
  if (PeriodOf(statistics) == CountedPeriod::kMonth) {
    return formats.Month(first.year() / first.month(), LinePlace::kAtStart);
  }
  return formats.ShortDate(first, LinePlace::kAtStart) + " – " +
         formats.ShortDate(DayOf(statistics.end_date()));
}

std::string StatisticsFileName(const Reader& reader, const v1::Statistics& statistics) {
  const v1::Date& first = statistics.start_date();
  std::string name = fmt::format("{}-{}-{:02}", reader.t().Plain("statistics.file_name"),
                                 first.year(), first.month());
  if (PeriodOf(statistics) == CountedPeriod::kWeek) name += fmt::format("-{:02}", first.day());
  return name;
}

Screen StatisticsScreen(const Reader& reader, const v1::Statistics& statistics,
                        const v1::Statistics& before) {
  const Texts& t = reader.t();
  const CountedPeriod period = PeriodOf(statistics);
  const date::year_month_day first = FirstDay(statistics);
  const bool runs = InstantOf(statistics.end_time()) > reader.now;
  Screen screen{.text = t.Html(runs ? "statistics.title_so_far" : "statistics.title",
                               {{"period", PeriodName(reader, statistics)}}),
                .rows = {}};
  if (IsEmpty(statistics.total())) {
    screen.text += "\n" + t.Html("statistics.none");
  } else {
    screen.text += "\n" + CountsText(reader, statistics.total(), runs ? nullptr : &before.total());
  }
  if (!IsEmpty(before.total())) screen.text += "\n" + BeforeText(reader, before);
  const int shown = std::min(statistics.specialists_size(), kSpecialistsOnScreenMax);
  for (int i = 0; i < shown; ++i) {
    const auto& one = statistics.specialists(i);
    const std::string revenue = RevenueText(reader, one.counts(), nullptr);
    screen.text += "\n" +
                   t.Html("statistics.of_specialist", {{"name", one.specialist_display_name()}}) +
                   " · " + t.HtmlCount("statistics.agreed", one.counts().accepted());
    if (!revenue.empty()) screen.text += " · " + EscapeHtml(revenue);
  }
  const date::sys_days start = first;
  const date::year_month_day next = date::sys_days(DayOf(statistics.end_date())) + date::days(1);
  Row pager = {{"◀", Action(ShowStatistics{period, start - date::days(1)})}};
  const bool week = period == CountedPeriod::kWeek;
  pager.push_back({t.Plain(week ? "statistics.month" : "statistics.week"),
                   Action(ShowStatistics{week ? CountedPeriod::kMonth : CountedPeriod::kWeek,
                                         runs ? std::nullopt : std::optional(first)})});
  if (!runs) pager.push_back({"▶", Action(ShowStatistics{period, next})});
  screen.rows.push_back(std::move(pager));
  screen.rows.push_back(
      {{t.Plain("statistics.picture"), Action(SendStatisticsPicture{period, first})},
       {t.Plain("statistics.file"), Action(SendStatisticsFile{period, first})}});
  screen.rows.push_back({PracticeButton(reader)});
  return screen;
}

std::string StatisticsTable(const Reader& reader, const v1::Statistics& statistics) {
  const Texts& t = reader.t();
  const TableSigns signs = t.language() == "en" ? TableSigns{',', '.'} : TableSigns{};
  std::vector<std::string> currencies;
  for (const v1::Money& money : statistics.total().revenue()) {
    currencies.push_back(money.currency_code());
  }
  std::string table = kByteOrderMark;
  const char* const kColumns[] = {"statistics.column_day",      "statistics.column_requested",
                                  "statistics.column_accepted", "statistics.column_completed",
                                  "statistics.column_missed",   "statistics.column_rejected",
                                  "statistics.column_cancelled"};
  for (const char* key : kColumns) {
    if (key != kColumns[0]) table += signs.comma;
    table += t.Plain(key);
  }
  for (const std::string& currency : currencies) {
    table += signs.comma + t.Plain("statistics.column_revenue", {{"currency", currency}});
  }
  table += "\r\n";
  for (const v1::Statistics::Day& day : statistics.days()) {
    const v1::Date& date = day.date();
    table += TableRow(fmt::format("{}-{:02}-{:02}", date.year(), date.month(), date.day()),
                      day.counts(), currencies, signs);
  }
  return table +
         TableRow(t.Plain("statistics.column_total"), statistics.total(), currencies, signs);
}

}  // namespace kalends::telegram
