#include "adapters/telegram/pictures/statistics.h"

#include <algorithm>
#include <string>
#include <vector>

#include "adapters/telegram/pictures/canvas.h"
#include "adapters/telegram/screens/statistics.h"

namespace kalends::telegram {
namespace {

// Small, so that what is written is large enough on a phone.
constexpr int kWidth = 640;
constexpr int kHeight = 420;
constexpr double kChartMargin = 24;
constexpr Box kPlot{64, 88, kWidth - 64 - kChartMargin, 236};
constexpr double kLegendTop = 368;
constexpr int kLinesMax = 4;

// What a bar is made of, from below.
struct BarPart {
  const char* key;
  Color color;
  int (*count)(const v1::Statistics::Counts& counts);
};
constexpr BarPart kBarParts[] = {
    {"statistics.legend_completed", colors::kGreen,
     [](const v1::Statistics::Counts& counts) -> int { return counts.completed(); }},
    {"statistics.legend_planned", colors::kBlue,
     [](const v1::Statistics::Counts& counts) -> int {
       return std::max(0, counts.accepted() - counts.completed() - counts.missed());
     }},
    {"statistics.legend_missed", colors::kOrange,
     [](const v1::Statistics::Counts& counts) -> int { return counts.missed(); }},
};

// The distance of lines: 1, 2, 5, 10 … so that few of them reach `highest`.
int StepFor(int highest) {
  for (int unit = 1;; unit *= 10) {
    for (const int step : {unit, 2 * unit, 5 * unit}) {
      if (step * kLinesMax >= highest) return step;
    }
  }
}

void DrawScale(Canvas& canvas, int step, int top) {
  for (int value = 0; value <= top; value += step) {
    const double y = kPlot.top + kPlot.height * (1 - static_cast<double>(value) / top);
    canvas.Fill({kPlot.left, y - 1, kPlot.width, 2}, colors::kRule);
    canvas.Write({0, y - 20, kPlot.left - 12, 40}, std::to_string(value),
                 {.size = 20, .color = colors::kFaint, .align = TextAlign::kRight});
  }
}

void DrawBar(Canvas& canvas, const Box& column, const v1::Statistics::Counts& counts, int top) {
  const double width = std::min(column.width * 0.7, 60.0);
  double y = kPlot.top + kPlot.height;
  for (const BarPart& part : kBarParts) {
    const double height = kPlot.height * part.count(counts) / top;
    y -= height;
    canvas.Fill({column.left + (column.width - width) / 2, y, width, height}, part.color);
  }
}

// Of a week the weekdays; of a month, where there is no room for all, each fifth day.
std::string DayLabel(const Reader& reader, const v1::Statistics& statistics,
                     date::year_month_day day) {
  if (PeriodOf(statistics) == CountedPeriod::kWeek) {
    const auto iso = static_cast<int>(date::weekday(date::sys_days(day)).iso_encoding());
    return reader.t().formats().WeekdayAbbreviation(iso, LinePlace::kAtStart) + " " +
           std::to_string(static_cast<unsigned>(day.day()));
  }
  const auto number = static_cast<unsigned>(day.day());
  return number == 1 || number % 5 == 0 ? std::to_string(number) : "";
}

void DrawLegend(Canvas& canvas, const Reader& reader) {
  constexpr double kSquare = 18;
  double left = kChartMargin;
  for (const BarPart& part : kBarParts) {
    const std::string label = reader.t().Plain(part.key);
    const TextStyle style{.size = 19};
    canvas.Fill({left, kLegendTop + 11, kSquare, kSquare}, part.color, 4);
    left += kSquare + 8;
    const double width = canvas.WidthOf(label, style) + 1;
    canvas.Write({left, kLegendTop, width, 40}, label, style);
    left += width + 20;
  }
}

}  // namespace

std::string StatisticsPicture(const Reader& reader, const v1::Statistics& statistics) {
  Canvas canvas(kWidth, kHeight, colors::kPaper);
  canvas.Write({kChartMargin, 16, kWidth - 2 * kChartMargin, 52}, PeriodName(reader, statistics),
               {.size = 30, .weight = TextWeight::kBold});
  int highest = 1;
  for (const auto& day : statistics.days()) highest = std::max(highest, day.counts().accepted());
  const int step = StepFor(highest);
  const int top = (highest + step - 1) / step * step;
  DrawScale(canvas, step, top);
  const double width = kPlot.width / std::max(1, statistics.days_size());
  for (int i = 0; i < statistics.days_size(); ++i) {
    const auto& day = statistics.days(i);
    const Box column{kPlot.left + i * width, kPlot.top, width, kPlot.height};
    DrawBar(canvas, column, day.counts(), top);
    const std::string label = DayLabel(reader, statistics, DayOf(day.date()));
    const double room = std::max(width, 60.0);
    canvas.Write({column.left + (width - room) / 2, kPlot.top + kPlot.height + 6, room, 36}, label,
                 {.size = 20, .color = colors::kFaint, .align = TextAlign::kCenter});
  }
  DrawLegend(canvas, reader);
  return canvas.Png();
}

}  // namespace kalends::telegram
