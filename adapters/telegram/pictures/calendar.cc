#include "adapters/telegram/pictures/calendar.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "adapters/shared/safe_text.h"
#include "adapters/telegram/pictures/canvas.h"
#include "adapters/telegram/screens/appointments.h"

namespace kalends::telegram {
namespace {

constexpr double kMargin = 24;
constexpr double kTitleHeight = 84;
constexpr double kHeadHeight = 64;
constexpr double kAxisWidth = 88;
constexpr double kFootHeight = 72;
constexpr double kHourHeight = 84;
constexpr double kNarrowHourHeight = 110;  // Where clocks and names stand below each other.
constexpr double kBlockGap = 3;
constexpr double kLineHeight = 28;  // Of texts in blocks.
constexpr double kWideBlock = 400;  // Wide enough for all in one line.
constexpr double kClockWidth = 200;
constexpr std::size_t kLanesMax = 4;  // Side by side; more lie upon each other.
constexpr int kMinutesPerDay = 24 * 60;
constexpr int kFirstHourShown = 8;  // Where nothing says otherwise.
constexpr int kLastHour = 18;

struct Palette {
  Color ground, ink, faint, grid, open, closed, now;
};
// 0xRRGGBB.
constexpr Color Rgb(unsigned rgb) {
  const auto part = [rgb](unsigned shift) {
    return static_cast<double>((rgb >> shift) & 0xFFU) / 255;
  };
  return {part(16), part(8), part(0)};
}

constexpr Palette kLightPalette{.ground = Rgb(0xF6F7F9),
                                .ink = Rgb(0x1B1F24),
                                .faint = Rgb(0x5F6874),
                                .grid = Rgb(0xD9DDE2),
                                .open = Rgb(0xFFFFFF),
                                .closed = Rgb(0xE9EBEE),
                                .now = Rgb(0xC62828)};
constexpr Palette kDarkPalette{.ground = Rgb(0x15171B),
                               .ink = Rgb(0xECEFF4),
                               .faint = Rgb(0xA3ACB8),
                               .grid = Rgb(0x343941),
                               .open = Rgb(0x23272E),
                               .closed = Rgb(0x1A1D22),
                               .now = Rgb(0xFF6B60)};

struct StatusLook {
  v1::Appointment::Status status;
  const char* label;
  Color color;
};
constexpr std::array kLooks = {
    StatusLook{v1::Appointment::STATUS_ACCEPTED, "status.accepted", Rgb(0x2E9E5B)},
    StatusLook{v1::Appointment::STATUS_PENDING, "status.pending", Rgb(0xE0A100)},
    StatusLook{v1::Appointment::STATUS_COMPLETED, "status.completed", Rgb(0x5B7FA6)},
    StatusLook{v1::Appointment::STATUS_MISSED, "status.missed", Rgb(0xC2493D)},
};

Color ColorOf(v1::Appointment::Status status) {
  for (const StatusLook& look : kLooks) {
    if (look.status == status) return look.color;
  }
  return kLooks.front().color;
}

// `part` of `a` and the rest of `b`.
Color Mix(const Color& a, const Color& b, double part) {
  const auto mixed = [part](double x, double y) { return x * part + y * (1 - part); };
  return {mixed(a.red, b.red), mixed(a.green, b.green), mixed(a.blue, b.blue)};
}

// What one column shows, of one day and one person, or of all where there is a column for each day.
struct Column {
  date::year_month_day day;
  std::string head;
  std::vector<Workload> people;
};

std::vector<Column> ColumnsOf(const Reader& reader, const CalendarView& view) {
  const Formats& formats = reader.t().formats();
  std::vector<Column> columns;
  if (view.days == 1) {
    for (const Workload& work : view.people) {
      columns.push_back({view.first, work.name, {PartOf(work, view.first, view.zone)}});
    }
    return columns;
  }
  for (int i = 0; i < view.days; ++i) {
    const date::sys_days at = date::sys_days(view.first) + date::days(i);
    const int weekday = static_cast<int>(date::weekday(at).iso_encoding());
    Column column{at,
                  fmt::format("{} {}", formats.WeekdayAbbreviation(weekday, LinePlace::kAtStart),
                              static_cast<unsigned>(date::year_month_day(at).day())),
                  {}};
    for (const Workload& work : view.people) {
      column.people.push_back(PartOf(work, at, view.zone));
    }
    columns.push_back(std::move(column));
  }
  return columns;
}

// Minutes of the wall clock from the beginning of `day` on; what is of the next day is its end.
int MinuteOfDay(std::string_view zone, date::year_month_day day, Instant at) {
  const auto since = ToLocal(zone, at).time - date::local_days(day);
  const auto minutes = std::chrono::floor<std::chrono::minutes>(since).count();
  return static_cast<int>(std::clamp<std::int64_t>(minutes, 0, kMinutesPerDay));
}

struct HourRange {
  int first = 24;
  int last = 0;

  void Take(int from_minute, int to_minute) {
    first = std::min(first, from_minute / 60);
    last = std::max(last, (to_minute + 59) / 60);
  }
};

HourRange HoursOf(const CalendarView& view, const std::vector<Column>& columns) {
  HourRange hours;
  const auto take = [&](const Column& column, Instant start, Instant end) {
    hours.Take(MinuteOfDay(view.zone, column.day, start), MinuteOfDay(view.zone, column.day, end));
  };
  for (const Column& column : columns) {
    for (const Workload& work : column.people) {
      for (const TimeSpan& span : work.open) take(column, span.start, span.end);
      for (const v1::Appointment& appointment : work.appointments) {
        take(column, InstantOf(appointment.start_time()), InstantOf(appointment.end_time()));
      }
    }
  }
  return hours.first < hours.last ? hours : HourRange{kFirstHourShown, kLastHour};
}

// An appointment in its column.
struct Block {
  const v1::Appointment* appointment;
  int from = 0;  // Minutes of the day.
  int to = 0;
  std::size_t lane = 0;  // Of `lanes` beside each other.
  std::size_t lanes = 1;
};

// Gives those that overlap, directly or by way of others, lanes beside each other: each the first
// one with room.
void SetLanes(std::span<Block> together) {
  std::vector<int> taken_to;
  for (Block& block : together) {
    const auto room =
        std::ranges::find_if(taken_to, [&](int taken) { return taken <= block.from; });
    block.lane = static_cast<std::size_t>(room - taken_to.begin());
    if (room == taken_to.end() && taken_to.size() < kLanesMax) {
      taken_to.push_back(block.to);
      continue;
    }
    block.lane = std::min(block.lane, kLanesMax - 1);
    taken_to[block.lane] = std::max(taken_to[block.lane], block.to);
  }
  for (Block& block : together) block.lanes = taken_to.size();
}

std::vector<Block> BlocksOf(const CalendarView& view, const Column& column) {
  std::vector<Block> blocks;
  for (const Workload& work : column.people) {
    for (const v1::Appointment& appointment : work.appointments) {
      blocks.push_back({&appointment,
                        MinuteOfDay(view.zone, column.day, InstantOf(appointment.start_time())),
                        MinuteOfDay(view.zone, column.day, InstantOf(appointment.end_time()))});
    }
  }
  std::ranges::stable_sort(blocks, {}, &Block::from);
  for (std::size_t first = 0, next = 0; first < blocks.size(); first = next) {
    int end = 0;
    for (next = first; next < blocks.size() && (next == first || blocks[next].from < end); ++next) {
      end = std::max(end, blocks[next].to);
    }
    SetLanes(std::span(blocks).subspan(first, next - first));
  }
  return blocks;
}

class Painter {
 public:
  Painter(const Reader& reader, const CalendarView& view, PictureTheme theme)
      : reader_(reader),
        view_(view),
        palette_(theme == PictureTheme::kLight ? kLightPalette : kDarkPalette),
        tint_(theme == PictureTheme::kLight ? 0.20 : 0.34),
        columns_(ColumnsOf(reader, view)),
        hours_(HoursOf(view, columns_)),
        hour_height_(columns_.size() > 2 ? kNarrowHourHeight : kHourHeight),
        head_(view.days > 1 || view.people.size() > 1 ? kHeadHeight : 0),
        canvas_(kCalendarPictureWidth, static_cast<int>(Bottom() + kFootHeight), palette_.ground) {}

  std::string Paint() {
    PaintTitle();
    for (std::size_t i = 0; i < columns_.size(); ++i) PaintGround(i);
    PaintHours();
    for (std::size_t i = 0; i < columns_.size(); ++i) PaintAppointments(i);
    PaintFoot();
    return canvas_.Png();
  }

 private:
  double Top() const { return kTitleHeight + head_; }
  double Bottom() const { return Top() + (hours_.last - hours_.first) * hour_height_; }
  double At(int minute) const { return Top() + (minute - hours_.first * 60) * hour_height_ / 60; }
  double ColumnWidth() const {
    const double width = kCalendarPictureWidth - kAxisWidth - kMargin;
    return width / static_cast<double>(std::max<std::size_t>(columns_.size(), 1));
  }
  double Left(std::size_t column) const {
    return kAxisWidth + ColumnWidth() * static_cast<double>(column);
  }
  Box SpanBox(std::size_t column, const TimeSpan& span) const {
    const date::year_month_day day = columns_[column].day;
    const double top = std::max(At(MinuteOfDay(view_.zone, day, span.start)), Top());
    const double end = std::min(At(MinuteOfDay(view_.zone, day, span.end)), Bottom());
    return {Left(column), top, ColumnWidth(), std::max(end - top, 0.0)};
  }

  void PaintTitle() {
    const Formats& formats = reader_.t().formats();
    std::string title = formats.Date(view_.first, LinePlace::kAtStart);
    if (view_.days > 1) {
      const date::sys_days last = date::sys_days(view_.first) + date::days(view_.days - 1);
      title = formats.ShortDate(view_.first, LinePlace::kAtStart) + " – " + formats.ShortDate(last);
    }
    if (!view_.specialist.empty() && !view_.people.empty()) {
      title += " · " + SafeText(view_.people[0].name);
    }
    canvas_.Write({kMargin, 18, kCalendarPictureWidth - 2 * kMargin, 52}, title,
                  {.size = 38, .color = palette_.ink, .weight = TextWeight::kBold});
  }

  void PaintGround(std::size_t column) {
    const double width = ColumnWidth();
    canvas_.Fill({Left(column), Top(), width, Bottom() - Top()}, palette_.closed);
    for (const Workload& work : columns_[column].people) {
      for (const TimeSpan& span : work.open) canvas_.Fill(SpanBox(column, span), palette_.open);
    }
    for (const Workload& work : columns_[column].people) {
      for (const ClosedTime& closed : work.closed) PaintClosed(column, closed);
    }
    if (head_ == 0) return;
    const bool today = view_.days > 1 && columns_[column].day == Today();
    canvas_.Write({Left(column), kTitleHeight + 14, width, 40}, SafeText(columns_[column].head),
                  {.size = 28,
                   .color = today ? palette_.now : palette_.ink,
                   .align = TextAlign::kCenter,
                   .weight = today ? TextWeight::kBold : TextWeight::kNormal});
  }

  void PaintClosed(std::size_t column, const ClosedTime& closed) {
    Box box = SpanBox(column, closed.span);
    if (box.height <= 0) return;
    canvas_.Fill(box, palette_.closed);
    const std::string label =
        closed.label.empty() ? reader_.t().Plain("calendar.closed") : SafeText(closed.label);
    box.top += 8;
    box.height = std::min(box.height, 32.0);
    canvas_.Write(box, label, {.size = 22, .color = palette_.faint, .align = TextAlign::kCenter});
  }

  void PaintHours() {
    for (int hour = hours_.first; hour <= hours_.last; ++hour) {
      const double y = std::floor(At(hour * 60));
      canvas_.Fill({kAxisWidth, y, kCalendarPictureWidth - kMargin - kAxisWidth, 1}, palette_.grid);
      if (hour == hours_.last) continue;
      canvas_.Write({0, y + 4, kAxisWidth - 12, 32}, fmt::format("{:02}:00", hour),
                    {.size = 24, .color = palette_.faint, .align = TextAlign::kRight});
    }
    for (std::size_t i = 0; i <= columns_.size(); ++i) {
      const double x = std::floor(Left(i));
      canvas_.Fill({x, Top(), 1, Bottom() - Top()}, palette_.grid);
    }
  }

  void PaintAppointments(std::size_t column) {
    for (const Block& block : BlocksOf(view_, columns_[column])) {
      const double width = ColumnWidth() / static_cast<double>(block.lanes);
      PaintBlock(block, {Left(column) + width * static_cast<double>(block.lane) + kBlockGap,
                         At(block.from) + kBlockGap / 2, width - 2 * kBlockGap,
                         At(block.to) - At(block.from) - kBlockGap});
    }
    if (columns_[column].day != Today()) return;
    const double y = At(MinuteOfDay(view_.zone, columns_[column].day, reader_.now));
    if (y < Top() || y > Bottom()) return;
    canvas_.Fill({Left(column), y - 1.5, ColumnWidth(), 3}, palette_.now);
  }

  void PaintBlock(const Block& block, const Box& box) {
    const v1::Appointment& appointment = *block.appointment;
    const Color color = ColorOf(appointment.status());
    canvas_.Fill(box, Mix(color, palette_.open, tint_), 6);
    canvas_.Fill({box.left, box.top, 7, box.height}, color, 3);
    const Box line{box.left + 14, box.top + 2, box.width - 18,
                   std::min(box.height - 4, kLineHeight)};
    if (box.width > kWideBlock) {
      const TextStyle bold{.size = 21, .color = palette_.ink, .weight = TextWeight::kBold};
      const std::string name = SafeText(OtherName(appointment, Side::kProvider));
      canvas_.Write({line.left, line.top, kClockWidth, line.height}, ClockOf(appointment), bold);
      const std::string& service = appointment.service_display_name();
      canvas_.Write({line.left + kClockWidth, line.top, line.width - kClockWidth, line.height},
                    service.empty() ? name : name + " · " + SafeText(service),
                    {.size = 21, .color = palette_.ink});
      return;
    }
    WriteLines(LinesOf(appointment, line, box.top + box.height), line);
  }

  struct Line {
    std::string text;
    TextStyle style;
  };
  // As many as there is room for down to `bottom`: with little, the clocks share lines with the
  // name.
  std::vector<Line> LinesOf(const v1::Appointment& appointment, const Box& line,
                            double bottom) const {
    const TextStyle bold{.size = 21, .color = palette_.ink, .weight = TextWeight::kBold};
    const TextStyle plain{.size = 21, .color = palette_.ink};
    const TextStyle faint{.size = 19, .color = palette_.faint};
    const std::string name = SafeText(OtherName(appointment, Side::kProvider));
    const std::string clocks = ClockOf(appointment);
    const std::size_t split = std::min(clocks.find(' '), clocks.size());
    const std::string here = clocks.substr(0, split);
    const std::string there = split < clocks.size() ? clocks.substr(split + 1) : "";
    const auto room = static_cast<int>((bottom - line.top + 4) / kLineHeight);
    if (canvas_.WidthOf(here, bold) > line.width) return {{name, plain}};
    if (room <= 1) return {{here + " " + name, plain}};
    if (canvas_.WidthOf(clocks, bold) <= line.width) return {{clocks, bold}, {name, plain}};
    if (room == 2) return {{here, bold}, {there + " " + name, plain}};
    return {{here, bold}, {name, plain}, {there, faint}};
  }

  void WriteLines(const std::vector<Line>& lines, const Box& first) {
    double top = first.top;
    for (const Line& line : lines) {
      canvas_.Write({first.left, top, first.width, first.height}, line.text, line.style);
      top += kLineHeight;
    }
  }

  // "09:00", and where the customer's clock shows another time, that in brackets.
  std::string ClockOf(const v1::Appointment& appointment) const {
    return ShortClock(view_.zone, appointment.customer_time_zone(),
                      InstantOf(appointment.start_time()));
  }

  void PaintFoot() {
    double left = kAxisWidth;
    const double top = Bottom() + 24;
    for (const StatusLook& look : kLooks) {
      canvas_.Fill({left, top + 3, 22, 22}, look.color, 4);
      const std::string label = reader_.t().Plain(look.label);
      canvas_.Write({left + 32, top - 2, 206, 34}, label, {.size = 22, .color = palette_.faint});
      left += 240;
    }
  }

  date::year_month_day Today() const { return ToLocal(view_.zone, reader_.now).day(); }

  const Reader& reader_;
  const CalendarView& view_;
  const Palette& palette_;
  double tint_;
  std::vector<Column> columns_;
  HourRange hours_;
  double hour_height_;
  double head_;
  Canvas canvas_;
};

}  // namespace

std::string CalendarPng(const Reader& reader, const CalendarView& view, PictureTheme theme) {
  return Painter(reader, view, theme).Paint();
}

}  // namespace kalends::telegram
