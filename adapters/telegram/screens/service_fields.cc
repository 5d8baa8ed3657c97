#include "adapters/telegram/screens/service_fields.h"

#include <fmt/format.h>

#include <span>

#include "adapters/telegram/actions/service_languages.h"
#include "adapters/telegram/actions/service_lists.h"
#include "adapters/telegram/html.h"

namespace kalends::telegram {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr minutes kMinute{1};
constexpr minutes kHour = hours(1);
constexpr minutes kDay = hours(24);
// What a field is called, what may be typed, and an example of it.
struct FieldTexts {
  const char* name;
  const char* hint;
  const char* example;  // Of a number; as every language understands it.
};
FieldTexts TextsOf(ServiceField field) {
  switch (field) {
    case ServiceField::kName:
      return {"catalog.name", "catalog.hint_name", ""};
    case ServiceField::kDescription:
      return {"catalog.text", "catalog.hint_text", ""};
    case ServiceField::kDuration:
      return {"catalog.duration", "catalog.hint_duration", "50 min"};
    case ServiceField::kPrice:
      return {"catalog.price", "catalog.hint_price", ""};
    case ServiceField::kPlace:
      return {"catalog.place", "catalog.hint_place", ""};
    case ServiceField::kBufferBefore:
      return {"catalog.buffer_before", "catalog.hint_buffer", "10 min"};
    case ServiceField::kBufferAfter:
      return {"catalog.buffer_after", "catalog.hint_buffer", "10 min"};
    case ServiceField::kStep:
      return {"catalog.step", "catalog.hint_step", "15 min"};
    case ServiceField::kMinimumNotice:
      return {"catalog.notice", "catalog.hint_notice", "24 h"};
    case ServiceField::kHorizon:
      return {"catalog.horizon", "catalog.hint_horizon", "60"};
    case ServiceField::kCancellation:
      return {"catalog.cancellation", "catalog.hint_cancellation", "24 h"};
    case ServiceField::kCapacity:
      return {"catalog.capacity", "catalog.hint_capacity", "8"};
    case ServiceField::kPaymentLink:
      return {"catalog.payment_link", "catalog.hint_payment_link", ""};
  }
  return {"", "", ""};
}

// What most choose: minutes, or seats.
std::span<const int> ChoicesOf(ServiceField field) {
  static constexpr int kDurations[] = {30, 45, 50, 60, 90, 120};
  static constexpr int kBuffers[] = {0, 5, 10, 15, 30, 60};
  static constexpr int kSteps[] = {10, 15, 20, 30, 60, 120};
  static constexpr int kNotices[] = {0, 60, 120, 720, 1440, 2880};
  static constexpr int kHorizons[] = {14 * 1440, 30 * 1440,  60 * 1440,
                                      90 * 1440, 180 * 1440, 365 * 1440};
  static constexpr int kSeats[] = {1, 2, 4, 6, 8, 10, 12, 20};
  switch (field) {
    case ServiceField::kDuration:
      return kDurations;
    case ServiceField::kBufferBefore:
    case ServiceField::kBufferAfter:
      return kBuffers;
    case ServiceField::kStep:
      return kSteps;
    case ServiceField::kMinimumNotice:
    case ServiceField::kCancellation:
      return kNotices;
    case ServiceField::kHorizon:
      return kHorizons;
    case ServiceField::kCapacity:
      return kSeats;
    default:
      return {};
  }
}

int NumberIn(const v1::Service& service, ServiceField field) {
  const auto length = [](const google::protobuf::Duration& duration) {
    return static_cast<int>(MinutesOf(duration).count());
  };
  switch (field) {
    case ServiceField::kDuration:
      return length(service.duration());
    case ServiceField::kBufferBefore:
      return length(service.buffer_before());
    case ServiceField::kBufferAfter:
      return length(service.buffer_after());
    case ServiceField::kStep:
      return length(service.step());
    case ServiceField::kMinimumNotice:
      return length(service.minimum_notice());
    case ServiceField::kHorizon:
      return length(service.horizon());
    case ServiceField::kCancellation:
      return length(service.cancellation_deadline());
    default:
      return std::max(1, service.capacity());
  }
}

// Of a number, as people say it. Plain.
std::string NumberText(const Texts& t, ServiceField field, int value) {
  if (field == ServiceField::kCapacity) return t.PlainCount("catalog.seats", value);
  return PeriodText(t, minutes(value));
}

// The same of what is set: no buffer is none, not one of 0 minutes.
std::string SetNumberText(const Texts& t, ServiceField field, int value) {
  return value == 0 ? t.Plain("catalog.no_length") : NumberText(t, field, value);
}

// Of any field. Plain; empty: there is none.
std::string ValueText(const Reader& reader, const v1::Service& service, ServiceField field) {
  switch (field) {
    case ServiceField::kName:
      return service.display_name();
    case ServiceField::kDescription:
      return service.description();
    case ServiceField::kPrice:
      return PriceText(reader, service.has_price() ? &service.price() : nullptr);
    case ServiceField::kPlace:
      return service.place();
    case ServiceField::kPaymentLink:
      return service.payment_link();
    default:
      return SetNumberText(reader.t(), field, NumberIn(service, field));
  }
}

// Where a field was asked for.
Action BackFrom(const ServiceId& service, ServiceField field) {
  const auto number = NumberFieldOf(field);
  if (number && number->group) return ShowServiceGroup{service, *number->group};
  return ShowService{service};
}

// "Ohne Puffer · Beginn alle 30 Min."
std::string BuffersText(const Reader& reader, const v1::Service& service) {
  const Texts& t = reader.t();
  const auto before = MinutesOf(service.buffer_before());
  const auto after = MinutesOf(service.buffer_after());
  const auto text = [&] {
    if (before.count() == 0 && after.count() == 0) return t.Html("catalog.no_buffers");
    if (after.count() == 0) return t.Html("catalog.only_before", {{"before", t.Duration(before)}});
    if (before.count() == 0) return t.Html("catalog.only_after", {{"after", t.Duration(after)}});
    return t.Html("catalog.buffers",
                  {{"before", t.Duration(before)}, {"after", t.Duration(after)}});
  };
  return text() + " · " +
         t.Html("catalog.steps", {{"length", PeriodText(t, MinutesOf(service.step()))}});
}

std::string DeadlinesText(const Reader& reader, const v1::Service& service) {
  const Texts& t = reader.t();
  const auto part = [&](const google::protobuf::Duration& length, const char* none,
                        const char* some) {
    const minutes value = MinutesOf(length);
    return value.count() == 0 ? t.Html(none) : t.Html(some, {{"length", PeriodText(t, value)}});
  };
  return part(service.minimum_notice(), "catalog.notice_none", "catalog.notice_some") + " · " +
         part(service.cancellation_deadline(), "catalog.cancellation_none",
              "catalog.cancellation_some") +
         " · " + part(service.horizon(), "catalog.horizon_some", "catalog.horizon_some");
}

std::string LanguagesText(const v1::Service& service) {
  std::vector<std::string> codes;
  for (const auto& [language, text] : service.translations()) codes.push_back(language);
  std::sort(codes.begin(), codes.end());
  return fmt::format("{}", fmt::join(codes, ", "));
}

std::string CardText(const Reader& reader, const v1::Service& service) {
  const Texts& t = reader.t();
  std::string text =
      ServiceTitle(reader, service) + "\n" + EscapeHtml(ServiceFacts(reader, service));
  if (service.capacity() > 1) text += " · " + t.HtmlCount("catalog.seats", service.capacity());
  if (!service.description().empty()) text += "\n" + DescriptionText(service.description());
  text += "\n📍 " + (service.place().empty() ? t.Html("catalog.no_place")
                                             : HtmlOf(Shorten(service.place(), 100)));
  text += "\n" + BuffersText(reader, service) + "\n" + DeadlinesText(reader, service);
  if (!service.translations().empty()) {
    text += "\n🌍 " + t.Html("catalog.languages_some", {{"languages", LanguagesText(service)}});
  }
  return text;
}

Button FieldButton(const Reader& reader, const ServiceId& id, ServiceField field) {
  return {reader.t().Plain(TextsOf(field).name), Action(AskServiceField{id, field})};
}

}  // namespace

std::string PeriodText(const Texts& texts, minutes length) {
  const bool whole_days = length % kDay == minutes(0) && length >= 2 * kDay;
  return whole_days ? texts.PlainCount("duration.days", static_cast<int>(length / kDay))
                    : texts.Duration(length);
}

std::optional<NumberField> NumberFieldOf(ServiceField field) {
  switch (field) {
    case ServiceField::kDuration:
      return NumberField{"duration", 5, 1440, kMinute};
    case ServiceField::kBufferBefore:
      return NumberField{"buffer_before", 0, 720, kMinute, ServiceGroup::kBuffers};
    case ServiceField::kBufferAfter:
      return NumberField{"buffer_after", 0, 720, kMinute, ServiceGroup::kBuffers};
    case ServiceField::kStep:
      return NumberField{"step", 5, 1440, kMinute, ServiceGroup::kBuffers};
    case ServiceField::kMinimumNotice:
      return NumberField{"minimum_notice", 0, 527040, kHour, ServiceGroup::kDeadlines};
    case ServiceField::kHorizon:
      return NumberField{"horizon", 1440, 1581120, kDay, ServiceGroup::kDeadlines};
    case ServiceField::kCancellation:
      return NumberField{"cancellation_deadline", 0, 527040, kHour, ServiceGroup::kDeadlines};
    case ServiceField::kCapacity:
      return NumberField{"capacity", 1, 500, minutes(0)};
    default:
      return std::nullopt;
  }
}

void SetNumber(v1::Service& service, ServiceField field, int value) {
  const auto set = [&](google::protobuf::Duration* length) {
    length->set_seconds(std::int64_t{value} * 60);
  };
  switch (field) {
    case ServiceField::kDuration:
      return set(service.mutable_duration());
    case ServiceField::kBufferBefore:
      return set(service.mutable_buffer_before());
    case ServiceField::kBufferAfter:
      return set(service.mutable_buffer_after());
    case ServiceField::kStep:
      return set(service.mutable_step());
    case ServiceField::kMinimumNotice:
      return set(service.mutable_minimum_notice());
    case ServiceField::kHorizon:
      return set(service.mutable_horizon());
    case ServiceField::kCancellation:
      return set(service.mutable_cancellation_deadline());
    default:
      service.set_capacity(value);
  }
}

std::optional<int> ParseNumber(ServiceField field, std::string_view text) {
  const auto number = NumberFieldOf(field);
  if (!number) return std::nullopt;
  if (field == ServiceField::kCapacity) return ParseSeats(text);
  const auto length = ParsePeriod(text, number->bare);
  return length ? std::optional(static_cast<int>(length->count())) : std::nullopt;
}

Screen ServiceCardScreen(const Reader& reader, const ServiceCardView& view) {
  const Texts& t = reader.t();
  const v1::Service& service = view.service;
  const ServiceId id = ServiceId::Of(service.name());
  Screen screen{.text = CardText(reader, service), .rows = {}};
  if (!view.heading.empty()) screen.text = view.heading + "\n\n" + screen.text;
  if (service.archived()) {
    screen.text += "\n\n" + t.Html("catalog.is_archived");
    screen.rows = {
        {{t.Plain("catalog.offer_again"), Action(Unarchive{id, view.nonce}), Style::kSuccess}},
        BackAndHome(reader, ShowArchive{})};
    return screen;
  }
  const auto field = [&](ServiceField some) { return FieldButton(reader, id, some); };
  screen.rows = {
      {field(ServiceField::kName), field(ServiceField::kDuration), field(ServiceField::kPrice),
       field(ServiceField::kDescription)},
      {field(ServiceField::kPlace),
       {t.Plain("catalog.buffer"), Action(ShowServiceGroup{id, ServiceGroup::kBuffers})},
       {t.Plain("catalog.deadlines"), Action(ShowServiceGroup{id, ServiceGroup::kDeadlines})},
       field(ServiceField::kCapacity)},
      {service.auto_accept() ? Button{t.Plain("catalog.auto_on"),
                                      Action(SetAutoAccept{id, AutoAccept::kOff, view.nonce})}
                             : Button{t.Plain("catalog.auto_off"),
                                      Action(SetAutoAccept{id, AutoAccept::kOn, view.nonce})},
       field(ServiceField::kPaymentLink)},
      {{t.Plain("catalog.languages"), Action(ShowServiceLanguages{id})},
       {t.Plain("catalog.order"), Action(ShowServiceOrder{id})},
       {t.Plain("catalog.archive"), Action(AskArchive{id})}},
      BackAndHome(reader, ShowServices{})};
  if (view.alone) screen.rows[3].erase(screen.rows[3].begin() + 1);
  if (view.kind == v1::PROVIDER_KIND_ORGANIZATION) {
    screen.rows[2].push_back({t.Plain("catalog.team"), Action(ShowServiceTeam{id})});
  }
  return screen;
}

Screen ServiceGroupScreen(const Reader& reader, const v1::Service& service, ServiceGroup group) {
  const Texts& t = reader.t();
  const ServiceId id = ServiceId::Of(service.name());
  const bool buffers = group == ServiceGroup::kBuffers;
  Screen screen{.text = ServiceTitle(reader, service) + "\n" +
                        (buffers ? BuffersText(reader, service) : DeadlinesText(reader, service)) +
                        "\n\n" +
                        t.Html(buffers ? "catalog.about_buffers" : "catalog.about_deadlines"),
                .rows = {}};
  for (int i = 0; i <= static_cast<int>(ServiceField::kMaxValue); ++i) {
    const auto field = static_cast<ServiceField>(i);
    const auto number = NumberFieldOf(field);
    if (!number || number->group != group) continue;
    screen.rows.push_back(
        {{t.Plain(TextsOf(field).name) + ": " + SetNumberText(t, field, NumberIn(service, field)),
          Action(AskServiceField{id, field})}});
  }
  screen.rows.push_back(BackAndHome(reader, ShowService{id}));
  return screen;
}

Screen AskServiceFieldScreen(const Reader& reader, const v1::Service& service, ServiceField field,
                             std::string_view likely, Nonce nonce) {
  const Texts& t = reader.t();
  const ServiceId id = ServiceId::Of(service.name());
  const FieldTexts texts = TextsOf(field);
  const std::string value = ValueText(reader, service, field);
  Screen screen{.text = ServiceTitle(reader, service) + "\n" +
                        FieldLine(reader, texts.name, value) + "\n\n" +
                        t.Html(texts.hint, {{"money", t.formats().Money(likely, 8000)},
                                            {"appointment", "{appointment}"},
                                            {"amount", "{amount}"},
                                            {"currency", "{currency}"}}),
                .rows = {}};
  std::vector<Button> choices;
  for (const int choice : ChoicesOf(field)) {
    choices.push_back(
        {SetNumberText(t, field, choice), Action(SetServiceNumber{id, field, choice, nonce})});
  }
  AppendGrid(screen.rows, std::move(choices), field == ServiceField::kCapacity ? 4 : 3);
  if (field == ServiceField::kCapacity && service.capacity() > 1) {
    screen.rows.push_back({{t.Plain("catalog.participants"), Action(ShowSessions{id})}});
  }
  const bool is_text = ChoicesOf(field).empty() && field != ServiceField::kName;
  const bool has_some =
      field == ServiceField::kPrice ? service.price().minor_units() > 0 : !value.empty();
  if (is_text && has_some) {
    screen.rows.push_back(
        {{t.Plain(field == ServiceField::kPrice ? "catalog.free" : "catalog.remove"),
          Action(ClearServiceField{id, field, nonce})}});
  }
  screen.rows.push_back(BackAndHome(reader, BackFrom(id, field)));
  return screen;
}

std::string DoesNotFitText(const Reader& reader, ServiceField field, std::string_view likely) {
  const Texts& t = reader.t();
  if (const auto number = NumberFieldOf(field)) {
    return t.Html("catalog.bad_number", {{"min", NumberText(t, field, number->min)},
                                         {"max", NumberText(t, field, number->max)},
                                         {"example", TextsOf(field).example}});
  }
  return field == ServiceField::kPrice
             ? t.Html("catalog.bad_price", {{"money", t.formats().Money(likely, 8000)}})
             : t.Html("catalog.bad_payment_link");
}

}  // namespace kalends::telegram
