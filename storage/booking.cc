#include "storage/booking.h"

#include <fmt/format.h>

#include <limits>

#include "core/base/limits.h"
#include "storage/sealed.h"
#include "storage/values.h"

namespace kalends::storage {
namespace {

constexpr std::string_view kColumns =
    "id, provider_id, specialist_id, customer_id, service_id, service_name, start_s, end_s,"
    " hold_start_s, hold_end_s, status, capacity, price_minor, price_currency, place,"
    " proposals_s, created_s, version, note, agreed_wall_s, agreed_zone, agreed_offset_s,"
    " agreed_rules, lost_to_wall_s, reminded_s";

std::optional<core::AgreedTime> ReadAgreedTime(const Row& row, int column) {
  if (row.IsNull(column)) return std::nullopt;
  core::AgreedTime agreed;
  agreed.wall = LocalAt(row, column);
  agreed.zone = row.Text(column + 1);
  agreed.offset = std::chrono::seconds(NumberAt(row, column + 2));
  agreed.rules = row.Text(column + 3);
  if (!row.IsNull(column + 4)) agreed.lost_to = LocalAt(row, column + 4);
  return agreed;
}

Place MeetingPlacePlace(core::AppointmentId id) { return Place("appointments.place", id); }
Place ChangeReasonPlace(core::AppointmentId id, std::int64_t position) {
  return Place("status_changes.reason", id, position);
}

core::Appointment ReadAppointment(const Row& row) {
  core::Appointment appointment;
  appointment.id = IdAt<core::AppointmentId>(row, 0);
  appointment.provider = IdAt<core::ProviderId>(row, 1);
  appointment.specialist = IdAt<core::ProviderId>(row, 2);
  appointment.customer = IdAt<core::AccountId>(row, 3);
  appointment.service = OptionalIdAt<core::ServiceId>(row, 4);
  appointment.service_name = WordsAt(row, 5);
  appointment.interval = IntervalAt(row, 6, 7);
  appointment.hold = IntervalAt(row, 8, 9);
  appointment.status = ParsedAt(row, 10, core::ParseAppointmentStatus);
  appointment.capacity = NumberAt(row, 11);
  appointment.price = {row.Int(12), row.Text(13)};
  appointment.place = OpenedAt(row, 14, MeetingPlacePlace(appointment.id));
  appointment.proposals = InstantsAt(row, 15);
  appointment.created = InstantAt(row, 16);
  appointment.version = row.Int(17);
  appointment.note = row.Text(18);
  appointment.agreed = ReadAgreedTime(row, 19);
  appointment.reminded = OptionalInstantAt(row, 24);
  return appointment;
}

std::string ProposalsText(const core::Appointment& appointment) {
  std::vector<std::int64_t> starts;
  starts.reserve(appointment.proposals.size());
  for (const core::Instant start : appointment.proposals) {
    starts.push_back(core::ToUnixSeconds(start));
  }
  return JoinNumbers(starts);
}

core::StatusChange ReadStatusChange(core::AppointmentId id, const Row& row) {
  core::StatusChange change;
  if (!row.IsNull(0)) change.from = ParsedAt(row, 0, core::ParseAppointmentStatus);
  change.to = ParsedAt(row, 1, core::ParseAppointmentStatus);
  change.when = InstantAt(row, 2);
  change.actor = ParsedAt(row, 3, core::ParseActor);
  change.account = OptionalIdAt<core::AccountId>(row, 4);
  change.reason = OpenedAt(row, 5, ChangeReasonPlace(id, row.Int(7)));
  change.key = OptionalIdAt<core::ApiKeyId>(row, 6);
  change.other = OptionalIdAt<core::AppointmentId>(row, 8);
  change.previous_start = OptionalInstantAt(row, 9);
  return change;
}

// A list as either whose asks for it; the whose is $1. What a provider was booked for and what it
// keeps for an organization lie in two indexes, which are merged.
struct WhoseQuery {
  std::string as_customer;
  std::string as_provider;
  std::string between;  // The provider is the value `last`.

  WhoseQuery(std::string_view condition, std::string_view order, int last)
      : as_customer(fmt::format("SELECT {} FROM appointments WHERE customer_id = $1 AND {} {}",
                                kColumns, condition, order)),
        as_provider(
            fmt::format("SELECT {0} FROM appointments WHERE provider_id = $1 AND {1} UNION ALL"
                        " SELECT {0} FROM appointments"
                        " WHERE specialist_id = $1 AND specialist_id <> provider_id AND {1}"
                        // Of whom they work for no longer, nothing.
                        " AND NOT EXISTS (SELECT 1 FROM staff WHERE organization_id = provider_id"
                        " AND staff.specialist_id = $1 AND ended_s IS NOT NULL) {2}",
                        kColumns, condition, order)),
        // The plus keeps to the customer's rows: the provider's index has more of them.
        between(fmt::format("SELECT {} FROM appointments WHERE customer_id = $1 AND {}"
                            " AND +provider_id = ${} {}",
                            kColumns, condition, last, order)) {}
};

// As whoever asks; `values` come behind the first, which is whose they are.
std::vector<core::Appointment> List(Transaction& tx, const WhoseQuery& query, const Whose& whose,
                                    std::initializer_list<Value> values) {
  std::vector<Value> all(1, nullptr);
  all.insert(all.end(), values);
  const auto run = [&](std::string_view sql, const Value& first) {
    all.front() = first;
    std::vector<core::Appointment> rows;
    tx.Query(sql, all, [&](const Row& row) {
      auto one = IfReadable(tx, [&] { return ReadAppointment(row); });
      if (one) rows.push_back(*std::move(one));
    });
    return rows;
  };
  if (const auto* customer = std::get_if<AsCustomer>(&whose)) {
    return run(query.as_customer, ToValue(customer->customer));
  }
  if (const auto* provider = std::get_if<AsProvider>(&whose)) {
    return run(query.as_provider, ToValue(provider->provider));
  }
  const Between& both = std::get<Between>(whose);
  all.push_back(ToValue(both.provider));
  return run(query.between, ToValue(both.customer));
}

// Just before everything at `instant`; no id is negative.
AppointmentCursor JustBefore(core::Instant instant) { return {instant, {-1}}; }

AppointmentCursor Later(const std::optional<AppointmentCursor>& after, core::Instant earliest) {
  return after && after->at >= earliest ? *after : JustBefore(earliest);
}

std::vector<core::Appointment> List(Transaction& tx, std::string_view sql,
                                    std::initializer_list<Value> values) {
  return RowsOf(tx, sql, values, ReadAppointment);
}

// The columns of an agreed time. The driver refuses an appointment without one.
struct AgreedValues {
  Value wall = nullptr;
  Value zone = nullptr;
  Value offset = nullptr;
  Value rules = nullptr;
  Value lost_to = nullptr;

  explicit AgreedValues(const std::optional<core::AgreedTime>& agreed) {
    if (!agreed) return;
    wall = ToValue(agreed->wall);
    zone = agreed->zone;
    offset = std::int64_t{agreed->offset.count()};
    rules = agreed->rules;
    lost_to = ToValue(agreed->lost_to);
  }
};

// Where appointments wait that make room for each other: far behind all that anybody can book, each
// days from the next.
constexpr core::Instant kAside{std::chrono::seconds(std::int64_t{1} << 40)};
constexpr std::chrono::seconds kAsideStep = 2 * core::kHoldMax;

}  // namespace

void InsertAppointment(Transaction& tx, const core::Appointment& appointment) {
  const AgreedValues agreed(appointment.agreed);
  tx.Execute(
      "INSERT INTO appointments (id, provider_id, specialist_id, customer_id, service_id,"
      " service_name, start_s, end_s, hold_start_s, hold_end_s, status, capacity, price_minor,"
      " price_currency, place, proposals_s, created_s, version, note, agreed_wall_s, agreed_zone,"
      " agreed_offset_s, agreed_rules, lost_to_wall_s) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9,"
      " $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)",
      {ToValue(appointment.id),
       ToValue(appointment.provider),
       ToValue(appointment.specialist),
       ToValue(appointment.customer),
       ToValue(appointment.service),
       appointment.service_name,
       ToValue(appointment.interval.start),
       ToValue(appointment.interval.end),
       ToValue(appointment.hold.start),
       ToValue(appointment.hold.end),
       core::NameOf(appointment.status),
       appointment.capacity,
       appointment.price.minor_units,
       appointment.price.currency_code,
       Sealed(tx, appointment.place, MeetingPlacePlace(appointment.id)),
       ProposalsText(appointment),
       ToValue(appointment.created),
       appointment.version,
       Blob{appointment.note},
       agreed.wall,
       agreed.zone,
       agreed.offset,
       agreed.rules,
       agreed.lost_to});
}

void UpdateAppointment(Transaction& tx, const core::Appointment& appointment) {
  const AgreedValues agreed(appointment.agreed);
  tx.Execute(
      "UPDATE appointments SET service_id = $2, service_name = CASE $3 WHEN '\uFFFD' THEN "
      "service_name ELSE $3 END, start_s = $4, end_s = $5,"
      " hold_start_s = $6, hold_end_s = $7, status = $8, capacity = $9, price_minor = $10,"
      " price_currency = $11, place = $12, proposals_s = $13, version = $14, agreed_wall_s = $15,"
      " agreed_zone = $16, agreed_offset_s = $17, agreed_rules = $18, lost_to_wall_s = $19,"
      " specialist_id = $20 WHERE id = $1",
      {ToValue(appointment.id),
       ToValue(appointment.service),
       appointment.service_name,
       ToValue(appointment.interval.start),
       ToValue(appointment.interval.end),
       ToValue(appointment.hold.start),
       ToValue(appointment.hold.end),
       core::NameOf(appointment.status),
       appointment.capacity,
       appointment.price.minor_units,
       appointment.price.currency_code,
       Sealed(tx, appointment.place, MeetingPlacePlace(appointment.id)),
       ProposalsText(appointment),
       appointment.version,
       agreed.wall,
       agreed.zone,
       agreed.offset,
       agreed.rules,
       agreed.lost_to,
       ToValue(appointment.specialist)});
}

void UpdateAppointmentsTogether(Transaction& tx,
                                const std::vector<core::Appointment>& appointments) {
  core::Instant aside = kAside;
  for (const core::Appointment& one : appointments) {
    const core::Interval& interval = one.interval;
    tx.Execute(
        "UPDATE appointments SET start_s = $2, end_s = $3, hold_start_s = $4, hold_end_s = $5"
        " WHERE id = $1",
        {ToValue(one.id), ToValue(aside), ToValue(aside + (interval.end - interval.start)),
         ToValue(aside - (interval.start - one.hold.start)),
         ToValue(aside + (one.hold.end - interval.start))});
    aside += kAsideStep;
  }
  for (const core::Appointment& one : appointments) UpdateAppointment(tx, one);
}

void UpdateAppointmentStatus(Transaction& tx, const core::Appointment& appointment) {
  tx.Execute("UPDATE appointments SET status = $2, proposals_s = $3, version = $4 WHERE id = $1",
             {ToValue(appointment.id), core::NameOf(appointment.status), ProposalsText(appointment),
              appointment.version});
}

std::optional<core::Appointment> FindAppointment(Transaction& tx, core::AppointmentId id) {
  static const std::string sql = fmt::format("SELECT {} FROM appointments WHERE id = $1", kColumns);
  return RowOf(tx, sql, {ToValue(id)}, ReadAppointment);
}

void InsertStatusChange(Transaction& tx, const core::Appointment& appointment,
                        const core::StatusChange& change) {
  const Value from = change.from ? Value(core::NameOf(*change.from)) : Value(nullptr);
  const std::int64_t position = NumberOf(
      tx, "SELECT coalesce(max(position), 0) + 1 FROM status_changes WHERE appointment_id = $1",
      {ToValue(appointment.id)});
  tx.Execute(
      "INSERT INTO status_changes (appointment_id, position, from_status, to_status, when_s,"
      " actor, account_id, key_id, reason, other_id, previous_start_s)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
      {ToValue(appointment.id), position, from, core::NameOf(change.to), ToValue(change.when),
       core::NameOf(change.actor), ToValue(change.account), ToValue(change.key),
       Sealed(tx, change.reason, ChangeReasonPlace(appointment.id, position)),
       ToValue(change.other), ToValue(change.previous_start)});
}

std::vector<core::StatusChange> HistoryOf(Transaction& tx, core::AppointmentId id) {
  return RowsOf(
      tx,
      "SELECT from_status, to_status, when_s, actor, account_id, reason, key_id, position,"
      " other_id, previous_start_s"
      " FROM status_changes WHERE appointment_id = $1 ORDER BY position",
      {ToValue(id)}, [&](const Row& row) { return ReadStatusChange(id, row); });
}

std::vector<core::Appointment> ListByStart(Transaction& tx, const Whose& whose,
                                           const core::Interval& within,
                                           const std::optional<AppointmentCursor>& after,
                                           int limit) {
  static const WhoseQuery query("(start_s, id) > ($2, $3) AND start_s < $4",
                                "ORDER BY start_s, id LIMIT $5", 6);
  const AppointmentCursor from = Later(after, within.start);
  return List(tx, query, whose, {ToValue(from.at), ToValue(from.id), ToValue(within.end), limit});
}

std::vector<core::Appointment> ListUpcoming(Transaction& tx, const Whose& whose, core::Instant now,
                                            const std::optional<AppointmentCursor>& after,
                                            int limit) {
  static const WhoseQuery query(
      "(start_s, id) > ($2, $3) AND end_s > $4 AND status IN ('PENDING', 'ACCEPTED')",
      "ORDER BY start_s, id LIMIT $5", 6);
  // What started earlier has ended; so the history is not looked at.
  const AppointmentCursor from = Later(after, now - core::kDurationMax);
  return List(tx, query, whose, {ToValue(from.at), ToValue(from.id), ToValue(now), limit});
}

std::vector<core::Appointment> ListPast(Transaction& tx, const Whose& whose, core::Instant now,
                                        const std::optional<AppointmentCursor>& before, int limit) {
  static const WhoseQuery query(
      "(start_s, id) < ($2, $3) AND (end_s <= $4 OR status NOT IN ('PENDING', 'ACCEPTED'))",
      "ORDER BY start_s DESC, id DESC LIMIT $5", 6);
  constexpr std::int64_t kAboveAllIds = std::numeric_limits<std::int64_t>::max();
  const AppointmentCursor from =
      before.value_or(AppointmentCursor{core::Instant::max(), {kAboveAllIds}});
  return List(tx, query, whose, {ToValue(from.at), ToValue(from.id), ToValue(now), limit});
}

std::vector<core::Appointment> ListPending(Transaction& tx, const Whose& whose,
                                           const std::optional<AppointmentCursor>& after,
                                           int limit) {
  static const WhoseQuery query("status = 'PENDING' AND id > $2", "ORDER BY id LIMIT $3", 4);
  const core::AppointmentId from = after ? after->id : core::AppointmentId{-1};
  return List(tx, query, whose, {ToValue(from), limit});
}

int CountPending(Transaction& tx, core::ProviderId provider, core::AccountId customer) {
  return static_cast<int>(NumberOf(tx,
                                   "SELECT count(*) FROM appointments WHERE customer_id = $2"
                                   " AND status = 'PENDING' AND provider_id = $1",
                                   {ToValue(provider), ToValue(customer)}));
}

std::optional<core::Instant> NthNewestRequest(Transaction& tx, core::ProviderId provider,
                                              core::AccountId customer,
                                              const core::Interval& within, int nth) {
  // The plus keeps to the customer's rows: the provider's index has more of them.
  return RowOf(tx,
               "SELECT created_s FROM appointments WHERE customer_id = $2 AND created_s > $3"
               " AND created_s <= $4 AND +provider_id = $1 ORDER BY created_s DESC"
               " LIMIT 1 OFFSET $5",
               {ToValue(provider), ToValue(customer), ToValue(within.start), ToValue(within.end),
                ToValue(nth - 1)},
               [](const Row& row) { return InstantAt(row, 0); });
}

int CountVisitsBefore(Transaction& tx, core::ProviderId provider, core::AccountId customer,
                      core::Instant start, int limit) {
  // The plus keeps to the customer's rows: the provider's index has more of them.
  return static_cast<int>(
      NumberOf(tx,
               "SELECT count(*) FROM (SELECT 1 FROM appointments WHERE customer_id = $2"
               " AND start_s < $3 AND +provider_id = $1"
               " AND status IN ('ACCEPTED', 'COMPLETED', 'MISSED') LIMIT $4) AS visits",
               {ToValue(provider), ToValue(customer), ToValue(start), ToValue(limit)}));
}

void SetReminded(Transaction& tx, core::AppointmentId id, core::Instant now) {
  tx.Execute("UPDATE appointments SET reminded_s = $2 WHERE id = $1", {ToValue(id), ToValue(now)});
}

std::optional<core::Instant> NthNewestReminder(Transaction& tx, core::ProviderId provider,
                                               core::AccountId customer,
                                               const core::Interval& within, int nth) {
  // Only what is ahead is reminded of, and what was in the last days: the history is not looked at.
  return RowOf(tx,
               "SELECT reminded_s FROM appointments WHERE customer_id = $2 AND start_s > $3"
               " AND provider_id = $1 AND reminded_s > $3 AND reminded_s <= $4"
               " ORDER BY reminded_s DESC LIMIT 1 OFFSET $5",
               {ToValue(provider), ToValue(customer), ToValue(within.start), ToValue(within.end),
                ToValue(nth - 1)},
               [](const Row& row) { return InstantAt(row, 0); });
}

std::vector<core::Interval> BookedTimes(Transaction& tx, core::ProviderId specialist,
                                        const core::Interval& within) {
  // Members of a session are one row; what was called off is none.
  return RowsOf(tx,
                "SELECT start_s, end_s FROM appointments WHERE provider_id = $1 AND start_s >= $2"
                " AND start_s < $3 AND specialist_id = $1"
                " AND status <> 'REJECTED' AND status <> 'CANCELLED'"
                " UNION SELECT start_s, end_s FROM appointments WHERE specialist_id = $1"
                " AND specialist_id <> provider_id AND start_s >= $2 AND start_s < $3"
                " AND status <> 'REJECTED' AND status <> 'CANCELLED'",
                {ToValue(specialist), ToValue(within.start), ToValue(within.end)},
                [](const Row& row) { return IntervalAt(row, 0, 1); });
}

bool HasOpenAppointment(Transaction& tx, core::ProviderId provider, core::AccountId customer,
                        core::Instant now) {
  // What started earlier has ended; so the history is not looked at.
  return HasRow(
      tx,
      "SELECT 1 FROM appointments WHERE customer_id = $2 AND start_s > $4"
      " AND provider_id = $1 AND end_s > $3 AND status IN ('PENDING', 'ACCEPTED')",
      {ToValue(provider), ToValue(customer), ToValue(now), ToValue(now - core::kDurationMax)});
}

std::vector<core::Appointment> HoldingAppointments(Transaction& tx, core::ProviderId specialist,
                                                   core::Instant since, int limit) {
  static const std::string sql = fmt::format(
      "SELECT {} FROM appointments WHERE specialist_id = $1"
      " AND status IN ('PENDING', 'ACCEPTED') AND hold_start_s > $2 AND end_s > $3"
      " ORDER BY start_s, id LIMIT $4",
      kColumns);
  return List(tx, sql,
              {ToValue(specialist), ToValue(since - core::kHoldMax), ToValue(since), limit});
}

std::optional<core::ProviderId> NextHoldingSpecialist(Transaction& tx, core::ProviderId after) {
  return RowOf(tx,
               "SELECT specialist_id FROM appointments WHERE status IN ('PENDING', 'ACCEPTED')"
               " AND specialist_id > $1 ORDER BY specialist_id LIMIT 1",
               {ToValue(after)}, [](const Row& row) { return IdAt<core::ProviderId>(row, 0); });
}

std::vector<core::Appointment> OpenWithoutAgreedTime(Transaction& tx, int limit) {
  static const std::string sql = fmt::format(
      "SELECT {} FROM appointments WHERE agreed_wall_s IS NULL"
      " AND status IN ('PENDING', 'ACCEPTED') AND id > -1 ORDER BY id LIMIT $1",
      kColumns);
  return List(tx, sql, {limit});
}

std::vector<core::Appointment> UnansweredAt(Transaction& tx, core::Instant now, int limit) {
  static const std::string sql = fmt::format(
      "SELECT {} FROM appointments WHERE status = 'PENDING' AND start_s <= $1"
      " ORDER BY start_s, id LIMIT $2",
      kColumns);
  return List(tx, sql, {ToValue(now), limit});
}

std::vector<core::Appointment> UnmarkedSince(Transaction& tx, core::Instant ended_by, int limit) {
  static const std::string sql = fmt::format(
      "SELECT {} FROM appointments WHERE status = 'ACCEPTED' AND end_s <= $1"
      " ORDER BY end_s, id LIMIT $2",
      kColumns);
  return List(tx, sql, {ToValue(ended_by), limit});
}

}  // namespace kalends::storage
